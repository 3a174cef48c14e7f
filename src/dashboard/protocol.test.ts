import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isState, readToDashboard, readToExtension } from './protocol.ts';

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
const ready = { stage: 'ready', here: open, others: [], completed: [], waiting: [], notices: [] };

describe('messages of the dashboard', () => {
	it('are read when they are what they say', () => {
		assert.deepEqual(readToExtension({ type: 'ready' }), { type: 'ready' });
		assert.deepEqual(readToExtension({ type: 'act', action: 'end', session: 'a' }), {
			type: 'act',
			action: 'end',
			session: 'a',
		});
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
	it('carry a whole state', () => {
		assert.deepEqual(readToDashboard({ type: 'state', state: ready, now: 5 }), { type: 'state', state: ready, now: 5 });
		assert.deepEqual(readToDashboard({ type: 'state', state: { stage: 'loading' }, now: 5 })?.state, {
			stage: 'loading',
		});
	});

	it('are refused with a state of another version', () => {
		assert.equal(isState({ ...ready, others: undefined }), false);
		assert.equal(isState({ ...ready, here: { ...open, commits: '3' } }), false);
		assert.equal(isState({ stage: 'unheard-of' }), false);
		assert.equal(readToDashboard({ type: 'state', state: ready }), undefined);
	});
});
