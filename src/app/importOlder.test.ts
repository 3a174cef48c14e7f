import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { UserError } from '../core/userError.ts';
import { endSession } from './end.ts';
import { exportOlder } from './exportSessions.ts';
import { findOlderFiles, importOlder } from './importOlder.ts';
import { startSession } from './start.ts';
import { Workspace } from './workspace.ts';

const quiet = { info() {}, warn() {}, error() {} };
const ARCHIVE = 'docs/metrics/auto_pr_sessions.json';
const STATE = '.cursor/data/session_state.json';
const NOTE = '.cursor/.session_id';
const START = Date.UTC(2025, 0, 6, 9, 0);
const MINUTE = 60_000;

/** As Python's datetime.isoformat() writes local times. */
const naive = (at: number) => new Date(at).toISOString().replace('Z', '000');

const idOf = (n: number) => {
	const at = new Date(START + n * 30 * MINUTE).toISOString().replace(/[-:]/g, '');
	return `dev_cursor-${at.slice(0, 8)}-${at.slice(9, 13)}`;
};

/** A session of the older system, with one pull request. */
function olderSession(n: number, active = false) {
	const started = START + n * 30 * MINUTE;
	return {
		session_id: idOf(n),
		author: 'dev_cursor',
		started: naive(started),
		last_activity: naive(started + 5 * MINUTE),
		prs: [String(n + 1)],
		total_files_changed: n % 7,
		test_files_added: 0,
		docs_updated: 0,
		status: active ? 'active' : 'completed',
		...(!active && {
			completed: naive(started + 8 * MINUTE),
			completion_trigger: 'manual_cli',
			duration_minutes: 8,
			final_score: 2,
			breakdown: { tests: n },
		}),
	};
}

/** An analytics record with so many pull requests, every tenth session still active. */
function olderArchive(pullRequests: number): string {
	const numbers = Array.from({ length: pullRequests }, (_, n) => n);
	const active = numbers.filter((n) => n % 10 === 3).map((n) => [idOf(n), olderSession(n, true)]);
	return JSON.stringify({
		version: '1.0',
		last_updated: naive(START),
		active_sessions: Object.fromEntries(active),
		completed_sessions: numbers.filter((n) => n % 10 !== 3).map((n) => olderSession(n)),
	});
}

/** A state with so many pull requests, ten a session. */
function olderState(pullRequests: number): string {
	const prToSession: Record<string, string> = {};
	const sessionToPrs: Record<string, string[]> = {};
	const metadata: Record<string, unknown> = {};
	for (let pr = 1; pr <= pullRequests; pr++) {
		const n = Math.floor((pr - 1) / 10);
		const id = idOf(n);
		prToSession[pr] = id;
		sessionToPrs[id] = [...(sessionToPrs[id] ?? []), String(pr)];
		metadata[id] = { author: 'dev_cursor', timestamp: naive(START + n * 30 * MINUTE), title: `Auto-PR: ${n}` };
	}
	const maps = { pr_to_session: prToSession, session_to_prs: sessionToPrs, session_metadata: metadata };
	return JSON.stringify({ version: '1.0', last_updated: naive(START), ...maps });
}

describe('importing from the older system', function () {
	this.timeout(180_000);
	let repository: TestRepository;
	let workspace: Workspace;
	let now: number;

	beforeEach(async () => {
		repository = await makeRepository();
		now = Date.UTC(2026, 5, 1);
		workspace = await Workspace.open(repository.root, { now: () => now, log: quiet, token: async () => undefined });
	});
	afterEach(() => repository.dispose());

	/** The bytes of every file that is not git's. */
	async function bytes(): Promise<Map<string, string>> {
		const entries = await readdir(repository.root, { recursive: true, withFileTypes: true });
		const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
		const ours = files.filter((file) => !file.startsWith(join(repository.root, '.git')));
		return new Map(await Promise.all(ours.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
	}
	const take = (text: string, zone?: string) => importOlder(workspace, [{ name: 'older.json', text }], zone);
	const find = async (id: string) => {
		const session = await workspace.store.findCompleted(id);
		assert.ok(session, id);
		return session;
	};
	const json = async (file: string) => JSON.parse(await readFile(join(repository.root, file), 'utf8'));

	for (const size of [0, 10, 100, 10_000]) {
		it(`takes over an analytics record of ${size} pull requests, active and completed, and the second time nothing`, async () => {
			const text = olderArchive(size);
			const first = await take(text, 'Europe/Berlin');
			assert.deepEqual([first.added.length, first.dropped, first.withoutZone], [size, [], size]);
			const completed = await workspace.store.completed();
			assert.equal(completed.length, size);
			for (const { id, pullRequests, startedAt, trigger, filesChanged, durationMinutes } of completed) {
				const n = pullRequests[0]! - 1;
				const hourAhead = START + n * 30 * MINUTE - 60 * MINUTE;
				assert.equal(id, idOf(n));
				assert.ok(startedAt === hourAhead || startedAt === hourAhead - 60 * MINUTE, id);
				assert.equal(filesChanged, n % 7);
				assert.deepEqual([trigger, durationMinutes], n % 10 === 3 ? ['orphaned', 5] : ['explicit', 8]);
			}
			const before = await bytes();
			const second = await take(text, 'Europe/Berlin');
			assert.deepEqual([second.added, second.updated, second.known.length], [[], [], size]);
			assert.deepEqual(await bytes(), before);
		});

		it(`takes over a state of ${size} pull requests, and the second time nothing`, async () => {
			const first = await take(olderState(size));
			assert.deepEqual([first.added.length, first.dropped], [size / 10, []]);
			const completed = await workspace.store.completed();
			assert.deepEqual(
				completed.flatMap(({ pullRequests }) => pullRequests).sort((a, b) => a - b),
				Array.from({ length: size }, (_, index) => index + 1),
			);
			const before = await bytes();
			await take(olderState(size));
			assert.deepEqual(await bytes(), before);
		});
	}

	it('keeps what only others know of a session', async () => {
		await take(olderArchive(2));
		const [record] = (await json(ARCHIVE)).completed_sessions;
		assert.deepEqual([record.breakdown, record.final_score], [{ tests: 0 }, 2]);
	});

	it('takes what is whole of a damaged file, and lists the rest', async () => {
		const text = olderArchive(10);
		const { added, dropped } = await take(text.slice(0, text.length - 300));
		assert.equal(added.length, 9);
		assert.match(dropped[0]!, /^older\.json: Line 1: .*, so only what is whole was read\.$/);
		assert.match(dropped[1]!, /^older\.json: Entry 9 of "completed_sessions" was left out/);
	});

	it('changes nothing when one of the files cannot be read at all, and says which and where', async () => {
		const files = [
			{ name: 'good.json', text: olderArchive(3) },
			{ name: 'bad.json', text: '\0\0\0' },
		];
		await assert.rejects(importOlder(workspace, files), (error) => {
			assert.ok(error instanceof UserError);
			assert.match(error.message, /^bad\.json:1 cannot be imported: /);
			return true;
		});
		assert.equal((await bytes()).size, 0);
	});

	it('knows no zone that does not exist', async () => {
		await assert.rejects(take(olderArchive(1), 'Europe/Berlim'), UserError);
	});

	it('puts the times right when the zone is named afterwards', async () => {
		await take(olderArchive(1));
		assert.equal((await find(idOf(0))).startedAt, START);
		const { updated } = await take(olderArchive(1), 'Asia/Tokyo');
		assert.deepEqual(updated, [idOf(0)]);
		assert.equal((await find(idOf(0))).startedAt, START - 9 * 60 * MINUTE);
		assert.equal((await workspace.store.completed()).length, 1);
	});

	it('leaves a running session to the older system until it is over', async () => {
		now = START + 6 * MINUTE;
		const running = JSON.stringify({ active_sessions: { [idOf(0)]: olderSession(0, true) } });
		assert.deepEqual((await take(running)).running, [idOf(0)]);
		assert.deepEqual(await workspace.store.completed(), []);
		now += 60 * MINUTE;
		assert.deepEqual((await take(running)).added, [idOf(0)]);
		assert.equal((await find(idOf(0))).trigger, 'orphaned');
		assert.deepEqual((await take(olderArchive(1))).updated, [idOf(0)]);
		assert.equal((await find(idOf(0))).trigger, 'explicit');
	});

	describe('in the repository where it was used', () => {
		const state = () => olderState(20);
		beforeEach(async () => {
			const note = { session_id: idOf(7), author: 'dev', created: naive(START), last_updated: naive(START) };
			await repository.write({ [ARCHIVE]: olderArchive(5), [STATE]: state(), [NOTE]: JSON.stringify(note) });
			await repository.git('commit', '--quiet', '--allow-empty', '-m', 'first');
		});

		it('finds its files, and takes each session over once', async () => {
			const files = await findOlderFiles(workspace);
			assert.deepEqual(
				files.map(({ name }) => name),
				[ARCHIVE, STATE, NOTE],
			);
			await importOlder(workspace, files, 'Europe/Berlin');
			const completed = await workspace.store.completed();
			assert.deepEqual(
				completed.map(({ id }) => id),
				[0, 1, 2, 3, 4, 7].map(idOf),
			);
			// What the state knows comes to what the analytics record knows.
			assert.deepEqual([completed[0]?.title, completed[0]?.filesChanged], ['Auto-PR: 0', 0]);
			assert.deepEqual(completed[0]?.pullRequests, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
			assert.equal(completed[0]?.startedAt, START - 60 * MINUTE);

			const before = await bytes();
			const again = await importOlder(workspace, await findOlderFiles(workspace), 'Europe/Berlin');
			assert.deepEqual([again.added, again.updated], [[], []]);
			assert.deepEqual(await bytes(), before);
		});

		it('stays readable by the older scripts while sessions of ours come and go', async () => {
			const older = JSON.parse(state());
			const note = await readFile(join(repository.root, NOTE), 'utf8');
			await importOlder(workspace, await findOlderFiles(workspace));
			const { id } = (await startSession(workspace, 'Ours')).result.session;
			for (const moment of ['running', 'over']) {
				const file = await json(STATE);
				for (const [pr, session] of Object.entries(older.pr_to_session)) {
					assert.equal(file.pr_to_session[pr], session, moment);
				}
				for (const [session, prs] of Object.entries(older.session_to_prs)) {
					assert.deepEqual(file.session_to_prs[session], prs, moment);
				}
				for (const [session, about] of Object.entries(older.session_metadata)) {
					assert.deepEqual(file.session_metadata[session], about, moment);
				}
				assert.deepEqual(Object.keys(file.session_metadata[id]), ['author', 'timestamp', 'title']);
				assert.deepEqual(file.session_to_prs[id], []);
				if (moment === 'running') await endSession(workspace);
			}
			assert.equal(await readFile(join(repository.root, NOTE), 'utf8'), note);
		});
	});

	it('reads what it exports, open sessions included', async () => {
		await take(olderArchive(10));
		await startSession(workspace, 'Ours');
		const text = await exportOlder(workspace);
		const { active_sessions, completed_sessions, version } = JSON.parse(text);
		assert.deepEqual([version, Object.keys(active_sessions).length, completed_sessions.length], ['1.0', 1, 10]);
		const [active] = Object.values(active_sessions) as Record<string, unknown>[];
		assert.deepEqual([active?.status, 'completed' in active!], ['active', false]);

		const other = await makeRepository();
		try {
			const there = await Workspace.open(other.root, workspace.host);
			const { running, dropped } = await importOlder(there, [{ name: 'export.json', text }]);
			assert.deepEqual([running.length, dropped], [1, []]);
			assert.deepEqual(await there.store.completed(), await workspace.store.completed());
		} finally {
			await other.dispose();
		}
	});
});
