import assert from 'node:assert/strict';
import { at, MINUTE, makeRules } from '../../test/support/builders.ts';
import type { Session } from '../core/session.ts';
import { describe as describeOverview, sessionJson } from './describe.ts';
import { localTime } from './words.ts';

const now = at('14:42');

const session = (given: Partial<Session> = {}): Session => ({
	id: 'alice-20251119-1430',
	author: 'Alice',
	identity: 'alice@example.com',
	origin: 'hand',
	status: 'active',
	startedAt: at('14:30'),
	lastActivityAt: at('14:39'),
	branches: new Map([['topic', 7]]),
	anchored: false,
	commits: [{ sha: 'a'.repeat(40), authoredAt: at('14:39') }],
	files: new Map([
		['src/a.ts', 'A'],
		['src/a.test.ts', 'A'],
		['docs/a.md', 'M'],
		['docs/old.md', 'D'],
	]),
	pullRequests: [7],
	assisted: 0,
	...given,
});

describe('the status of a session, in words', () => {
	it('tells its id, times and net change, and what would end it', async () => {
		const lines = describeOverview({ here: session(), others: [], queue: [], notices: [] }, await makeRules(), now);
		assert.deepEqual(lines, [
			'Session alice-20251119-1430',
			`  since    ${localTime(at('14:30'), now)} (12 min)`,
			`  last     ${localTime(at('14:39'), now)}, idle for 3 min`,
			'  changes  1 commit, 4 files, of them 1 test and 1 docs',
			`  ends     at ${localTime(at('15:09'), now)} without activity; or by "auto-pr end" or a completion marker in a commit`,
		]);
	});

	it('says that tests and docs make it end sooner', async () => {
		const here = session({ origin: 'commit' });
		const text = describeOverview({ here, others: [], queue: [], notices: [] }, await makeRules(), now).join('\n');
		assert.ok(
			text.includes(`at ${localTime(at('14:44'), now)} without activity, since tests and docs have both changed;`),
			text,
		);
	});

	it('knows no time where completion by timeout is off', async () => {
		const rules = await makeRules({ enable_timeout_completion: false });
		const text = describeOverview({ here: session(), others: [], queue: [], notices: [] }, rules, now).join('\n');
		assert.match(text, /^ {2}ends {5}by "auto-pr end"/m);
	});

	it('marks one that is idle, and names the others and what waits', async () => {
		const here = session({ status: 'warning', title: 'Log in' });
		const other = session({ id: 'bob-20251119-1400', lastActivityAt: now - 2 * MINUTE });
		const waiting = { session: 'alice-20251119-0900', branches: [], startedAt: 0, since: 0, attempts: 1 };
		const queue = [{ ...waiting, error: 'No pull request yet for topic.' }, waiting];
		const lines = describeOverview({ here, others: [other], queue, notices: [] }, await makeRules(), now);
		assert.equal(lines[0], 'Session alice-20251119-1430: Log in');
		assert.match(lines[1]!, /\(12 min\), idle$/);
		assert.deepEqual(lines.slice(-3), [
			'Also running: bob-20251119-1400, 1 commit, idle for 2 min.',
			'Waiting to be published: alice-20251119-0900. No pull request yet for topic.',
			'Waiting to be published: alice-20251119-0900. Run "auto-pr publish".',
		]);
	});

	it('has the same members in JSON, whatever is known', () => {
		const json = sessionJson(session());
		assert.deepEqual(
			[json.title, json.agent, json.ended, json.trigger, json.commits, json.files, json.tests, json.docs],
			[null, null, null, null, 1, 4, 1, 1],
		);
		const ended = sessionJson(session({ status: 'completed', ended: { trigger: 'timeout', at: at('14:39') } }));
		assert.deepEqual([ended.ended, ended.trigger], ['2025-11-19T14:39:00Z', 'timeout']);
		assert.deepEqual(Object.keys(ended), Object.keys(json));
	});
});
