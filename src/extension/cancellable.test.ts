import assert from 'node:assert/strict';
import { untilCancelled } from './cancellable.ts';

/** A promise that the test settles. */
function promise<T = void>() {
	let resolve!: (value: T) => void;
	let reject!: (error: unknown) => void;
	const made = new Promise<T>((...both) => {
		[resolve, reject] = both;
	});
	return { promise: made, resolve, reject };
}

describe('work that can be cancelled', () => {
	/** Work, and an editor around it in which nothing happens but what the test says. */
	function begin() {
		const work = promise<string>();
		const patience = promise();
		const cancel = promise();
		const unheard: unknown[] = [];
		const shown: Promise<unknown>[] = [];
		const answer = untilCancelled(() => work.promise, {
			patience: () => patience.promise,
			show: (over) => {
				shown.push(over);
				return cancel.promise;
			},
			failedUnheard: (error) => unheard.push(error),
		});
		return { work, patience, cancel, unheard, shown, answer };
	}
	const soon = () => new Promise(setImmediate);

	it('is not shown where it is over at once, nor where it fails at once', async () => {
		const fast = begin();
		fast.work.resolve('done');
		assert.equal(await fast.answer, 'done');
		const failing = begin();
		failing.work.reject(new Error('no network'));
		await assert.rejects(failing.answer, /no network/);
		for (const { patience, shown, unheard } of [fast, failing]) {
			patience.resolve();
			await soon();
			assert.deepEqual([shown.length, unheard], [0, []]);
		}
	});

	it('is shown after a while and until it is over, and answers what it finds or how it fails', async () => {
		const slow = begin();
		slow.patience.resolve();
		await soon();
		assert.equal(slow.shown.length, 1);
		slow.work.resolve('done');
		assert.equal(await slow.answer, 'done');
		await slow.shown[0];

		const failing = begin();
		failing.patience.resolve();
		await soon();
		failing.work.reject(new Error('no network'));
		await assert.rejects(failing.answer, /no network/);
		await failing.shown[0];
		assert.deepEqual(failing.unheard, []);
	});

	it('answers nothing when it is cancelled, whatever comes of it then', async () => {
		const { patience, cancel, work, unheard, answer } = begin();
		patience.resolve();
		cancel.resolve();
		assert.equal(await answer, undefined);
		work.resolve('done');
		await soon();
		assert.deepEqual(unheard, []);
	});

	it('leaves a failure after that to the log, and no rejection unhandled', async () => {
		const { patience, cancel, work, unheard, answer } = begin();
		const unhandled: unknown[] = [];
		const note = (error: unknown) => unhandled.push(error);
		process.on('unhandledRejection', note);
		try {
			patience.resolve();
			cancel.resolve();
			assert.equal(await answer, undefined);
			const error = new Error('no network');
			work.reject(error);
			await soon();
			assert.deepEqual([unheard, unhandled], [[error], []]);
		} finally {
			process.off('unhandledRejection', note);
		}
	});
});
