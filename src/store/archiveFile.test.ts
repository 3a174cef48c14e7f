import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { completedSession } from '../core/completedSession.ts';
import { type Archive, emptyArchive, formatArchive, parseArchive, putCompleted, sessionsIn } from './archiveFile.ts';
import { NewerVersion, UnreadableText } from './json.ts';
import { aCompletedSession } from './testSessions.ts';

const alice = completedSession(aCompletedSession());
const bob = completedSession(aCompletedSession({ id: 'bob-20251119-1430', author: 'Bob' }));

function archiveOf(...sessions: (typeof alice)[]): Archive {
	const archive = emptyArchive();
	putCompleted(archive, sessions);
	return archive;
}

const OLDER = {
	session_id: 'dev_cursor-20251119-2244',
	author: 'dev_cursor',
	started: '2025-11-19T22:44:39.180606',
	last_activity: '2025-11-19T22:44:39.180606',
	prs: ['326', 7, 'x'],
	total_files_changed: 3,
	test_files_added: 1,
	status: 'completed',
	completed: '2025-11-19T22:58:18.915258',
	completion_trigger: 'manual_cli',
	duration_minutes: 13,
	final_score: 4.5,
	breakdown: { tests: 1 },
};
const older = (...records: unknown[]) => parseArchive(JSON.stringify({ version: '1.0', completed_sessions: records }));

describe('the archive of completed sessions', () => {
	it('reads what it writes', () => {
		const back = sessionsIn(parseArchive(formatArchive(archiveOf(alice, bob))));
		assert.deepEqual(back, { sessions: [alice, bob], problems: [] });
	});

	it('has one session a line, sorted by id, whatever their order of arrival', () => {
		const text = formatArchive(archiveOf(bob, alice));
		assert.equal(text, formatArchive(archiveOf(alice, bob)));
		const lines = text.split('\n').filter((line) => line.includes('"session_id"'));
		assert.deepEqual(
			lines.map((line) => /"session_id":"([^"]+)"/.exec(line)?.[1]),
			[alice.id, bob.id],
		);
	});

	it('writes the established members, and ours under metadata', () => {
		const [record] = (JSON.parse(formatArchive(archiveOf(alice))) as { completed_sessions: unknown[] })
			.completed_sessions;
		assert.deepEqual(record, {
			session_id: 'alice-20251119-1430',
			author: 'Alice',
			started: '2025-11-19T14:30:05.123Z',
			last_activity: '2025-11-19T15:12:00.000Z',
			prs: ['12'],
			total_files_changed: 3,
			test_files_added: 1,
			docs_updated: 1,
			status: 'completed',
			completed: '2025-11-19T15:12:00.000Z',
			completion_trigger: 'timeout',
			duration_minutes: 41,
			metadata: {
				title: 'Log in by key',
				origin: 'commit',
				branches: ['feat/login'],
				base: 'b'.repeat(40),
				head: 'a'.repeat(40),
				commits: ['a'.repeat(40)],
				assisted: 1,
				files: { M: 2, A: 1 },
			},
		});
	});

	it('tells nobody where a working copy is, nor an address', () => {
		const text = formatArchive(archiveOf(alice));
		assert.doesNotMatch(text, /\/home\/alice|alice@example\.com/);
	});

	it('is the same after a session is put into it twice', () => {
		assert.equal(formatArchive(archiveOf(alice, bob, alice)), formatArchive(archiveOf(alice, bob)));
	});

	it('keeps the score and the members of others when a session is put into it again', () => {
		const archive = archiveOf(alice);
		Object.assign(archive.records[0] as object, { final_score: 4, file_scores: { a: 1 }, metadata: { mood: 'good' } });
		putCompleted(archive, [alice]);
		const record = archive.records[0] as Record<string, Record<string, unknown>>;
		assert.equal(record.final_score, 4);
		assert.deepEqual(record.file_scores, { a: 1 });
		assert.equal(record.metadata!.mood, 'good');
		assert.equal(sessionsIn(archive).sessions[0]?.score, 4);
	});

	it('has no time of its own last change, so that branches merge', () => {
		const archive = parseArchive('{"version": "1.0", "last_updated": "2025-11-22T03:07:29.283883"}');
		assert.doesNotMatch(formatArchive(archive), /last_updated/);
	});

	it('reads a session of the older system', () => {
		const { sessions, problems } = sessionsIn(older(OLDER));
		assert.deepEqual(problems, []);
		assert.deepEqual(sessions, [
			{
				id: 'dev_cursor-20251119-2244',
				author: 'dev_cursor',
				startedAt: Date.parse('2025-11-19T22:44:39.180Z'),
				lastActivityAt: Date.parse('2025-11-19T22:44:39.180Z'),
				completedAt: Date.parse('2025-11-19T22:58:18.915Z'),
				trigger: 'explicit',
				durationMinutes: 13,
				pullRequests: [326, 7],
				filesChanged: 3,
				testFilesAdded: 1,
				docsUpdated: 0,
				filesByKind: {},
				commits: [],
				branches: [],
				assisted: 0,
				score: 4.5,
			},
		]);
	});

	it('reads its times in the zone that the user names', () => {
		const [session] = sessionsIn(older(OLDER), 'America/New_York').sessions;
		assert.equal(session?.startedAt, Date.parse('2025-11-20T03:44:39.180Z'));
	});

	it('writes records that it cannot understand as they were, after the others, and says which', () => {
		const strange = [{ session_id: 'no id' }, 'x', { author: 'nobody' }, null];
		const archive = older(...strange, OLDER);
		putCompleted(archive, [alice]);
		const written = parseArchive(formatArchive(archive));
		assert.deepEqual(written.records.slice(1), [OLDER, strange[0], 'x', { author: 'nobody' }, null]);
		const { sessions, problems } = sessionsIn(written);
		assert.deepEqual(
			sessions.map(({ id }) => id),
			[alice.id, OLDER.session_id],
		);
		assert.equal(problems.length, 4);
		assert.equal(problems[0], 'Completed session no id was left out: its id is none.');
	});

	it('keeps the active sessions and other members of the file', () => {
		const source = { version: '1.3', active_sessions: { x: { a: 1 } }, theirs: [1], completed_sessions: [] };
		assert.deepEqual(JSON.parse(formatArchive(parseArchive(JSON.stringify(source)))), source);
	});

	it('tells the line of a merge conflict, of a half-merged file and of a cut one', () => {
		const lines = formatArchive(archiveOf(alice, bob)).split('\n');
		const line = (text: string) => {
			try {
				parseArchive(text);
			} catch (error) {
				if (error instanceof UnreadableText) return error.line;
				throw error;
			}
			return undefined;
		};
		assert.equal(line([...lines.slice(0, 5), '<<<<<<< HEAD', ...lines.slice(5)].join('\n')), 6);
		// The union of two appended lines lacks a comma.
		assert.equal(line([...lines.slice(0, 6), lines[5], ...lines.slice(6)].join('\n')), 7);
		assert.equal(line(lines.slice(0, 6).join('\n')), 6);
		assert.equal(line(`${lines.join('\n')}${lines.join('\n')}`), lines.length);
	});

	it('refuses a newer major version', () => {
		assert.throws(() => parseArchive('{"version": "2.0"}'), { name: 'NewerVersion' });
	});

	it('complains about any other text in one of two ways, and never crashes', () => {
		const key = fc.constantFrom(...Object.keys(OLDER), 'metadata', '__proto__');
		const record = fc.dictionary(key, fc.jsonValue()).map((it) => ({ ...OLDER, ...it }));
		const records = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(record, fc.jsonValue())));
		fc.assert(
			fc.property(records, fc.jsonValue(), (completed_sessions, version) => {
				try {
					const archive = parseArchive(JSON.stringify({ version, completed_sessions }));
					sessionsIn(archive);
					putCompleted(archive, [alice]);
					const back = parseArchive(formatArchive(archive));
					assert.ok(sessionsIn(back).sessions.some(({ id }) => id === alice.id));
				} catch (error) {
					assert.ok(error instanceof UnreadableText || error instanceof NewerVersion, String(error));
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('reads all 17 sessions of a real file and keeps every member of theirs', function () {
		const real = join(process.cwd(), '..', 'shared', 'formats', 'auto_pr_sessions.json');
		if (!existsSync(real)) {
			this.test!.title += ` (skipped: ${real} is not on this machine)`;
			this.skip();
		}
		const text = readFileSync(real, 'utf8');
		const archive = parseArchive(text);
		const { sessions, problems } = sessionsIn(archive);
		assert.deepEqual([sessions.length, problems], [17, []]);
		for (const { durationMinutes, startedAt, completedAt } of sessions) {
			assert.equal(durationMinutes, Math.floor((completedAt - startedAt) / 60_000));
		}
		const byId = (a: { session_id: string }, b: { session_id: string }) => (a.session_id < b.session_id ? -1 : 1);
		const records = (source: string) => (JSON.parse(source) as { completed_sessions: never[] }).completed_sessions;
		assert.deepEqual(records(formatArchive(archive)), records(text).sort(byId));
	});
});
