import assert from 'node:assert/strict';
import { counted } from './l10n.ts';
import { ago, moment, span } from './time.ts';

describe('times of the dashboard', () => {
	it('are spans as a person says them', () => {
		assert.deepEqual([-5, 59_999, 12 * 60_000, 60 * 60_000, 65 * 60_000, 24 * 3_600_000, 51 * 3_600_000].map(span), [
			'0 min',
			'0 min',
			'12 min',
			'1 h',
			'1 h 5 min',
			'1 d',
			'2 d 3 h',
		]);
	});

	it('say what was a moment ago without a number', () => {
		assert.deepEqual([ago(-5), ago(59_999), ago(60_000)], ['just now', 'just now', '1 min ago']);
	});

	it('name the day only when it is another', () => {
		const noon = new Date(2025, 10, 19, 12).getTime();
		assert.doesNotMatch(moment(noon - 3_600_000, noon), /,/);
		assert.match(moment(noon - 30 * 3_600_000, noon), /18/);
		assert.match(moment(noon - 400 * 24 * 3_600_000, noon), /2024/);
	});

	it('count one as one', () => {
		assert.deepEqual([counted('commit', 1), counted('commit', 2)], ['1 commit', '2 commits']);
	});
});
