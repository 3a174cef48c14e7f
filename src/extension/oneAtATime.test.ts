import assert from 'node:assert/strict';
import { oneAtATime } from './oneAtATime.ts';

describe('one at a time', () => {
	it('answers what comes while it runs with one more run', async () => {
		const releases: (() => void)[] = [];
		let started = 0;
		const look = oneAtATime(async () => {
			const number = ++started;
			await new Promise<void>((resolve) => releases.push(resolve));
			return number;
		});
		const answers = [look(), look(), look()];
		assert.equal(started, 1);
		releases.shift()!();
		assert.equal(await answers[0], 1);
		await new Promise(setImmediate);
		assert.equal(started, 2);
		releases.shift()!();
		assert.deepEqual(await Promise.all(answers), [1, 2, 2]);
	});

	it('runs again after a failure', async () => {
		let calls = 0;
		const look = oneAtATime(async () => {
			if (++calls === 1) throw new Error('first');
			return calls;
		});
		const [first, second] = [look(), look()];
		await assert.rejects(first, /first/);
		assert.equal(await second, 2);
		assert.equal(await look(), 3);
	});
});
