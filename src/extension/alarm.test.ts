import assert from 'node:assert/strict';
import { Alarm } from './alarm.ts';

const rings = () => {
	let ring = () => {};
	const rung = new Promise<void>((resolve) => {
		ring = resolve;
	});
	const alarm = new Alarm(ring);
	return { alarm, rung };
};

describe('an alarm', () => {
	it('rings for a moment that has passed', async () => {
		const { alarm, rung } = rings();
		alarm.set(Date.now() - 60_000);
		await rung;
		assert.equal(alarm.isSet, false);
	});

	it('holds no timer when it is cleared or never due', () => {
		const { alarm } = rings();
		alarm.set(Date.now() + 60_000);
		assert.equal(alarm.isSet, true);
		alarm.set(undefined);
		assert.equal(alarm.isSet, false);
		alarm.set(Number.POSITIVE_INFINITY);
		assert.equal(alarm.isSet, false);
	});

	it('takes a moment that is further away than a timer reaches', () => {
		const { alarm } = rings();
		alarm.set(Date.now() + 30 * 24 * 60 * 60_000);
		assert.equal(alarm.isSet, true);
		alarm.set(undefined);
	});
});
