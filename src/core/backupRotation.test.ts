import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBackupDue, keptBackups } from './backupRotation.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** A Wednesday. */
const NOW = Date.UTC(2025, 10, 19, 16, 20);

describe('the rotation of backups', () => {
	it('keeps 24 hours, 7 days and 4 weeks of a year in which one was made every hour', () => {
		const times = Array.from({ length: 365 * 24 }, (_, n) => NOW - n * HOUR);
		const ages = [...keptBackups(times)].sort((a, b) => b - a).map((at) => Math.round((NOW - at) / HOUR));
		assert.deepEqual(ages.slice(0, 24), [...Array(24).keys()]);
		// The last backup of each day is that of 23:20.
		assert.deepEqual(ages.slice(24), [41, 65, 89, 113, 137, 233, 401]);
		const week = (at: number) => Math.floor((at - 4 * DAY) / (7 * DAY));
		assert.equal(new Set([...keptBackups(times)].map(week)).size, 4);
	});

	it('keeps the newest of an hour', () => {
		const times = [NOW, NOW + 60_000, NOW + 120_000];
		assert.deepEqual([...keptBackups(times)], [NOW + 120_000]);
	});

	it('does not count the time in which none was made', () => {
		const before = Array.from({ length: 24 }, (_, n) => NOW - 30 * DAY - n * HOUR);
		assert.equal([...before, NOW].filter((at) => keptBackups([...before, NOW]).has(at)).length, 24);
	});

	it('always keeps the newest, at most 35, and drops nothing more when done again', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 90 * 24 * 60 })), (minutes) => {
				const times = minutes.map((minute) => NOW + minute * 60_000);
				const kept = keptBackups(times);
				assert.ok(kept.size <= 35);
				if (times.length > 0) assert.ok(kept.has(Math.max(...times)));
				assert.deepEqual(keptBackups([...kept]), kept);
			}),
		);
	});

	it('is due an hour after the last one, and when the clock was set back', () => {
		assert.deepEqual(
			[undefined, NOW - HOUR + 1, NOW - HOUR, NOW + 1].map((newest) => isBackupDue(newest, NOW)),
			[true, false, true, true],
		);
	});
});
