import assert from 'node:assert/strict';
import { mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import type { UserError } from '../core/userError.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';
import { readReflog } from './reflog.ts';
import { watchRepository } from './watch.ts';

describe('watching a repository', () => {
	let repository: TestRepository;
	let location: Location;
	let changes: number;
	let errors: UserError[];
	let watching: { close(): void };

	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		[changes, errors] = [0, []];
	});
	afterEach(async () => {
		watching.close();
		await repository.dispose();
	});

	function start(place = location): void {
		watching = watchRepository(place, () => changes++, { onError: (error) => errors.push(error) });
	}

	/** Waits until something was seen since, and all of it has come. */
	async function seen(since = 0): Promise<void> {
		while (changes <= since && errors.length === 0) await wait(5);
		await quiet();
	}

	it('sees a commit, and several at once as few', async () => {
		await repository.commit('1');
		start();
		await repository.commit('2');
		await seen();
		const before = changes;
		const { cursor } = readReflog(location);
		await repository.git('checkout', '--quiet', '-b', 'other');
		await seen(before);
		assert.equal(readReflog(location, cursor).entries.length, 1);
		assert.deepEqual(errors, []);
	});

	it('tells of a configuration that was written, and not as a commit', async () => {
		await repository.commit('1');
		let written = 0;
		const onConfiguration = () => written++;
		watching = watchRepository(location, () => changes++, { onError: assert.fail, onConfiguration });
		await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		while (written === 0) await wait(5);
		await quiet();
		assert.equal(changes, 0);
	});

	it('sees the first commit, which makes the reflog', async () => {
		start();
		await repository.commit('1');
		await seen();
		const before = changes;
		await repository.commit('2');
		await seen(before);
		assert.deepEqual(errors, []);
	});

	it('goes on when the reflog is expired, deleted and made again', async () => {
		await repository.commit('1');
		start();
		await repository.git('reflog', 'expire', '--expire=now', '--all');
		await repository.git('gc', '--quiet');
		await quiet();
		let before = changes;
		await repository.commit('2');
		await seen(before);
		await rm(join(location.gitDir, 'logs'), { recursive: true });
		await quiet();
		before = changes;
		await repository.commit('3');
		await seen(before);
		before = changes;
		await repository.commit('4');
		await seen(before);
		assert.deepEqual(errors, []);
	});

	it('does not mind what else git writes', async () => {
		await repository.commit('1');
		start();
		await writeFile(join(location.gitDir, 'HEAD.lock'), '');
		await rm(join(location.gitDir, 'HEAD.lock'));
		await repository.write({ 'a.txt': 'a' });
		await repository.git('add', 'a.txt');
		await repository.git('branch', 'other');
		await quiet();
		assert.equal(changes, 0);
	});

	it('sees the commits of a linked work tree, and only those', async () => {
		await repository.commit('1');
		const root = await realpath(await mkdtemp(join(tmpdir(), 'auto-pr-linked-')));
		const linked = openRepository(join(root, 'tree'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		start(await locate(linked.root));
		await repository.commit('in main');
		await quiet();
		assert.equal(changes, 0);
		await linked.commit('in linked');
		await seen();
		await rm(root, { recursive: true });
	});

	it('says once that the repository is gone', async () => {
		await repository.commit('1');
		start();
		await rm(repository.root, { recursive: true });
		while (errors.length === 0) await wait(5);
		await quiet();
		assert.deepEqual(
			errors.map(({ message }) => message.replace(location.gitDir, 'X')),
			['X is gone, so it is no longer watched: open the repository where it is now.'],
		);
		const before = changes;
		await repository.write({ '.git/HEAD': 'x' });
		await quiet();
		assert.equal(changes, before);
	});

	it('says that a repository cannot be watched that is not there', async () => {
		await rename(location.gitDir, `${location.gitDir}-away`);
		start();
		assert.equal(errors.length, 1);
		assert.match(errors[0]!.message, /is gone/);
	});

	it('says nothing after it was closed', async () => {
		await repository.commit('1');
		start();
		const committed = repository.commit('2');
		watching.close();
		await committed;
		await quiet();
		assert.equal(changes, 0);
	});
});

/** Longer than changes are gathered for. */
function quiet(): Promise<void> {
	return wait(80);
}
