import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { endSession } from './end.ts';
import { observe } from './observe.ts';
import { startSession } from './start.ts';
import { letTimePass } from './transact.ts';
import { Workspace } from './workspace.ts';

const quiet = { info() {}, warn() {}, error() {} };
const MARKER = '.cursor/.session_id';
const MINUTE = 60_000;

describe('the marker of the running session for the older scripts', () => {
	let repository: TestRepository;
	let workspace: Workspace;
	let now: number;

	beforeEach(async () => {
		now = Date.now();
		repository = await makeRepository();
		await repository.commit('Begin', { '.cursor/scripts/cursor_session_hook.py': '' });
		workspace = await Workspace.open(repository.root, { now: () => now, log: quiet, token: async () => undefined });
		await observe(workspace);
	});
	afterEach(() => repository.dispose());

	const file = () => join(repository.root, MARKER);
	const marker = () => JSON.parse(readFileSync(file(), 'utf8')) as Record<string, string>;

	it('has their shape, with local times that name no zone, and moves on with the session', async () => {
		const { session } = (await startSession(workspace)).result;
		assert.deepEqual(Object.keys(marker()), ['session_id', 'author', 'created', 'last_updated']);
		assert.equal(marker().session_id, session.id);
		assert.equal(marker().author, session.author);
		for (const key of ['created', 'last_updated']) {
			assert.match(marker()[key]!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
			assert.equal(Date.parse(marker()[key]!), now);
		}
		now += 2 * MINUTE;
		await repository.commit('wip: more', { 'a.txt': 'a' }, { at: Math.floor(now / 1000) * 1000 });
		await observe(workspace);
		assert.equal(Date.parse(marker().created!), session.startedAt);
		assert.equal(Date.parse(marker().last_updated!), Math.floor(now / 1000) * 1000);
	});

	it('goes when the session ends, in whatever way', async () => {
		await startSession(workspace);
		await endSession(workspace);
		assert.equal(existsSync(file()), false);
		await startSession(workspace);
		assert.equal(existsSync(file()), true);
		now += 60 * MINUTE;
		await letTimePass(workspace);
		assert.equal(existsSync(file()), false);
	});

	it("leaves a marker of the scripts' own session where none of ours runs", async () => {
		const theirs = JSON.stringify({ session_id: 'dev_cursor-20251120-0617', author: 'dev_cursor' });
		await repository.write({ [MARKER]: theirs });
		await letTimePass(workspace);
		assert.equal(readFileSync(file(), 'utf8'), theirs);
	});

	it('replaces one that is damaged or of another session', async () => {
		for (const text of [
			'{"session_id": "dev-2025',
			'[]',
			'{"session_id": 7}',
			'{"session_id": "dev_cursor-20251120-0617"}',
		]) {
			await repository.write({ [MARKER]: text });
			const { session } = (await startSession(workspace)).result;
			assert.equal(marker().session_id, session.id, text);
			await endSession(workspace);
		}
	});

	it('leaves a time alone that the scripts moved on', async () => {
		await startSession(workspace);
		const later = { ...marker(), last_updated: '2999-01-01T00:00:00.000001' };
		await repository.write({ [MARKER]: JSON.stringify(later) });
		await startSession(workspace);
		assert.deepEqual(marker(), later);
	});

	it('is not seen by git, and is left alone where git tracks it', async () => {
		await startSession(workspace);
		assert.equal(await repository.git('status', '--porcelain'), '');
		await endSession(workspace);
		await repository.write({ [MARKER]: '{"session_id": "dev_cursor-20251120-0617"}' });
		await repository.git('add', '--force', MARKER);
		await repository.commit('Track it');
		await startSession(workspace);
		await endSession(workspace);
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('is written only where the scripts are', async () => {
		await repository.git('rm', '--quiet', '-r', '.cursor');
		await startSession(workspace);
		assert.equal(existsSync(file()), false);
	});
});

/** What the older scripts do with both files, as they do it. */
const READER = `
import json
from datetime import datetime
with open('.cursor/.session_id', 'r', encoding='utf-8') as f:
    marker = json.load(f)
age = (datetime.now() - datetime.fromisoformat(marker['last_updated'])).total_seconds()
with open('.cursor/data/session_state.json', 'r', encoding='utf-8') as f:
    state = json.load(f)
id = marker['session_id']
print(json.dumps({
    'fresh': -5 < age < 1800,
    'prs': state.get('session_to_prs', {}).get(id),
    'session': state.get('pr_to_session', {}).get('326'),
    'metadata': sorted(state.get('session_metadata', {}).get(id, {})),
    'older': state['pr_to_session'].get('7'),
}))
`;

describe('the state and the marker, read as the older scripts read them', () => {
	it('tell the running session, its pull requests, and what the scripts wrote before', async function () {
		if (spawnSync('python3', ['-c', 'import json']).status !== 0) {
			console.error('SKIPPED: there is no python3, so what the older scripts read is not tried.');
			this.skip();
		}
		const repository = await makeRepository();
		try {
			const older = {
				version: '1.0',
				pr_to_session: { '7': 'dev_cursor-20251120-0617' },
				session_to_prs: { 'dev_cursor-20251120-0617': ['7'] },
				session_metadata: {},
			};
			await repository.write({
				'.cursor/scripts/session_cli.py': '',
				'.cursor/data/session_state.json': JSON.stringify(older),
			});
			const workspace = await Workspace.open(repository.root, {
				now: Date.now,
				log: quiet,
				token: async () => undefined,
			});
			const { session } = (await startSession(workspace, 'Täxes 🤖')).result;
			await workspace.store.update((state) => {
				state.sessions = state.sessions.map((one) => (one.id === session.id ? { ...one, pullRequests: [326] } : one));
			});
			const { stdout, stderr } = spawnSync('python3', ['-c', READER], { cwd: repository.root, encoding: 'utf8' });
			assert.deepEqual(
				stdout && JSON.parse(stdout),
				{
					fresh: true,
					prs: ['326'],
					session: session.id,
					metadata: ['author', 'timestamp', 'title'],
					older: 'dev_cursor-20251120-0617',
				},
				stderr,
			);
		} finally {
			await repository.dispose();
		}
	});
});
