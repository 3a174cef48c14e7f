import assert from 'node:assert/strict';
import { chown, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { locateByFiles } from './locateByFiles.ts';
import { git } from './run.ts';

describe('locating a working copy by its files', () => {
	let repository: TestRepository;
	let beside: string;
	before(function () {
		// Windows always asks git, as who owns a folder is a longer question there.
		if (process.platform === 'win32') this.skip();
	});
	beforeEach(async () => {
		repository = await makeRepository();
		beside = await realpath(await mkdtemp(join(tmpdir(), 'auto-pr-beside-')));
		await repository.commit('one', { 'deep/er/a.txt': 'a' });
	});
	afterEach(async () => {
		await repository.dispose();
		await rm(beside, { recursive: true });
	});

	/** Found without git, and just as git finds it. */
	async function agrees(folder: string): Promise<void> {
		const found = locateByFiles(folder);
		assert.ok(found, `${folder} was left to git`);
		const answer = await git(folder, [
			'rev-parse',
			'--path-format=absolute',
			'--show-toplevel',
			'--git-dir',
			'--git-common-dir',
		]);
		const [workTree, gitDir, commonDir] = await Promise.all(
			answer
				.trimEnd()
				.split('\n')
				.map((it) => realpath(it)),
		);
		assert.deepEqual([found.workTree, found.gitDir, found.commonDir], [workTree, gitDir, commonDir]);
	}

	async function leavesToGit(folder: string): Promise<void> {
		assert.equal(locateByFiles(folder), undefined);
	}

	it('finds the top, a folder below it, and either through a link', async () => {
		const link = join(beside, 'link');
		await symlink(join(repository.root, 'deep'), link);
		for (const folder of [repository.root, join(repository.root, 'deep', 'er'), link]) await agrees(folder);
	});

	it('finds a linked work tree, and its main one', async () => {
		const linked = join(beside, 'linked');
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
		await agrees(linked);
		assert.equal(locateByFiles(linked)!.mainWorkTree, repository.root);
	});

	it('finds a repository within another, and one whose git folder is elsewhere', async () => {
		const inner = openRepository(join(repository.root, 'inner'));
		await mkdir(inner.root);
		await inner.git('init', '--quiet');
		await agrees(inner.root);
		await repository.git('init', '--quiet', `--separate-git-dir=${join(beside, 'git')}`, join(beside, 'apart'));
		await agrees(join(beside, 'apart'));
	});

	it('leaves a submodule, a bare repository and a work tree of one to git', async () => {
		const outer = openRepository(join(beside, 'outer'));
		await mkdir(outer.root);
		await outer.git('init', '--quiet');
		await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.root, 'sub');
		await leavesToGit(join(outer.root, 'sub'));
		const bare = join(beside, 'bare');
		await repository.git('clone', '--quiet', '--bare', repository.root, bare);
		await leavesToGit(bare);
		await openRepository(bare).git('worktree', 'add', '--quiet', join(beside, 'of-bare'), 'main');
		await leavesToGit(join(beside, 'of-bare'));
	});

	it("leaves a folder of git's own to git", async () => {
		await leavesToGit(join(repository.root, '.git'));
		await leavesToGit(join(repository.root, '.git', 'hooks'));
		await leavesToGit(join(repository.root, 'deep', 'er', 'a.txt'));
	});

	for (const [key, value] of [
		['core.worktree', '/elsewhere'],
		['core.bare', 'true'],
		['core.bare', 'yes'],
		['include.path', 'more'],
		['extensions.worktreeConfig', 'true'],
		['core.repositoryFormatVersion', '77'],
	] as const) {
		it(`leaves a repository with ${key} ${value} to git`, async () => {
			await agrees(repository.root);
			await repository.git('config', key, value);
			await leavesToGit(repository.root);
		});
	}

	it('leaves what is damaged to git, which tells what is wrong', async () => {
		await rm(join(repository.root, '.git', 'HEAD'));
		await leavesToGit(repository.root);
		await writeFile(join(beside, '.git'), 'gitdir: nowhere\n');
		await leavesToGit(beside);
		await writeFile(join(beside, '.git'), 'nonsense');
		await leavesToGit(beside);
	});

	it('leaves a repository of another owner to git, which refuses it', async function () {
		// Only the superuser can give a folder away.
		if (process.getuid?.() !== 0) this.skip();
		await agrees(repository.root);
		await chown(repository.root, 12_345, 12_345);
		await leavesToGit(repository.root);
	});

	it('leaves it to git where the environment says where to look', async () => {
		process.env.GIT_DIR = join(beside, 'x');
		try {
			await leavesToGit(repository.root);
		} finally {
			delete process.env.GIT_DIR;
		}
		await agrees(repository.root);
	});

	it('finds nothing where there is no repository', () => leavesToGit(beside));
});
