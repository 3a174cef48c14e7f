import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeHealth } from '../core/health/health.ts';
import { isState, readKept, readToDashboard, readToExtension } from './protocol.ts';

const open = {
	id: 'alice-20251119-1430',
	author: 'Alice',
	status: 'active',
	startedAt: 1,
	lastActivityAt: 2,
	commits: 3,
	files: 2,
	tests: 1,
	docs: 0,
	pullRequests: [],
};
const row = {
	id: 'alice-20251118-0900',
	author: 'Alice',
	startedAt: 1,
	completedAt: 2,
	minutes: 1,
	trigger: 'timeout',
	commits: 3,
	files: 2,
	tests: 0,
	docs: 0,
	pullRequests: [7],
};
const ready = { stage: 'ready', here: open, others: [], waiting: [], notices: [], problems: [] };

describe('messages of the dashboard', () => {
	it('are read when they are what they say', () => {
		assert.deepEqual(readToExtension({ type: 'ready' }), { type: 'ready' });
		assert.deepEqual(readToExtension({ type: 'act', action: 'end', session: 'a' }), {
			type: 'act',
			action: 'end',
			session: 'a',
		});
	});

	it('open a page, and export with a filter that is one', () => {
		const open = { type: 'open', session: 'a' };
		assert.deepEqual(readToExtension({ ...open, more: 1 }), open);
		const wanted = { type: 'export', format: 'csv', filter: { author: 'Alice', scored: true } };
		assert.deepEqual(readToExtension(wanted), wanted);
		assert.equal(readToExtension({ type: 'open', session: 7 }), undefined);
		assert.deepEqual(readToExtension({ type: 'pullRequest', number: 7 }), { type: 'pullRequest', number: 7 });
		for (const number of ['7', 0, -1, 1.5, Number.NaN, '7/../../..']) {
			assert.equal(readToExtension({ type: 'pullRequest', number }), undefined);
		}
		assert.equal(readToExtension({ ...wanted, format: '../x' }), undefined);
		assert.equal(readToExtension({ ...wanted, filter: { constructor: 1 } }), undefined);
	});

	it('are refused when they ask for what is no action', () => {
		assert.equal(readToExtension({ type: 'act', action: 'workbench.action.quit' }), undefined);
		assert.equal(readToExtension({ type: 'act', action: 'end', session: 7 }), undefined);
		assert.equal(readToExtension({ type: 'act', action: '__proto__' }), undefined);
	});

	it('never throw, whatever they are', () => {
		fc.assert(
			fc.property(fc.anything(), (message) => {
				readToExtension(message);
				readToDashboard(message);
			}),
		);
	});
});

describe('messages of the extension', () => {
	it("carry what a session's page shows, or why there is nothing", () => {
		const commits = [{ sha: 'a', subject: 'wip', at: 1, files: 2 }];
		const reasons = [{ category: 'tests', points: 1, because: 'A test.' }];
		const score = { total: 1, decision: 'APPROVE', breakdown: { tests: 1 }, reasons };
		const details = { commits, missing: 0, files: [{ path: 'a.ts', kind: 'A' }], score, problems: [] };
		const message = { type: 'details', session: 'a', details };
		assert.deepEqual(readToDashboard(message), message);
		const failed = { type: 'details', session: 'a', failed: 'git was not found.' };
		assert.deepEqual(readToDashboard(failed), failed);
		for (const broken of [
			{ commits: [{}] },
			{ missing: '0' },
			{ files: [7] },
			{ score: { ...score, breakdown: { tests: '1' } } },
		]) {
			assert.equal(readToDashboard({ ...message, details: { ...details, ...broken } }), undefined);
		}
	});

	it('carry a whole state', () => {
		assert.deepEqual(readToDashboard({ type: 'state', state: ready, now: 5 }), { type: 'state', state: ready, now: 5 });
		const loading = { type: 'state', state: { stage: 'loading' }, now: 5 };
		assert.deepEqual(readToDashboard(loading), loading);
	});

	it('carry completed sessions, all or those that are new', () => {
		const message = { type: 'history', whole: false, rows: [row] };
		assert.deepEqual(readToDashboard(message), message);
		assert.equal(readToDashboard({ ...message, whole: undefined }), undefined);
		assert.equal(readToDashboard({ ...message, rows: [row, { ...row, commits: '3' }] }), undefined);
		assert.equal(readToDashboard({ ...message, rows: [{ ...row, pullRequests: ['7'] }] }), undefined);
	});

	it('carry how the sessions stand against their limits', () => {
		const health = judgeHealth({
			orphans: ['alice-20251119-1430'],
			ended: [],
			operations: [{ operation: 'observe', times: 20, median: 12, p99: 40 }],
		});
		const message = { type: 'health', health };
		assert.deepEqual(readToDashboard(message), message);
		for (const broken of [undefined, {}, { ...health, findings: [{ name: 'x' }] }, { ...health, orphans: [7] }]) {
			assert.equal(readToDashboard({ type: 'health', health: broken }), undefined);
		}
	});

	it('are refused with a state of another version', () => {
		assert.equal(isState({ ...ready, others: undefined }), false);
		assert.equal(isState({ ...ready, problems: undefined }), false);
		assert.equal(isState({ ...ready, here: { ...open, pullRequests: ['7'] } }), false);
		assert.equal(isState({ ...ready, here: { ...open, commits: '3' } }), false);
		assert.equal(isState({ stage: 'unheard-of' }), false);
		assert.equal(readToDashboard({ type: 'state', state: ready }), undefined);
	});
});

describe('what the dashboard keeps while it is hidden', () => {
	it('is its state, its filter and the order of its list', () => {
		const kept = { state: ready, filter: { author: 'Alice', agent: null, time: [1, 2], slot: 5 }, sort: 'longest' };
		assert.deepEqual(readKept(JSON.parse(JSON.stringify(kept))), kept);
	});

	it('is left out where another version kept it', () => {
		const nothing = { filter: {}, sort: 'newest' };
		assert.deepEqual(readKept(undefined), nothing);
		assert.deepEqual(readKept({ state: { stage: 'unheard-of' }, filter: { author: 7 } }), nothing);
		assert.deepEqual(readKept({ filter: { time: [1] } }), nothing);
		assert.deepEqual(readKept({ filter: { unheardOf: 1 }, sort: 'unheard-of' }), nothing);
	});

	it('never throws, whatever it is', () => {
		fc.assert(fc.property(fc.anything(), (value) => void readKept(value)));
	});
});
