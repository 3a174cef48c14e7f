import assert from 'node:assert/strict';
import { completedSession, minutesBetween } from './completedSession.ts';
import type { Session } from './session.ts';

const session: Session = {
	id: 'alice-20251119-1430',
	author: 'Alice',
	identity: 'alice@example.com',
	origin: 'hand',
	status: 'completed',
	startedAt: Date.UTC(2025, 10, 19, 14, 30),
	lastActivityAt: Date.UTC(2025, 10, 19, 14, 50, 59),
	branches: new Map([
		['main', undefined],
		['feat/login', 12],
	]),
	anchored: false,
	commits: [
		{ sha: 'a', authoredAt: 0 },
		{ sha: 'b', authoredAt: 0 },
	],
	files: new Map([
		['src/login.ts', 'M'],
		['src/login.test.ts', 'A'],
		['test/old.test.ts', 'M'],
		['README.md', 'M'],
		['docs/old.md', 'D'],
	]),
	pullRequests: [12, 13],
	assisted: 2,
	ended: { trigger: 'timeout', at: Date.UTC(2025, 10, 19, 14, 50, 59) },
};

describe('a completed session', () => {
	it('counts its net change: new tests, documentation that is still there, and each kind', () => {
		const { filesChanged, testFilesAdded, docsUpdated, filesByKind } = completedSession(session);
		assert.deepEqual(
			{ filesChanged, testFilesAdded, docsUpdated, filesByKind },
			{ filesChanged: 5, testFilesAdded: 1, docsUpdated: 1, filesByKind: { M: 3, A: 1, D: 1 } },
		);
	});

	it('lasts from its start to its end, in whole minutes', () => {
		const { durationMinutes, completedAt } = completedSession(session);
		assert.deepEqual([durationMinutes, completedAt], [20, session.ended!.at]);
	});

	it('remembers commits, branches and pull requests in their order', () => {
		const { commits, branches, pullRequests } = completedSession(session);
		assert.deepEqual(
			{ commits, branches, pullRequests },
			{ commits: ['a', 'b'], branches: ['main', 'feat/login'], pullRequests: [12, 13] },
		);
	});

	it('has no member for what is not known', () => {
		for (const member of ['base', 'agent', 'title', 'score']) assert.equal(member in completedSession(session), false);
	});

	it('is not made of a session that goes on', () => {
		const { ended, ...open } = session;
		assert.throws(() => completedSession({ ...open, status: 'active' }), /has not ended/);
	});

	it('never lasts less than nothing', () => {
		assert.equal(minutesBetween(60_000, 0), 0);
	});
});
