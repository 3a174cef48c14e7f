import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeSpan } from './codeSpan.ts';

describe('a code span', () => {
	it('holds any text in a code span that it cannot leave', () => {
		assert.equal(codeSpan('a `` b\n\n# c @octocat'), '``` a `` b # c @octocat ```');
		const text = fc.string({ unit: fc.constantFrom('`', '``', '\n', '\r', ' ', '@', '<', '|', 'x', '\u2028') });
		fc.assert(
			fc.property(text, (any) => {
				const span = codeSpan(any);
				if (span === '') return any.trim() === '';
				const [fence] = /^`+/.exec(span)!;
				const inside = span.slice(fence.length, -fence.length);
				return !/[\n\r\u2028]/.test(span) && (inside.match(/`+/g) ?? []).every((run) => run.length < fence.length);
			}),
		);
	});
});
