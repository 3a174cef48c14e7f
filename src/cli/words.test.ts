import assert from 'node:assert/strict';
import fc from 'fast-check';
import { count, duration, isoTime, localTime, number, plain, shortened } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the words of the command line', () => {
	it('tell a duration in its two largest units', () => {
		const cases: [number, string][] = [
			[-1, '0 min'],
			[59_999, '0 min'],
			[12 * MINUTE, '12 min'],
			[3 * HOUR + 5 * MINUTE, '3 h 05 min'],
			[52 * HOUR, '2 d 4 h'],
		];
		for (const [ms, words] of cases) assert.equal(duration(ms), words);
	});

	it('tell the time of today, and the day of another', () => {
		const now = new Date(2025, 10, 19, 15, 0).getTime();
		assert.equal(localTime(new Date(2025, 10, 19, 9, 5).getTime(), now), '09:05');
		assert.equal(localTime(new Date(2025, 10, 18, 9, 5).getTime(), now), '2025-11-18 09:05');
	});

	it('tell JSON the time in UTC', () => {
		assert.equal(isoTime(Date.UTC(2025, 10, 19, 14, 30)), '2025-11-19T14:30:00Z');
		assert.equal(isoTime(Date.UTC(2025, 10, 19, 14, 30, 0, 7)), '2025-11-19T14:30:00.007Z');
	});

	it('count', () => {
		assert.deepEqual([count(1, 'file'), count(1125, 'file'), number(5.94)], ['1 file', '1,125 files', '5.9']);
	});

	it('write whole numbers as the locale does', () => {
		fc.assert(fc.property(fc.maxSafeInteger(), (n) => assert.equal(number(n), n.toLocaleString('en-US'))));
	});

	it('cut a title between letters', () => {
		assert.deepEqual([shortened('wip: 🤖🤖🤖🤖', 8), shortened('wip: 🤖', 8)], ['wip: ...', 'wip: 🤖']);
	});

	it('leave nothing of any text that a terminal obeys', () => {
		assert.equal(plain('a\u001b[31mb\r\nc\u009b1md\u202ee\ttab'), 'a[31mb c1mde tab');
		const text = fc.string({
			unit: fc.oneof(fc.constantFrom('\n', '\r', '\u001b', '\u0007', '\u009b', '\u202e', ' '), fc.string()),
		});
		fc.assert(fc.property(text, (any) => !/[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/.test(plain(any))));
	});
});
