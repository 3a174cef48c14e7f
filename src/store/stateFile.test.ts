import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeKind } from '../core/commit.ts';
import type { Ending, Session } from '../core/session.ts';
import { NewerVersion, UnreadableText } from './json.ts';
import { emptyState, type QueuedPublish, type State } from './state.ts';
import { atTime, formatState, noteArchived, parseState } from './stateFile.ts';
import { aCompletedSession, aSession } from './testSessions.ts';

const NOW = Date.UTC(2025, 10, 19, 16);
const members = (state: State) => JSON.parse(formatState(state, NOW)) as Record<string, Record<string, unknown>>;
const again = (state: State) => parseState(formatState(state, NOW));
const stateWith = (changes: Partial<State>): State => ({ ...emptyState(), ...changes });

const time = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const text = fc.string({ unit: 'binary' });
const sha = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const id = fc.integer({ min: 0, max: 9999 }).map((n) => `bob-20251119-1430-${String(n).padStart(4, '0')}`);
const pullRequest = fc.integer({ min: 1, max: 1e9 });
const ending: fc.Arbitrary<Ending> = fc.record(
	{ trigger: fc.constantFrom('explicit', 'timeout', 'heuristic', 'closed', 'orphaned'), at: time },
	{ noNullPrototype: true },
);

/** A new member of Session is a type error here until it is saved too. */
const sessionMembers: { [K in keyof Required<Omit<Session, 'status' | 'ended'>>]: fc.Arbitrary<Session[K]> } = {
	id,
	author: text,
	identity: text,
	origin: fc.constantFrom('hand', 'agent', 'commit'),
	startedAt: time,
	lastActivityAt: time,
	title: text,
	workingCopy: text,
	branches: fc.array(fc.tuple(text, fc.option(pullRequest, { nil: undefined }))).map((pairs) => new Map(pairs)),
	agent: text,
	foreign: text,
	conversation: text,
	anchored: fc.boolean(),
	commits: fc.array(fc.tuple(sha, time).map(([sha, authoredAt]) => ({ sha, authoredAt }))),
	files: fc.array(fc.tuple(text, fc.constantFrom<ChangeKind[]>('A', 'M', 'D', 'R', 'C', 'T'))).map((it) => new Map(it)),
	pullRequests: fc.uniqueArray(pullRequest),
	assisted: fc.nat(),
	base: sha,
};
const optional = ['title', 'workingCopy', 'agent', 'foreign', 'conversation', 'base'];
const required = Object.keys(sessionMembers).filter((key) => !optional.includes(key));
const openSession = fc
	.record(sessionMembers as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: required, noNullPrototype: true })
	.map((it) => ({ ...it, status: 'active' }) as unknown as Session)
	.map((it) => ({ ...it, lastActivityAt: Math.max(it.startedAt, it.lastActivityAt) }));
const queued: fc.Arbitrary<QueuedPublish> = fc.record(
	{
		session: id,
		branches: fc.array(text),
		startedAt: time,
		ending,
		since: time,
		attempts: fc.nat(),
		error: text,
		printed: fc.constant(true),
	},
	{ requiredKeys: ['session', 'branches', 'startedAt', 'since', 'attempts'], noNullPrototype: true },
);
const anyState = fc.record({
	sessions: fc.uniqueArray(openSession, { selector: (it) => it.id }),
	recent: fc.uniqueArray(id),
	workingCopies: fc
		.array(fc.tuple(text, fc.nat(), sha, time))
		.map((all) => new Map(all.map(([path, offset, sha, at]) => [path, { reflog: { offset, last: { sha, at } } }]))),
	publishQueue: fc.array(queued),
	told: fc.array(fc.tuple(text, text)).map((it) => new Map(it)),
});

describe('the state file', () => {
	it('reads what it writes, whatever the state', () => {
		fc.assert(
			fc.property(anyState, (changes) => {
				const { carried, ...back } = again(stateWith(changes));
				const { carried: _, ...expected } = stateWith(changes);
				assert.deepEqual(back, expected);
			}),
		);
	});

	it('says the same when it is read and written again', () => {
		fc.assert(
			fc.property(anyState, (changes) => {
				const once = formatState(stateWith(changes), NOW);
				assert.equal(formatState(parseState(once), NOW), once);
				assert.equal(atTime(once, NOW + 1), formatState(parseState(once), NOW + 1));
			}),
		);
	});

	it('complains about any other text in one of two ways, and never crashes', () => {
		const member = fc.constantFrom(...Object.keys(members(emptyState())), '__proto__', 'toString');
		const nested = fc.dictionary(fc.oneof(member, fc.constant('alice-20251119-1430'), fc.string()), fc.jsonValue());
		const file = fc.dictionary(member, fc.oneof(nested, fc.jsonValue()));
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					file.map((it) => JSON.stringify(it)),
				),
				(source) => {
					try {
						formatState(parseState(source), NOW);
					} catch (error) {
						assert.ok(error instanceof UnreadableText || error instanceof NewerVersion, String(error));
					}
				},
			),
			{ numRuns: 1000 },
		);
	});

	describe('for readers of the older system', () => {
		it('tells the three maps of open sessions', () => {
			const { pr_to_session, session_to_prs, session_metadata } = members(stateWith({ sessions: [aSession()] }));
			assert.deepEqual(pr_to_session, { 12: 'alice-20251119-1430' });
			assert.deepEqual(session_to_prs, { 'alice-20251119-1430': ['12'] });
			assert.deepEqual(session_metadata, {
				'alice-20251119-1430': { author: 'Alice', timestamp: '2025-11-19T14:30:05.123Z', title: 'Log in by key' },
			});
		});

		it('keeps a completed session in the maps until fifty others have completed', () => {
			let state = stateWith({ completed: [aCompletedSession()] });
			noteArchived(state, state.completed[0]!);
			assert.deepEqual(state.completed, []);
			for (let n = 1; n <= 49; n++) {
				noteArchived(state, aCompletedSession({ id: `bob-20251119-14${n + 10}`, pullRequests: [100 + n] }));
			}
			state = again(state);
			assert.equal(members(state).pr_to_session!['12'], 'alice-20251119-1430');
			noteArchived(state, aCompletedSession({ id: 'bob-20251120-1430', pullRequests: [200] }));
			const after = members(state);
			assert.equal(after.pr_to_session!['12'], undefined);
			assert.equal(after.session_to_prs!['alice-20251119-1430'], undefined);
			assert.equal(after.session_metadata!['alice-20251119-1430'], undefined);
			assert.equal(Object.keys(after.pr_to_session!).length, 50);
		});

		it('drops a discarded session from the maps', () => {
			const state = again(stateWith({ sessions: [aSession()] }));
			state.sessions = [];
			assert.deepEqual(members(state).pr_to_session, {});
			assert.deepEqual(members(state).session_metadata, {});
		});
	});

	const FOREIGN = JSON.stringify({
		version: '1.0',
		last_updated: '2025-11-19T22:04:52.873742',
		pr_to_session: { 326: 'carol-20251119-2204' },
		session_to_prs: { 'carol-20251119-2204': ['326'] },
		session_metadata: { 'carol-20251119-2204': { author: 'carol', timestamp: 'x', title: 't', extra: [1] } },
		their_own: { deep: [1, 2] },
	});

	it('keeps the entries and members of others', () => {
		const state = parseState(FOREIGN);
		assert.deepEqual(state.problems, []);
		state.sessions.push(aSession());
		const after = members(again(state));
		assert.equal(after.pr_to_session!['326'], 'carol-20251119-2204');
		assert.deepEqual(after.session_to_prs!['carol-20251119-2204'], ['326']);
		assert.deepEqual(after.session_metadata!['carol-20251119-2204'], {
			author: 'carol',
			timestamp: 'x',
			title: 't',
			extra: [1],
		});
		assert.deepEqual(after.their_own, { deep: [1, 2] });
		assert.equal(after.version, '1.1');
	});

	it('keeps the pull requests of others however they are named, and tells apart what only looks like one number', () => {
		const prs = {
			7: 'a',
			'07': 'b',
			'7.0': 'c',
			'-7': 'd',
			'repo#7': 'e',
			'9007199254740993': 'f',
			'9007199254740992': 'g',
		};
		const state = parseState(JSON.stringify({ version: '1.1', pr_to_session: prs }));
		assert.deepEqual(members(again(state)).pr_to_session, prs);
		state.sessions.push(aSession({ pullRequests: [7] }));
		assert.deepEqual(members(again(state)).pr_to_session, { ...prs, 7: aSession().id });
	});

	it('keeps what a newer 1.x adds to our own records', () => {
		const file = members(stateWith({ sessions: [aSession()], workingCopies: new Map([['/a', {}]]) }));
		const session = file.sessions!['alice-20251119-1430'] as Record<string, unknown>;
		session.mood = 'good';
		file.working_copies!['/a'] = { seen: 'today' };
		const after = members(parseState(JSON.stringify({ ...file, version: '1.7' })));
		assert.equal((after.sessions!['alice-20251119-1430'] as Record<string, unknown>).mood, 'good');
		assert.deepEqual(after.working_copies!['/a'], { seen: 'today' });
		assert.equal(after.version, '1.7');
	});

	it('refuses a newer major version', () => {
		for (const version of ['2.0', '10', 3]) {
			assert.throws(() => parseState(JSON.stringify({ version, sessions: {} })), { name: 'NewerVersion' });
		}
	});

	it('leaves a bad session out, says so, and keeps the rest', () => {
		const file = members(stateWith({ sessions: [aSession(), aSession({ id: 'bob-20251119-1430' })] }));
		file.sessions!['bob-20251119-1430'] = { author: 'Bob' };
		const state = parseState(JSON.stringify(file));
		assert.deepEqual(state.sessions, [aSession()]);
		assert.deepEqual(state.problems, [
			'"bob-20251119-1430" in "sessions" was left out: "status" is none of active, warning, completed.',
		]);
	});

	it('reads members of the wrong type as absent, and says so', () => {
		const wrong = { sessions: [], working_copies: 7, publish_queue: {}, told: { a: 1 }, pr_to_session: 'x' };
		const state = parseState(JSON.stringify(wrong));
		assert.deepEqual({ ...state, problems: [], carried: 0 }, { ...emptyState(), carried: 0 });
		assert.equal(state.problems.length, 5);
	});

	it('lets no key of a file reach a prototype', () => {
		const file = '{"__proto__": {"polluted": 1}, "pr_to_session": {"__proto__": "x"}, "told": {"__proto__": "y"}}';
		const state = again(parseState(file));
		assert.equal(({} as { polluted?: number }).polluted, undefined);
		assert.equal(state.told.get('__proto__'), 'y');
		assert.equal(state.carried.prToSession.get('__proto__'), 'x');
	});

	it('keeps a completed session that waits for the archive, and why it does', () => {
		const state = again(stateWith({ completed: [aCompletedSession()], archiveError: 'The disk is full.' }));
		assert.deepEqual(state.completed, [aCompletedSession()]);
		assert.equal(state.archiveError, 'The disk is full.');
	});
});
