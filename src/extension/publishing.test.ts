import assert from 'node:assert/strict';
import { NoForge } from '../app/forge.ts';
import type { Published } from '../app/publish.ts';
import { Publishing } from './publishing.ts';

const waiting: Published = { session: 'alice-20251119-1430', pullRequests: [], waits: 'No pull request yet for main.' };
const signedOut: Published = { ...waiting, waits: 'Sign in to github.com to publish.', needsSignIn: true };
const done: Published = { session: 'alice-20251119-1430', pullRequests: [7] };

/** A publishing whose attempts answer in turn; a missing answer is an empty queue. */
function publishing(answers: (Published[] | Error)[], automatic = true) {
	const failures: unknown[] = [];
	let attempts = 0;
	const publishing = new Publishing({
		publish: async () => {
			const answer = answers[attempts++] ?? [];
			if (answer instanceof NoForge) publishing.stuck();
			if (answer instanceof Error) throw answer;
			return answer;
		},
		automatic: () => automatic,
		failed: (error) => failures.push(error),
	});
	return { publishing, failures, attempts: () => attempts };
}

const settled = () => new Promise(setImmediate);

describe('publishing by itself', () => {
	it('publishes at once when a session completes, and plans nothing when all is there', async () => {
		const { publishing: it, attempts } = publishing([[done]]);
		it.now();
		await settled();
		assert.equal(attempts(), 1);
		assert.equal(it.isPlanned, false);
	});

	it('plans another attempt while something waits, until it is closed', async () => {
		const { publishing: it } = publishing([[waiting]]);
		it.now();
		await settled();
		assert.equal(it.isPlanned, true);
		it.stop({ forGood: true });
		assert.equal(it.isPlanned, false);
		it.soon();
		assert.equal(it.isPlanned, false);
	});

	it('tells of a failure and goes on trying', async () => {
		const { publishing: it, failures } = publishing([new Error('offline')]);
		it.now();
		await settled();
		assert.equal(failures.length, 1);
		assert.equal(it.isPlanned, true);
		it.stop();
	});

	it('takes up what another window left in the queue', async () => {
		const { publishing: it, attempts } = publishing([[done]]);
		it.noteQueue(true);
		await settled();
		assert.equal(attempts(), 1);
	});

	it('does not begin anew for a queue that it is waiting with already', async () => {
		const { publishing: it, attempts } = publishing([[waiting]]);
		it.noteQueue(true);
		await settled();
		it.noteQueue(true);
		it.again();
		await settled();
		assert.equal(attempts(), 1);
		it.stop();
	});

	for (const [what, answer] of [
		['no forge', new NoForge('This has no remote.')],
		['no sign-in', [signedOut]],
	] as const) {
		it(`holds no timer and tries no more where there is ${what}, until something changed`, async () => {
			const { publishing: it, attempts } = publishing([answer, answer, [done]] as (Published[] | Error)[]);
			it.now();
			await settled();
			it.soon();
			it.noteQueue(true);
			it.again();
			await settled();
			assert.deepEqual([attempts(), it.isPlanned], [1, false]);
			// A session more is complete.
			it.now();
			await settled();
			assert.deepEqual([attempts(), it.isPlanned], [2, false]);
			it.helped();
			await settled();
			assert.deepEqual([attempts(), it.isPlanned], [3, false]);
			it.helped();
			await settled();
			assert.equal(attempts(), 3);
		});
	}

	it('goes by its plan again once it is no longer stuck', async () => {
		const { publishing: it } = publishing([[signedOut], [waiting]]);
		it.now();
		await settled();
		it.helped();
		await settled();
		assert.equal(it.isPlanned, true);
		it.stop();
	});

	it('does nothing unasked when publishing is manual', async () => {
		const { publishing: it, attempts } = publishing([[waiting]], false);
		it.now();
		it.soon();
		it.noteQueue(true);
		await settled();
		assert.equal(attempts(), 0);
		assert.deepEqual(await it.publish(), [waiting]);
		assert.equal(it.isPlanned, false);
	});
});
