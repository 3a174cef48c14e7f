import assert from 'node:assert/strict';
import { recordToSession, SESSION_MEMBERS, sessionToRecord } from './sessionRecord.ts';
import { aCompletedSession, aSession } from './testSessions.ts';

/** As it is in the file. */
const stored = (session = aSession()) =>
	JSON.parse(JSON.stringify(sessionToRecord(session))) as Record<string, unknown>;

describe('a session in the state file', () => {
	it('is written in snake_case, with its times in UTC', () => {
		assert.deepEqual(stored(aCompletedSession()), {
			author: 'Alice',
			identity: 'alice@example.com',
			origin: 'commit',
			status: 'completed',
			started: '2025-11-19T14:30:05.123Z',
			last_activity: '2025-11-19T15:12:00.000Z',
			title: 'Log in by key',
			working_copy: '/home/alice/project',
			branches: [['feat/login', 12]],
			anchored: false,
			commits: [['a'.repeat(40), Date.UTC(2025, 10, 19, 14, 31)]],
			files: { 'src/login.ts': 'M', 'src/login.test.ts': 'A', 'README.md': 'M' },
			pull_requests: [12],
			assisted: 1,
			base: 'b'.repeat(40),
			ended: { trigger: 'timeout', at: '2025-11-19T15:12:00.000Z' },
		});
	});

	it('knows the names of all its members', () => {
		for (const member of Object.keys(stored(aCompletedSession({ foreign: 'x', agent: 'x' })))) {
			assert.ok(SESSION_MEMBERS.has(member), member);
		}
	});

	it('keeps the order of its branches, whatever they are called', () => {
		const branches = new Map([
			['main', undefined],
			['42', 7],
			['__proto__', undefined],
		]);
		const back = recordToSession('alice-20251119-1430', stored(aSession({ branches })));
		assert.deepEqual([...back.branches], [...branches]);
	});

	it('keeps a file called __proto__', () => {
		const back = recordToSession('alice-20251119-1430', stored(aSession({ files: new Map([['__proto__', 'A']]) })));
		assert.deepEqual([...back.files], [['__proto__', 'A']]);
	});

	const faults: [string, Record<string, unknown>, RegExp][] = [
		['no author', { author: 7 }, /"author" is not a text/],
		['an unknown status', { status: 'asleep' }, /"status" is none of/],
		['an end while it is active', { ended: { trigger: 'timeout', at: '2025-11-19T15:12:00Z' } }, /contradict/],
		['no end though completed', { status: 'completed' }, /contradict/],
		['a time that is none', { started: 'yesterday' }, /"started" is not a time/],
		['its activity before its start', { last_activity: '2020-01-01T00:00:00Z' }, /before "started"/],
		['a commit that is none', { commits: [['--exec=x', 1]] }, /not a commit name/],
		['a commit without a time', { commits: [['a'.repeat(40)]] }, /has no time/],
		['a change of no kind', { files: { 'a.ts': 'X' } }, /"a.ts" is none of/],
		['files that are a list', { files: [] }, /"files" is not an object/],
		['a pull request 0', { pull_requests: [0] }, /is no number/],
		['a branch that is no pair', { branches: ['main'] }, /"branches"/],
		['a base that is an option', { base: '--output=x' }, /"base" is not a commit name/],
	];
	for (const [what, change, reason] of faults) {
		it(`is refused with ${what}`, () => {
			const record = { ...stored(), ...change };
			assert.throws(() => recordToSession('alice-20251119-1430', record), { name: 'BadField', message: reason });
		});
	}

	it('is refused when its id is none', () => {
		assert.throws(() => recordToSession('../../etc', stored()), { name: 'BadField', message: /its id is none/ });
	});
});
