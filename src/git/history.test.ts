import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import type { Commit } from '../core/commit.ts';
import { UserError } from '../core/userError.ts';
import { readCommits, readHistory, readTrunk } from './history.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

describe('reading history', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
	});
	afterEach(() => repository.dispose());

	it('has nothing in a repository without a commit', async () => {
		assert.deepEqual(await all(readHistory(location)), []);
		assert.deepEqual(await all(readTrunk(location, 'HEAD')), []);
	});

	it('tells each commit whole', async () => {
		const author = { name: 'Zoë O’Hara', email: 'zoe@example.com' };
		const message = 'feat: one\n\nBody — with ünïcode\n---\nand a trailer\n\nSession-Id: alice-20251119-1430\n';
		const sha = await repository.commit(message, { 'a.txt': 'a' }, { author, at: 1_700_000_000_000 });
		assert.deepEqual(await all(readHistory(location)), [
			{
				sha,
				parents: [],
				author,
				committer: { name: 'Test Author', email: 'test@example.com' },
				authoredAt: 1_700_000_000_000,
				committedAt: 1_700_000_000_000,
				message,
				files: [{ kind: 'A', path: 'a.txt' }],
			} satisfies Commit,
		]);
	});

	it('goes oldest first, parents before children, else by date', async () => {
		const at = (minute: number) => ({ at: 1_700_000_000_000 + minute * 60_000 });
		const root = await repository.commit('root', {}, at(0));
		const main1 = await repository.commit('main 1', { 'm.txt': '1' }, at(2));
		await repository.git('checkout', '--quiet', '-b', 'side', root);
		const side1 = await repository.commit('side 1', { 's.txt': '1' }, at(1));
		const side2 = await repository.commit('side 2', { 's.txt': '2' }, at(3));
		await repository.git('checkout', '--quiet', 'main');
		await repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
		const merge = await repository.git('rev-parse', 'HEAD');
		const commits = await all(readHistory(location));
		assert.deepEqual(names(commits), [root, side1, main1, side2, merge]);
		assert.deepEqual(commits.at(-1)!.parents, [main1, side2]);
		assert.deepEqual(await all(readTrunk(location, 'HEAD')), [root, main1, merge]);
	});

	it('has no files for a merge, whatever the configuration says', async () => {
		await repository.git('config', 'log.diffMerges', 'first-parent');
		await repository.git('config', 'log.showRoot', 'false');
		await repository.git('config', 'diff.renames', 'false');
		await repository.commit('root', { 'a.txt': 'a\n' });
		await repository.git('checkout', '--quiet', '-b', 'side');
		await repository.commit('side', { 's.txt': '1' });
		await repository.git('checkout', '--quiet', 'main');
		await repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
		await repository.git('mv', 'a.txt', 'b.txt');
		await repository.commit('rename');
		assert.deepEqual(
			(await all(readHistory(location))).map(({ files }) => files),
			[
				[{ kind: 'A', path: 'a.txt' }],
				[{ kind: 'A', path: 's.txt' }],
				[],
				[{ kind: 'R', path: 'b.txt', from: 'a.txt' }],
			],
		);
	});

	it('gives every path as it is', async function () {
		// Windows cannot hold such names.
		if (process.platform === 'win32') this.skip();
		const paths = ['a b', 'tab\there', 'new\nline', 'quo"te', "apo'strophe", 'žluť/🤖', '-dash', ':colon', '\\back'];
		await repository.commit('odd names', Object.fromEntries(paths.map((path) => [path, 'x'])));
		const [commit] = await all(readHistory(location));
		assert.deepEqual(new Set(commit!.files.map(({ path }) => path)), new Set(paths));
	});

	it('decodes a message in another encoding, and one in none', async () => {
		await repository.git('config', 'i18n.commitEncoding', 'ISO-8859-1');
		const message = Buffer.from('caf\xe9\n', 'latin1');
		await repository.run(['commit', '--quiet', '--allow-empty', '-F', '-'], { input: message });
		// git itself writes no such commit; other tools do.
		const [header] = (await repository.git('cat-file', 'commit', 'HEAD')).split('\nencoding');
		const broken = Buffer.from(`${header}\n\ncaf\xe9 \xff\n`, 'latin1');
		const sha = await repository.run(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: broken });
		assert.deepEqual(
			(await all(readHistory(location, { revisions: ['HEAD', sha] }))).map((commit) => commit.message).sort(),
			['café\n', 'caf\ufffd \ufffd\n'].sort(),
		);
	});

	it('takes names from the commit, not from a mailmap', async () => {
		const mailmap = 'Agent <agent@example.com> <test@example.com>\n';
		await repository.commit('one', { '.mailmap': mailmap });
		assert.equal((await all(readHistory(location)))[0]!.author.email, 'test@example.com');
	});

	it('reads a range, and more than one revision', async () => {
		const shas = [await repository.commit('1'), await repository.commit('2'), await repository.commit('3')];
		await repository.git('branch', 'old', shas[0]!);
		assert.deepEqual(names(await all(readHistory(location, { revisions: ['old..main'] }))), shas.slice(1));
		assert.deepEqual(names(await all(readHistory(location, { revisions: ['old', shas[1]!] }))), shas.slice(0, 2));
		assert.deepEqual(names(await all(readHistory(location, { revisions: [] }))), shas);
	});

	it('names a revision that does not exist', async () => {
		await repository.commit('1');
		const sentence = (error: unknown) => error instanceof UserError && /no revision "nope"/.test(error.message);
		await assert.rejects(all(readHistory(location, { revisions: ['nope'] })), sentence);
		await assert.rejects(all(readTrunk(location, 'nope')), sentence);
	});

	it('takes a revision that looks like an option for a revision', async () => {
		await repository.commit('1');
		const sentence = (error: unknown) => error instanceof UserError && /no revision "--all"/.test(error.message);
		await assert.rejects(all(readHistory(location, { revisions: ['--all'] })), sentence);
		await assert.rejects(all(readTrunk(location, '--all')), sentence);
	});

	it('reads just these commits, in the order asked, leaving out what is gone', async () => {
		const shas = [await repository.commit('1', { a: '1' }), await repository.commit('2'), await repository.commit('3')];
		const asked = [shas[2]!, '1'.repeat(40), shas[0]!];
		const commits = await readCommits(location, asked);
		assert.deepEqual(names(commits), [shas[2], shas[0]]);
		assert.deepEqual(commits[1]!.files, [{ kind: 'A', path: 'a' }]);
		assert.deepEqual(await readCommits(location, []), []);
		await assert.rejects(readCommits(location, ['--all']), /not a full commit name/);
	});

	it('works in a linked work tree and with a detached HEAD', async () => {
		const first = await repository.commit('1');
		await repository.commit('2');
		await repository.git('worktree', 'add', '--quiet', '--detach', '.linked', first);
		assert.deepEqual(names(await all(readHistory(await locate(`${repository.root}/.linked`)))), [first]);
	});

	it('stops git when the reader stops', async () => {
		for (const message of ['1', '2', '3']) await repository.commit(message);
		for await (const [commit] of readHistory(location)) {
			assert.equal(commit?.message, '1');
			break;
		}
	});
});

async function all<T>(lists: AsyncIterable<T[]>): Promise<T[]> {
	const result: T[] = [];
	for await (const list of lists) result.push(...list);
	return result;
}

function names(commits: readonly Commit[]): string[] {
	return commits.map(({ sha }) => sha);
}
