import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { UserError } from '../core/userError.ts';
import { locate } from './locate.ts';

describe('locating a working copy', () => {
	let repository: TestRepository;
	let beside: string;
	before(async () => {
		repository = await makeRepository();
		beside = await realpath(await mkdtemp(join(tmpdir(), 'auto-pr-beside-')));
		await repository.commit('one', { 'deep/er/a.txt': 'a' });
	});
	after(async () => {
		await repository.dispose();
		await rm(beside, { recursive: true });
	});

	it('finds the top from a folder within', async () => {
		const gitDir = join(repository.root, '.git');
		const expected = { workTree: repository.root, gitDir, commonDir: gitDir, mainWorkTree: repository.root };
		assert.deepEqual(await locate(join(repository.root, 'deep', 'er')), expected);
	});

	it('gives real paths for a linked folder', async () => {
		const link = join(beside, 'link');
		await symlink(repository.root, link, 'junction');
		assert.equal((await locate(link)).workTree, repository.root);
	});

	it('tells a linked work tree from the main one', async () => {
		const linked = join(beside, 'linked');
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
		const commonDir = join(repository.root, '.git');
		const gitDir = join(commonDir, 'worktrees', 'linked');
		const expected = { workTree: linked, gitDir, commonDir, mainWorkTree: repository.root };
		assert.deepEqual(await locate(linked), expected);
	});

	it('takes a work tree of a bare repository for its own', async () => {
		const bare = join(beside, 'bare');
		await repository.git('clone', '--quiet', '--bare', repository.root, bare);
		const linked = join(beside, 'of-bare');
		await openRepository(bare).git('worktree', 'add', '--quiet', linked, 'main');
		const { mainWorkTree, commonDir } = await locate(linked);
		assert.equal(mainWorkTree, linked);
		assert.equal(commonDir, bare);
		await assert.rejects(locate(bare), sentence(/has no work tree/));
	});

	it('finds a submodule and its linked work trees', async () => {
		const outer = openRepository(join(beside, 'outer'));
		await mkdir(outer.root);
		await outer.git('init', '--quiet');
		await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.root, 'sub');
		const sub = join(outer.root, 'sub');
		const gitDir = join(outer.root, '.git', 'modules', 'sub');
		assert.deepEqual(await locate(sub), { workTree: sub, gitDir, commonDir: gitDir, mainWorkTree: sub });
		const linked = join(beside, 'of-sub');
		await openRepository(sub).git('worktree', 'add', '--quiet', linked);
		assert.equal((await locate(linked)).mainWorkTree, sub);
	});

	it('says what is wrong with a folder', async () => {
		await assert.rejects(locate(join(beside, 'missing')), sentence(/missing does not exist/));
		await assert.rejects(locate(join(repository.root, 'deep', 'er', 'a.txt')), sentence(/is not a folder/));
		await assert.rejects(locate(beside), sentence(/is not in a git repository/));
		await assert.rejects(locate(join(repository.root, '.git')), sentence(/has no work tree/));
	});
});

function sentence(pattern: RegExp): (error: unknown) => boolean {
	return (error) => error instanceof UserError && pattern.test(error.message);
}
