import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import { readSessionDetails } from './sessionDetails.ts';
import { Workspace } from './workspace.ts';

const START = Date.UTC(2025, 10, 19, 14, 30);
const GONE = '1'.repeat(40);
const say = () => {};

describe("what a session's page shows", () => {
	let repository: TestRepository;
	let workspace: Workspace;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('Begin', { 'old.ts': '0' });
		const log = { info: say, warn: say, error: say };
		workspace = await Workspace.open(repository.root, { now: () => START, log, token: async () => undefined });
	});
	afterEach(() => repository.dispose());

	async function archive(commits: string[]): Promise<void> {
		const session: CompletedSession = {
			id: 'alice-20251119-1430',
			author: 'Alice',
			startedAt: START,
			lastActivityAt: START,
			completedAt: START,
			trigger: 'timeout',
			durationMinutes: 0,
			pullRequests: [],
			filesChanged: 2,
			testFilesAdded: 1,
			docsUpdated: 0,
			filesByKind: {},
			commits,
			branches: ['main'],
			origin: 'commit',
			assisted: 0,
		};
		await workspace.store.archive([session]);
	}

	it('is its commits, its files once each, and a reason for each point', async () => {
		await archive([
			await repository.commit('wip: cart\n\nMore.', { 'src/cart.ts': 'export const a = 1;\n' }, { at: START }),
			await repository.commit('wip: <b>test</b>', {
				'src/cart.ts': 'export const a = 2;\n',
				'src/cart.test.ts': "it('adds', () => assert.equal(a, 2));\n",
			}),
		]);
		const details = await readSessionDetails(workspace, 'alice-20251119-1430');
		assert.deepEqual(
			details.commits.map(({ subject, files }) => [subject, files]),
			[
				['wip: cart', 1],
				['wip: <b>test</b>', 2],
			],
		);
		assert.equal(details.commits[0]?.at, START);
		assert.deepEqual(
			details.files.map(({ path, kind }) => `${kind} ${path}`),
			['A src/cart.test.ts', 'A src/cart.ts'],
		);
		assert.ok(details.files.every(({ score }) => score !== undefined));
		const { total, reasons } = details.score!;
		assert.ok(reasons.length > 0);
		const sum = reasons.reduce((points, reason) => points + reason.points, 0);
		assert.ok(Math.abs(total - sum) < 0.051, `${total} is not ${sum}`);
		assert.equal(details.missing, 0);
	});

	it('tells how many commits this clone does not have, and scores nothing where it has none', async () => {
		await archive([GONE]);
		const details = await readSessionDetails(workspace, 'alice-20251119-1430');
		assert.deepEqual(details, { commits: [], missing: 1, files: [], problems: [] });
	});

	it('is refused for a session that is not recorded', async () => {
		await assert.rejects(readSessionDetails(workspace, 'eve-20251119-1430'), /No completed session eve-/);
	});
});
