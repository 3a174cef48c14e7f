import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';
import { isMade, type ReflogNews, readReflog } from './reflog.ts';

describe('the HEAD reflog', () => {
	let repository: TestRepository;
	let location: Location;
	let file: string;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		file = join(location.gitDir, 'logs', 'HEAD');
	});
	afterEach(() => repository.dispose());

	it('is missing before the first commit, which is then seen', async () => {
		const before = readReflog(location);
		assert.equal(before.missing, true);
		const sha = await repository.commit('1');
		const { entries, missing } = readReflog(location, before.cursor);
		assert.deepEqual(summary(entries), [['initial', sha]]);
		assert.equal(missing, undefined);
	});

	it('begins at its end when nothing was read yet', async () => {
		await repository.commit('1');
		const { entries, cursor } = readReflog(location);
		assert.deepEqual(entries, []);
		const sha = await repository.commit('2');
		const next = readReflog(location, cursor);
		assert.deepEqual(summary(next.entries), [['commit', sha]]);
		assert.deepEqual(readReflog(location, next.cursor).entries, []);
	});

	it('finds its end behind a line longer than a block', async () => {
		await repository.commit('1');
		const sha = await repository.commit('x'.repeat(20_000));
		assert.equal(readReflog(location).cursor.last?.sha, sha);
	});

	it('tells what git did: commit, amend, cherry-pick, revert, merge, reset, checkout', async () => {
		const root = await repository.commit('root', { a: '1' });
		const { cursor } = readReflog(location);
		await repository.git('checkout', '--quiet', '-b', 'side');
		await repository.commit('side', { s: '1' });
		await repository.git('commit', '--quiet', '--amend', '-m', 'side again');
		await repository.git('checkout', '--quiet', 'main');
		await repository.git('merge', '--quiet', '--ff-only', 'side');
		await repository.git('reset', '--quiet', '--hard', root);
		await repository.commit('main', { m: '1' });
		await repository.git('cherry-pick', 'side');
		await repository.git('revert', '--no-edit', 'HEAD');
		await repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
		const { entries } = readReflog(location, cursor);
		assert.deepEqual(
			entries.map((entry) => entry.action + (isMade(entry) ? '+' : '')),
			[
				...['checkout', 'commit+', 'amend+', 'checkout', 'merge', 'reset', 'commit+'],
				...['cherry-pick+', 'revert+', 'merge-commit+'],
			],
		);
	});

	for (const backend of ['--merge', '--apply']) {
		it(`tells the commits that rebase ${backend} makes again`, async () => {
			await repository.commit('root');
			await repository.git('checkout', '--quiet', '-b', 'side');
			await repository.commit('s1', { s: '1' });
			await repository.commit('s2', { s: '2' });
			await repository.git('checkout', '--quiet', 'main');
			await repository.commit('main', { m: '1' });
			await repository.git('checkout', '--quiet', 'side');
			const { cursor } = readReflog(location);
			await repository.git('rebase', '--quiet', backend, 'main');
			const { entries } = readReflog(location, cursor);
			const made = entries.filter(isMade);
			assert.deepEqual(
				made.map(({ new: sha }) => sha),
				[await repository.git('rev-parse', 'HEAD~1'), await repository.git('rev-parse', 'HEAD')],
			);
			assert.deepEqual(entries.at(-1)!.action, 'rebase-other');
		});
	}

	it('leaves a line that git is still writing for the next time', async () => {
		await repository.commit('1');
		const { cursor } = readReflog(location);
		await repository.commit('2');
		const whole = await readFile(file);
		await writeFile(file, whole.subarray(0, whole.length - 3));
		const before = readReflog(location, cursor);
		assert.deepEqual(before.entries, []);
		await writeFile(file, whole);
		assert.equal(readReflog(location, before.cursor).entries.length, 1);
	});

	it('passes over a damaged line', async () => {
		await repository.commit('1');
		const { cursor } = readReflog(location);
		await appendFile(file, 'rubbish\n');
		const sha = await repository.commit('2');
		assert.deepEqual(summary(readReflog(location, cursor).entries), [['commit', sha]]);
	});

	it('finds its place again when git expired older entries', async () => {
		await repository.commit('1', {}, { at: 1_000_000_000_000 });
		await repository.commit('2');
		const { cursor } = readReflog(location);
		await repository.git('reflog', 'expire', '--expire=2010-01-01', '--expire-unreachable=2010-01-01', '--all');
		const sha = await repository.commit('3');
		const { entries, lost, cursor: next } = readReflog(location, cursor);
		assert.deepEqual([summary(entries), lost], [[['commit', sha]], undefined]);
		assert.deepEqual(readReflog(location, next).entries, []);
	});

	it('says so when its place is lost, and goes on from the end', async () => {
		await repository.commit('1');
		const { cursor } = readReflog(location);
		await repository.commit('2');
		await repository.git('reflog', 'expire', '--expire=now', '--all');
		const after = readReflog(location, cursor);
		assert.deepEqual([after.entries, after.lost], [[], true]);
		const sha = await repository.commit('3');
		assert.deepEqual(summary(readReflog(location, after.cursor).entries), [['commit', sha]]);
	});

	it('keeps its place while the file is missing', async () => {
		await repository.commit('1');
		const { cursor } = readReflog(location);
		const text = await readFile(file);
		await rm(file);
		const without = readReflog(location, cursor);
		assert.deepEqual(without, { entries: [], cursor, missing: true });
		await writeFile(file, text);
		assert.deepEqual(readReflog(location, without.cursor).entries, []);
	});

	it('is a linked work tree’s own', async () => {
		await repository.commit('1');
		const linked = openRepository(join(repository.root, 'linked'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		const place = await locate(linked.root);
		const { cursor } = readReflog(place);
		await repository.commit('in main');
		const sha = await linked.commit('in linked');
		assert.deepEqual(summary(readReflog(place, cursor).entries), [['commit', sha]]);
	});
});

function summary(entries: ReflogNews['entries']): string[][] {
	return entries.map((entry) => [entry.action, entry.new]);
}
