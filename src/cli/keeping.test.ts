import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { completedSession } from '../core/completedSession.ts';
import { openStore } from '../store/sessionStore.ts';
import { aCompletedSession } from '../store/testSessions.ts';
import { autoPr } from './testing.ts';

const STATE = '.cursor/data/session_state.json';
const ARCHIVE = 'docs/metrics/auto_pr_sessions.json';
const NEWER = '{"version": "2.0"}\n';
const EARLIER = Date.UTC(2025, 10, 19, 14, 30);
const MINUTE = 60_000;

describe('keeping sessions and bringing them back', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('first', { 'README.md': 'hello\n' }, { at: EARLIER - MINUTE });
	});
	afterEach(() => repository.dispose());

	const run = (...args: string[]) => autoPr(args, { cwd: repository.root });
	const at = (name: string) => path.join(repository.root, name);
	const read = (name: string) => readFileSync(at(name), 'utf8');
	const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

	/** Exit 2, nothing on stdout, and one sentence. */
	async function isRefused(args: readonly string[], sentence: RegExp): Promise<void> {
		const { code, stdout, stderr } = await run(...args);
		assert.deepEqual([code, stdout], [2, ''], `${args.join(' ')}: ${stderr}`);
		assert.match(stderr, sentence);
		assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
	}

	it('backs up what changed, lists it, restores it, and undoes that', async () => {
		await isRefused(['restore', '20251119T160000000Z'], /^There is no whole backup "20251119T160000000Z"/);
		assert.equal((await run('backup')).stdout, 'Nothing is here yet that could be backed up.\n');
		assert.equal((await run('backup', '--list')).stdout, 'There is no backup yet.\n');
		const { session } = await json('start', '--title', 'Log in');
		const { backup: name } = await json('backup');
		assert.match(name, /^\d{8}T\d{9}Z$/);
		assert.equal((await run('backup')).stdout, 'Nothing changed since the newest backup, so no other was made.\n');
		assert.equal((await run('backup', '--list')).stdout, `${name}  1 open, 0 completed (asked)\n`);
		await run('discard');
		assert.equal((await run('restore', name, '--dry-run')).stdout, `back  ${session.id}\n`);
		const { undo, back } = await json('restore', name);
		assert.deepEqual(back, [session.id]);
		assert.equal((await json('status')).session.id, session.id);
		assert.match(
			(await run('restore', undo)).stdout,
			new RegExp(`^gone  ${session.id}\nBackup ${undo} is restored\\.`),
		);
		assert.equal((await json('status')).session, null);
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('restores no backup that is unknown, elsewhere or damaged', async () => {
		await run('start');
		const { backup: name } = await json('backup');
		for (const wrong of ['yesterday', '../../README.md', `${name}x`]) {
			await isRefused(['restore', wrong], /^There is no whole backup /);
		}
		const before = read(STATE);
		const objects = at('.cursor/data/backups/objects');
		for (const object of readdirSync(objects)) writeFileSync(path.join(objects, object), '{}');
		await isRefused(['restore', name], /^There is no whole backup /);
		await isRefused(['restore', name, '--dry-run'], /^There is no whole backup /);
		assert.equal((await run('backup', '--list')).stdout, 'There is no backup yet.\n');
		assert.equal(read(STATE), before);
	});

	it('finds in history the completed sessions that trailers name', async () => {
		for (const n of [1, 2]) {
			await repository.commit(
				`wip: ${n}\n\nSession-Id: alice-20251119-1430\n`,
				{ [`src/${n}.ts`]: `${n}\n` },
				{ at: EARLIER + n * MINUTE, author: { name: 'Alice', email: 'alice@example.com' } },
			);
		}
		assert.equal((await run('rebuild')).stdout, 'alice-20251119-1430  2 commits\n1 session found again in history.\n');
		assert.deepEqual((await json('rebuild')).sessions, []);
		assert.equal((await json('export', '--format', 'json')).completed[0].id, 'alice-20251119-1430');
	});

	it('says of a damaged state, once, where it is kept and what came of it', async () => {
		await run('start', '--title', 'Log in');
		await run('backup');
		writeFileSync(at(STATE), read(STATE).slice(0, 40));
		const { code, stderr } = await run('rebuild');
		assert.equal(code, 0);
		assert.match(
			stderr,
			/session_state\.json:\d+ cannot be read: .* It is kept as .*, and the backup of .* takes its place\./,
		);
		assert.equal((await run('rebuild')).stderr, '');
		assert.equal((await json('status')).session.title, 'Log in');
	});

	it('completes what is over, and forgets years when asked', async () => {
		const old = Array.from({ length: 450 }, (_, n) =>
			completedSession(aCompletedSession({ id: `alice-20230101-1000-${n.toString(16).padStart(4, '0')}` })),
		);
		await openStore(repository.root).archive(old);
		for (const year of ['x', '3000', '-1', '']) {
			await isRefused(['cleanup', '--forget-before', year], /^--forget-before takes a year from 2000 to \d{4}/);
		}
		assert.equal((await run('cleanup')).stdout, '0 sessions completed.\n');
		assert.match((await run('cleanup', '--forget-before', '2024')).stdout, /Forgotten: 2023\. "auto-pr restore"/);
		assert.equal((await json('export', '--format', 'json')).completed.length, 200);
		const { backups } = await json('backup', '--list');
		await run('restore', backups[0].name);
		assert.equal((await json('export', '--format', 'json')).completed.length, 450);
	});

	for (const [what, file] of [
		['state', STATE],
		['archive', ARCHIVE],
	] as const) {
		it(`touches no ${what} that a newer version wrote`, async () => {
			await repository.write({ [file]: NEWER, '.git/older.json': '{"completed_sessions": []}' });
			const commands = [['rebuild'], ['export'], ['export', '--format', 'older'], ['export', '--format', 'csv']];
			if (what === 'state') commands.push(['cleanup'], ['start']);
			for (const args of commands) {
				await isRefused(
					args,
					/was left untouched: it is of version 2\.0, which a newer .* wrote\. Update this one\.$/m,
				);
			}
			assert.equal(read(file), NEWER);
		});
	}

	it('says what stands in the way where nothing can be written', async () => {
		await repository.write({ '.git/older.json': JSON.stringify({ completed_sessions: [OLDER_SESSION] }) });
		rmSync(at('.cursor'), { recursive: true, force: true });
		writeFileSync(at('.cursor'), 'a file\n');
		const commands = [['backup'], ['rebuild'], ['cleanup'], ['start'], ['import', '.git/older.json']];
		for (const args of commands) await isRefused(args, /\.cursor/);
		assert.equal(read('.cursor'), 'a file\n');
	});

	it('says that a repository is missing', async () => {
		const missing = ['--repo', at('nowhere')];
		for (const command of ['backup', 'rebuild', 'cleanup', 'export', 'import']) {
			await isRefused([command, ...missing], /nowhere/);
		}
		await isRefused(['restore', 'x', ...missing], /nowhere/);
	});

	describe('merge-driver', () => {
		const record = (id: string) => ({ ...OLDER_SESSION, session_id: id });
		const archive = (...ids: string[]) => JSON.stringify({ version: '1.0', completed_sessions: ids.map(record) });
		const put = (base: string, ours: string, theirs: string) =>
			repository.write({ '.git/O': base, '.git/A': ours, '.git/B': theirs });
		const merge = ['merge-driver', '.git/O', '.git/A', '.git/B'];

		it('merges by session id, an empty base included', async () => {
			await put('', archive('a-20251119-1430'), archive('b-20251119-1430'));
			assert.deepEqual(await run(...merge), { code: 0, stdout: '', stderr: '' });
			const { completed_sessions } = JSON.parse(read('.git/A'));
			assert.deepEqual(
				completed_sessions.map((it: { session_id: string }) => it.session_id),
				['a-20251119-1430', 'b-20251119-1430'],
			);
		});

		it('leaves our side as it is where the other cannot be read', async () => {
			const ours = archive('a-20251119-1430');
			for (const [theirs, sentence] of [
				['{"completed_sessions": [', /^The analytics record cannot be merged by session, line 1: /],
				['{"completed_sessions": {}}', /^The analytics record cannot be merged by session, line 1: /],
				[NEWER, /^The analytics record was not merged by session: it is of version 2\.0/],
			] as const) {
				await put('', ours, theirs);
				await isRefused(merge, sentence);
				assert.equal(read('.git/A'), ours);
			}
		});

		it('says which of its files is missing, or is none', async () => {
			await put('', '', '');
			rmSync(at('.git/B'));
			await isRefused(merge, /\.git\/B/);
			mkdirSync(at('.git/B'));
			await isRefused(merge, /\.git\/B/);
			await isRefused(['merge-driver', '.git/O'], /missing required argument/);
		});
	});
});

const OLDER_SESSION = {
	session_id: 'dev-20251119-2244',
	author: 'dev',
	started: '2025-11-19T22:44:39Z',
	last_activity: '2025-11-19T22:50:39Z',
	prs: [],
	status: 'completed',
	completed: '2025-11-19T22:58:18Z',
	completion_trigger: 'manual_cli',
};
