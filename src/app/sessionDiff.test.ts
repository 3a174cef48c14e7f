import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { readBlob } from '../git/blobs.ts';
import { sessionDiff } from './sessionDiff.ts';
import { Workspace } from './workspace.ts';

const say = () => {};

describe('the diff of a whole session', () => {
	let repository: TestRepository;
	let workspace: Workspace;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('Begin', { 'a.ts': '0' });
		workspace = await Workspace.open(repository.root, {
			now: Date.now,
			log: { info: say, warn: say, error: say },
			token: async () => undefined,
		});
	});
	afterEach(() => repository.dispose());

	const diff = async (shas: string[]) => {
		const text = async (name?: string) =>
			name === undefined ? '-' : String(await readBlob(workspace.location, name, 1000));
		const files = await sessionDiff(workspace, shas);
		return Promise.all(
			files.map(async ({ path, before, after }) => `${path} ${await text(before)} ${await text(after)}`),
		);
	};

	it('has each file once, from before the first commit to after the last', async () => {
		const shas = [
			await repository.commit('wip: 1', { 'a.ts': '1' }),
			await repository.commit('wip: 2', { 'a.ts': '2', 'b.ts': '1' }),
		];
		assert.deepEqual(await diff(shas), ['a.ts 0 2', 'b.ts - 1']);
	});

	it("leaves out what only others' commits between changed", async () => {
		const first = await repository.commit('wip: 1', { 'a.ts': '1' });
		await repository.commit('Other work', { 'other.ts': '1' });
		const last = await repository.commit('wip: 2', { 'a.ts': '2' });
		assert.deepEqual(await diff([first, last]), ['a.ts 0 2']);
	});

	it('joins branches', async () => {
		const one = await repository.commit('wip: 1', { 'a.ts': '1' });
		await repository.git('switch', '--quiet', '--create', 'topic', 'HEAD~1');
		const two = await repository.commit('wip: 2', { 'b.ts': '1' });
		assert.deepEqual(await diff([one, two]), ['a.ts 0 1', 'b.ts - 1']);
	});

	it('says so where the commits are gone', async () => {
		await assert.rejects(sessionDiff(workspace, ['1'.repeat(40)]), /None of these commits is in this clone/);
	});
});
