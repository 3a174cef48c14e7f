import assert from 'node:assert/strict';
import { emptyState, type State } from '../store/state.ts';
import { formatState } from '../store/stateFile.ts';
import { aSession } from '../store/testSessions.ts';
import { keepSmall } from './bounds.ts';

const NOW = Date.UTC(2025, 10, 19, 16);
const DAY = 24 * 60 * 60_000;

describe('the bounds of the live state', () => {
	let state: State;
	beforeEach(() => {
		state = emptyState();
	});

	const queue = (session: string, since: number) =>
		state.publishQueue.push({
			session,
			branches: ['main'],
			startedAt: since,
			since,
			attempts: 3,
			error: 'No network.',
		});
	const copy = (path: string, at: number, more = {}) =>
		state.workingCopies.set(path, { reflog: { offset: 7, last: { sha: 'a'.repeat(40), at } }, ...more });

	it('leaves alone what has room', () => {
		queue('alice-20251119-1430', NOW - DAY);
		state.told.set('a', 'x');
		copy('/home/alice/shop', NOW);
		const before = formatState(state, 0);
		assert.deepEqual(keepSmall(state, NOW), []);
		assert.equal(formatState(state, 0), before);
	});

	it('gives up what could not be published in two weeks, and the oldest of too many', () => {
		queue('alice-20251104-1430', NOW - 15 * DAY);
		for (let n = 0; n < 101; n++) queue(`alice-20251119-1430-${(4096 + n).toString(16)}`, NOW - DAY);
		assert.deepEqual(
			keepSmall(state, NOW).map(({ session }) => session),
			['alice-20251104-1430', 'alice-20251119-1430-1000'],
		);
		assert.equal(state.publishQueue.length, 100);
	});

	it('forgets the working copies that were left longest ago, but none that is watched or worked in', () => {
		copy('/watched', 1, { owners: [{ pid: 1, started: '1', machine: 'm', host: 'h' }] });
		copy('/worked-in', 2);
		state.sessions.push(aSession({ workingCopy: '/worked-in' }));
		for (let n = 0; n < 60; n++) copy(`/agent-${n}`, 1000 - n);
		keepSmall(state, NOW);
		assert.equal(state.workingCopies.size, 50);
		assert.ok(['/watched', '/worked-in', '/agent-0', '/agent-47'].every((path) => state.workingCopies.has(path)));
		assert.ok(!state.workingCopies.has('/agent-48'));
	});

	it('keeps the state under 100 KB, whatever was put into it', () => {
		for (let n = 0; n < 5000; n++) {
			queue(`alice-20251119-1430-${(4096 + n).toString(16)}`, NOW - DAY);
			state.told.set(`a notice of some length, number ${n}`, '2025-11-19T16:00:00Z');
			copy(`/trees/agent-${n}`, n);
		}
		keepSmall(state, NOW);
		assert.ok(formatState(state, NOW).length < 100_000);
	});
});
