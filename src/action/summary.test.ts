import assert from 'node:assert/strict';
import fc from 'fast-check';
import { code, summarise } from './summary.ts';

describe("the job's summary", () => {
	it('says what was decided and why', () => {
		const text = summarise({
			auto: true,
			rule: 'session-trailer',
			because: 'it carries the trailer Session-Id: alice-20251119-1430',
			session: 'alice-20251119-1430',
			score: 'wait',
			answer: '',
		});
		assert.equal(
			text,
			[
				'### Auto-PR Sessions: this waits, its session is still running',
				'',
				'- Session: ` alice-20251119-1430 `',
				'- Automatic: ` it carries the trailer Session-Id: alice-20251119-1430 ` (rule ` session-trailer `)',
				'',
				'',
			].join('\n'),
		);
	});

	it('holds any text in a code span that it cannot leave', () => {
		assert.equal(code('a `` b\n\n# c @octocat'), '``` a `` b # c @octocat ```');
		const text = fc.string({ unit: fc.constantFrom('`', '``', '\n', '\r', ' ', '@', '<', '|', 'x', '\u2028') });
		fc.assert(
			fc.property(text, (any) => {
				const span = code(any);
				if (span === '') return any.trim() === '';
				const [fence] = /^`+/.exec(span)!;
				const inside = span.slice(fence.length, -fence.length);
				return !/[\n\r\u2028]/.test(span) && (inside.match(/`+/g) ?? []).every((run) => run.length < fence.length);
			}),
		);
	});
});
