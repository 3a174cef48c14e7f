import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { readBlob, readFileVersions } from './blobs.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

describe('the files of two commits', () => {
	let repository: TestRepository;
	let location: Location;

	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
	});
	afterEach(() => repository.dispose());

	const text = async (name: string | undefined) =>
		name === undefined ? undefined : (await readBlob(location, name, 1000))?.toString();

	it('are told with their contents before and after', async () => {
		const long = 'the same line\n'.repeat(20);
		const base = await repository.commit('Begin', { 'a.ts': 'old\n', 'gone.ts': 'x\n', 'ä b.ts': long });
		await repository.git('mv', 'ä b.ts', 'new name.ts');
		await repository.git('rm', '--quiet', 'gone.ts');
		const head = await repository.commit('Work', { 'a.ts': 'new\n', 'added.ts': 'added\n' });
		const files = await readFileVersions(location, base, head);
		const told = await Promise.all(
			files.map(async ({ kind, path, before, after }) => [kind, path, await text(before), await text(after)]),
		);
		assert.deepEqual(told, [
			['M', 'a.ts', 'old\n', 'new\n'],
			['A', 'added.ts', undefined, 'added\n'],
			['D', 'gone.ts', 'x\n', undefined],
			['R', 'new name.ts', long, long],
		]);
		assert.equal(files.at(-1)?.from, 'ä b.ts');
	});

	it('are all new without a base', async () => {
		const head = await repository.commit('Begin', { 'a.ts': 'a\n' });
		assert.deepEqual(
			(await readFileVersions(location, undefined, head)).map(({ kind, path }) => [kind, path]),
			[['A', 'a.ts']],
		);
	});

	it('are not read where they are too long, are missing, or the name is none', async () => {
		const head = await repository.commit('Begin', { 'big.txt': 'x'.repeat(500_000) });
		const [big] = await readFileVersions(location, undefined, head);
		assert.equal(await readBlob(location, big!.after!, 1000), undefined);
		assert.equal(await readBlob(location, '1'.repeat(40), 1000), undefined);
		assert.equal(await readBlob(location, head, 1000), undefined);
		assert.equal(await readBlob(location, '--help', 1000), undefined);
	});
});
