import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { readBranch, readRemote } from './branch.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

describe('what is checked out', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
	});
	afterEach(() => repository.dispose());

	it('has a branch and no commit in a new repository', async () => {
		assert.deepEqual(await readBranch(location), { name: 'main' });
	});

	it('is a branch and its commit, without a git process', async () => {
		const head = await repository.commit('1');
		const path = process.env.PATH;
		process.env.PATH = '';
		try {
			assert.deepEqual(await readBranch(location), { name: 'main', head });
		} finally {
			process.env.PATH = path;
		}
	});

	it('may be packed, have slashes, or be detached', async () => {
		const head = await repository.commit('1');
		await repository.git('checkout', '--quiet', '-b', 'feat/žluť');
		await repository.git('pack-refs', '--all');
		assert.deepEqual(await readBranch(location), { name: 'feat/žluť', head });
		await repository.git('checkout', '--quiet', '--detach');
		assert.deepEqual(await readBranch(location), { head });
	});

	it('is a linked work tree’s own', async () => {
		const head = await repository.commit('1');
		const linked = openRepository(join(repository.root, 'linked'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		assert.deepEqual(await readBranch(await locate(linked.root)), { name: 'other', head });
	});

	it('never leads out of the repository', async () => {
		await writeFile(join(repository.root, 'secret'), `${'a'.repeat(40)}\n`);
		await writeFile(join(location.gitDir, 'HEAD'), 'ref: refs/heads/../../../secret\n');
		assert.equal((await readBranch(location)).head, undefined);
	});
});

describe('where a branch goes', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		await repository.commit('1');
	});
	afterEach(() => repository.dispose());

	const url = (name: string) => `https://github.com/example/${name}.git`;
	async function add(...names: string[]): Promise<void> {
		for (const name of names) await repository.git('remote', 'add', name, url(name));
	}

	it('is nowhere without a remote, or with several and none that stands out', async () => {
		assert.equal(await readRemote(location), undefined);
		await add('one', 'two');
		assert.equal(await readRemote(location), undefined);
	});

	it('is the only remote', async () => {
		await add('one');
		assert.deepEqual(await readRemote(location), { url: url('one'), name: 'one' });
	});

	it('follows the order that git follows', async () => {
		await add('origin', 'up.stream', 'fork', 'mine');
		const chosen = async () => (await readRemote(location))?.name;
		assert.equal(await chosen(), 'origin');
		await repository.git('config', 'branch.main.remote', 'up.stream');
		assert.equal(await chosen(), 'up.stream');
		await repository.git('config', 'remote.pushDefault', 'fork');
		assert.equal(await chosen(), 'fork');
		await repository.git('config', 'branch.main.pushRemote', 'mine');
		assert.equal(await chosen(), 'mine');
	});

	it('takes no local branch and no remote that is gone for a remote', async () => {
		await add('origin');
		await repository.git('config', 'branch.main.remote', '.');
		assert.equal((await readRemote(location))?.name, 'origin');
		await repository.git('config', 'branch.main.remote', 'gone');
		assert.equal((await readRemote(location))?.name, 'origin');
	});

	it('may be an address', async () => {
		await repository.git('config', 'branch.main.pushRemote', url('fork'));
		assert.deepEqual(await readRemote(location), { url: url('fork'), name: url('fork') });
	});

	it('is the address that git would use', async () => {
		await repository.git('config', 'url.https://github.com/.insteadOf', 'gh:');
		await repository.git('remote', 'add', 'origin', 'gh:example/x');
		assert.equal((await readRemote(location))?.url, 'https://github.com/example/x');
	});

	it('knows the trunk that clone wrote down', async () => {
		await repository.git('branch', '-m', 'rel/trunk');
		const clone = join(repository.root, 'clone');
		await repository.git('clone', '--quiet', repository.root, clone);
		assert.equal((await readRemote(await locate(clone)))?.trunk, 'rel/trunk');
	});

	it('works with a detached HEAD', async () => {
		await add('origin', 'fork');
		await repository.git('checkout', '--quiet', '--detach');
		assert.equal((await readRemote(location))?.name, 'origin');
	});
});
