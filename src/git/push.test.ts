import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';
import { push } from './push.ts';

describe('a push', () => {
	let remote: TestRepository;
	let repository: TestRepository;
	let location: Location;
	let head: string;

	beforeEach(async () => {
		remote = await makeRepository();
		await remote.git('config', 'receive.denyCurrentBranch', 'ignore');
		repository = await makeRepository();
		await repository.git('remote', 'add', 'origin', remote.root);
		location = await locate(repository.root);
		head = await repository.commit('wip: cart', { 'cart.ts': '1' });
	});
	afterEach(async () => {
		await remote.dispose();
		await repository.dispose();
	});

	it('brings a commit to a branch, whatever is checked out', async () => {
		await push(location, { remote: 'origin', head, branch: 'session/alice-20251119-1430' });
		assert.equal(await remote.git('rev-parse', 'session/alice-20251119-1430'), head);
	});

	it("never overwrites another machine's work, and says why", async () => {
		const other = await remote.commit('Work from elsewhere', { 'b.ts': '1' });
		await assert.rejects(push(location, { remote: 'origin', head, branch: 'main' }), /commits that are not here/);
		assert.equal(await remote.git('rev-parse', 'main'), other);
	});

	it("tells a refusal of the server's as it is, not as a conflict", async function () {
		if (process.platform === 'win32') this.skip();
		const hook = path.join(remote.root, '.git/hooks/update');
		await writeFile(hook, '#!/bin/sh\nexit 1\n');
		await chmod(hook, 0o755);
		await assert.rejects(push(location, { remote: 'origin', head, branch: 'topic' }), /hook declined/);
	});

	it('says what is missing where the remote is gone', async () => {
		await remote.dispose();
		await assert.rejects(
			push(location, { remote: 'origin', head, branch: 'topic' }),
			/could not push topic to origin: \S/,
		);
	});

	it('ends when it is cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort(new Error('cancelled'));
		await assert.rejects(
			push(location, { remote: 'origin', head, branch: 'topic', signal: cancel.signal }),
			/cancelled/,
		);
	});
});
