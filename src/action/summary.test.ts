import assert from 'node:assert/strict';
import { summarise } from './summary.ts';

describe("the job's summary", () => {
	it('says what was decided and why', () => {
		const text = summarise({
			notes: ['#4 names it `too`'],
			check: {
				auto: true,
				rule: 'session-trailer',
				because: 'it carries the trailer Session-Id: alice-20251119-1430',
				session: 'alice-20251119-1430',
				score: 'wait',
				answer: '',
			},
		});
		assert.equal(
			text,
			[
				'### Auto-PR Sessions: this waits, its session is still running',
				'',
				'- Session: ` alice-20251119-1430 `',
				'- Automatic: ` it carries the trailer Session-Id: alice-20251119-1430 ` (rule ` session-trailer `)',
				'- Note: `` #4 names it `too` ``',
				'',
				'',
			].join('\n'),
		);
	});
});
