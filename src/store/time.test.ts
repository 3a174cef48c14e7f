import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatTime, parseTime } from './time.ts';

const at = (text: string) => Date.parse(text);

describe('times in files', () => {
	it('reads what it writes', () => {
		fc.assert(
			fc.property(
				fc.date({ noInvalidDate: true }),
				(date) => parseTime(formatTime(+date)) === +date || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0,
			),
		);
	});

	it('reads local times with microseconds as UTC', () => {
		assert.equal(parseTime('2025-11-19T22:04:52.873742'), at('2025-11-19T22:04:52.873Z'));
	});

	it('reads them in the zone that the user names', () => {
		assert.equal(parseTime('2025-11-19T22:04:52.873742', 'America/New_York'), at('2025-11-20T03:04:52.873Z'));
		assert.equal(parseTime('2025-07-01T10:00:00', 'Europe/Berlin'), at('2025-07-01T08:00:00Z'));
		assert.equal(parseTime('2025-07-01T10:00:00', 'Asia/Kolkata'), at('2025-07-01T04:30:00Z'));
	});

	it('takes the first of the two hours when clocks are put back', () => {
		assert.equal(parseTime('2025-10-26T02:30:00', 'Europe/Berlin'), at('2025-10-26T00:30:00Z'));
	});

	it('lets a zone in the text win', () => {
		assert.equal(parseTime('2025-11-19T22:04:52Z', 'America/New_York'), at('2025-11-19T22:04:52Z'));
		assert.equal(parseTime('2025-11-19T22:04:52+05:30'), at('2025-11-19T16:34:52Z'));
		assert.equal(parseTime('1970-01-01T00:00:00+00:00'), 0);
	});

	for (const text of ['', 'yesterday', '2025-02-30T10:00:00Z', '2025-13-01T10:00', '2025-11-19T25:00', '20251119']) {
		it(`does not take ${JSON.stringify(text)} for a time`, () => assert.equal(parseTime(text), undefined));
	}
});
