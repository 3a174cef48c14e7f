import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableText } from './json.ts';
import { readOlderFile } from './olderFiles.ts';

const ID = 'dev_cursor-20251119-2244';
const RECORD = {
	session_id: ID,
	author: 'dev_cursor',
	started: '2025-11-19T22:44:39.180606',
	last_activity: '2025-11-19T22:50:00.000001',
	prs: ['326', '327'],
	total_files_changed: 3,
	test_files_added: 1,
	docs_updated: true,
	status: 'completed',
	completed: '2025-11-19T22:58:18.915258',
	completion_trigger: 'manual_cli',
	duration_minutes: 13,
	final_score: -6.5,
	breakdown: { tests: 1 },
	file_scores: { 'a.ts': { score: 1 } },
	metadata: { mood: 'good' },
};
const read = (value: unknown, zone = 'UTC') => readOlderFile(JSON.stringify(value), zone);

describe("reading the older system's analytics record", () => {
	const file = (...records: unknown[]) => ({ version: '1.0', active_sessions: {}, completed_sessions: records });

	it('reads a completed session to the last member, times in the zone that is named', () => {
		const { completed, open, others, dropped } = read(file(RECORD), 'Europe/Berlin');
		assert.deepEqual(completed, [
			{
				id: ID,
				author: 'dev_cursor',
				startedAt: Date.parse('2025-11-19T21:44:39.180Z'),
				lastActivityAt: Date.parse('2025-11-19T21:50:00.000Z'),
				completedAt: Date.parse('2025-11-19T21:58:18.915Z'),
				trigger: 'explicit',
				durationMinutes: 13,
				pullRequests: [326, 327],
				filesChanged: 3,
				testFilesAdded: 1,
				docsUpdated: 1,
				filesByKind: {},
				commits: [],
				branches: [],
				assisted: 0,
				score: -6.5,
			},
		]);
		assert.deepEqual([open, dropped], [[], []]);
		assert.deepEqual(others.get(ID), {
			breakdown: RECORD.breakdown,
			file_scores: RECORD.file_scores,
			metadata: { mood: 'good' },
		});
	});

	it('leaves a time alone that names its zone', () => {
		const [session] = read(file({ ...RECORD, started: '2025-11-19T22:44:39.180606Z' }), 'Asia/Tokyo').completed;
		assert.equal(session?.startedAt, Date.parse('2025-11-19T22:44:39.180Z'));
	});

	it('reads an active session as one that was left at its last activity', () => {
		const { completed, completion_trigger, duration_minutes, session_id, ...active } = RECORD;
		const { open, dropped } = read({ active_sessions: { [ID]: { ...active, status: 'active' } } });
		assert.deepEqual([open[0]?.id, open[0]?.trigger, open[0]?.filesChanged], [ID, 'orphaned', 3]);
		assert.equal(open[0]?.completedAt, Date.parse('2025-11-19T22:50:00.000Z'));
		assert.equal(open[0]?.durationMinutes, 5);
		assert.deepEqual(dropped, []);
	});

	it('lists what it leaves out, and takes the rest', () => {
		const bad = { ...RECORD, session_id: 'bob-20251119-2244', started: 'yesterday' };
		const { completed, dropped } = read({
			...file(bad, 7, { ...RECORD, prs: ['326', 'x', null, -1] }),
			active_sessions: { 'carol-20251119-2244': 'active', 'no id': { ...RECORD, session_id: 'no id' } },
			team: 'red',
		});
		assert.deepEqual(
			completed.map(({ id, pullRequests }) => [id, pullRequests]),
			[[ID, [326]]],
		);
		assert.deepEqual(dropped, [
			'Completed session bob-20251119-2244 was left out: "started" is not a time.',
			'Completed session number 2 was left out: it is not an object.',
			'Active session number 1 was left out: it is not an object.',
			'Active session no id was left out: its id is none.',
			`Pull request "x" of session ${ID} was left out: it is no number.`,
			`Pull request null of session ${ID} was left out: it is no number.`,
			`Pull request -1 of session ${ID} was left out: it is no number.`,
			'"team" was left out: it is nothing of sessions that is known here.',
		]);
	});

	it('reads the real one exactly', function () {
		const real = join(process.cwd(), '..', 'shared', 'formats', 'auto_pr_sessions.json');
		if (!existsSync(real)) {
			console.log('        skipped: ../shared/formats/auto_pr_sessions.json is not here');
			this.skip();
		}
		const text = readFileSync(real, 'utf8');
		const records = (JSON.parse(text) as { completed_sessions: (typeof RECORD)[] }).completed_sessions;
		const { completed, open, dropped } = readOlderFile(text, 'UTC');
		assert.deepEqual([completed.length, open, dropped], [records.length, [], []]);
		for (const record of records) {
			const session = completed.find(({ id }) => id === record.session_id);
			assert.ok(session);
			assert.deepEqual(
				[session.author, session.durationMinutes, session.filesChanged, session.testFilesAdded, session.score],
				[
					record.author,
					record.duration_minutes,
					record.total_files_changed,
					record.test_files_added,
					record.final_score,
				],
			);
			for (const [at, was] of [
				[session.startedAt, record.started],
				[session.lastActivityAt, record.last_activity],
				[session.completedAt, record.completed],
			] as const) {
				assert.equal(new Date(at).toISOString().slice(0, 23), was.slice(0, 23));
			}
		}
	});

	it('leaves the real scores of pull requests out, and says so', function () {
		const real = join(process.cwd(), '..', 'shared', 'formats', 'reward_scores.json');
		if (!existsSync(real)) {
			console.log('        skipped: ../shared/formats/reward_scores.json is not here');
			this.skip();
		}
		const { dropped } = readOlderFile(readFileSync(real, 'utf8'), 'UTC');
		assert.match(dropped.join(), /^5 scores were left out/);
	});
});

describe("reading the older system's state", () => {
	const STATE = {
		version: '1.0',
		last_updated: '2025-11-19T22:44:39.180606',
		pr_to_session: { '326': ID, '328': ID, '9': 'erin-20251120-0800' },
		session_to_prs: { [ID]: ['327', '326'] },
		session_metadata: {
			[ID]: { author: 'dev', timestamp: '2025-11-19T22:44:39.180606', title: 'Log in', mood: 'good' },
			'fay-20251121-0900': { author: 'Fay', timestamp: '2025-11-21T09:00:00' },
		},
	};

	it('joins the three maps to sessions', () => {
		const { completed, open, others, dropped } = read(STATE, 'Europe/Berlin');
		assert.deepEqual([completed, dropped], [[], []]);
		assert.deepEqual(
			open.map(({ id, author, title, startedAt, pullRequests }) => [
				id,
				author,
				title,
				new Date(startedAt).toISOString(),
				pullRequests,
			]),
			[
				[ID, 'dev', 'Log in', '2025-11-19T21:44:39.180Z', [326, 327, 328]],
				['fay-20251121-0900', 'Fay', undefined, '2025-11-21T08:00:00.000Z', []],
				// Of a session that only a pull request names, the id tells who and when.
				['erin-20251120-0800', 'erin', undefined, '2025-11-20T07:00:00.000Z', [9]],
			],
		);
		assert.deepEqual(others.get(ID), { metadata: { mood: 'good' } });
	});

	it('lists what it leaves out', () => {
		const { open, dropped } = read({
			...STATE,
			pr_to_session: { '326': 7, PR: ID },
			session_to_prs: { [ID]: '326' },
			session_metadata: { ...STATE.session_metadata, [ID]: 'x', 'no id': {} },
			queue: [],
		});
		assert.deepEqual(
			open.map(({ id }) => id),
			['fay-20251121-0900'],
		);
		assert.deepEqual(dropped, [
			`"${ID}" in "session_to_prs" was left out: it is not a list.`,
			'"326" in "pr_to_session" was left out: it is not a text.',
			`Pull request "PR" of session ${ID} was left out: it is no number.`,
			`Session ${ID} was left out: its id is none, or its entry makes no sense.`,
			'Session no id was left out: its id is none, or its entry makes no sense.',
			'"queue" was left out: it is nothing of sessions that is known here.',
		]);
	});
});

describe("reading the older system's note of a running session", () => {
	it('reads it as a session from its beginning to its last update', () => {
		const note = { session_id: ID, author: 'dev', created: '2025-11-19T22:44:39', last_updated: '2025-11-19T22:59:00' };
		const { open, dropped } = read(note);
		assert.deepEqual(dropped, []);
		assert.deepEqual([open[0]?.id, open[0]?.author, open[0]?.durationMinutes], [ID, 'dev', 14]);
	});

	it('leaves one out that makes no sense', () => {
		assert.match(read({ session_id: '../../etc' }).dropped.join(), /^Session \.\.\/\.\.\/etc was left out/);
	});
});

describe('reading a file that is none of these', () => {
	it('says so', () => {
		for (const text of ['{}', '{"scores": 1}', '[]', 'x', '']) {
			assert.throws(() => readOlderFile(text, 'UTC'), UnreadableText, text);
		}
	});
});
