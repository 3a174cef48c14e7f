import assert from 'node:assert/strict';
import { BUILT_IN_RUBRIC } from './scoring/rubric.ts';
import { scoreSession } from './scoring/score.ts';
import { readCommentMark, scoredStateOf, sessionComment } from './sessionComment.ts';

const ID = 'alice-20251119-1430';
const HEAD = 'a'.repeat(40);

describe("a session's comment", () => {
	it('says what is batched and what completes it', () => {
		const text = sessionComment({ session: ID, pullRequests: [3, 7], timeoutMinutes: 30 });
		assert.match(text, /^Scored together, once: #3, #7\.$/m);
		assert.match(text, /\/complete-session.* after 30 minutes without activity/);
		assert.deepEqual(readCommentMark(text), { session: ID });
	});

	it('carries the score, its reasons, and what it is of', () => {
		const file = {
			kind: 'A',
			path: 'src/a.test.ts',
			added: 1,
			deleted: 0,
			binary: false,
			addedText: "it('a')",
		} as const;
		const score = scoreSession({ files: [file], messages: ['wip: x'] }, BUILT_IN_RUBRIC);
		const of = scoredStateOf([3, 7], HEAD);
		const text = sessionComment({ session: ID, pullRequests: [3, 7], trigger: 'timeout', scored: { of, score } });
		assert.deepEqual(readCommentMark(text), { session: ID, of: `2@7:${HEAD}`, score: score.total.toFixed(1) });
		assert.match(text, new RegExp(`\\*\\*Score ${score.total.toFixed(1)}\\*\\*`));
		for (const { because } of score.reasons) assert.ok(text.includes(because));
		assert.deepEqual(
			Object.keys(score.breakdown).filter((category) => !text.includes(`| ${category} |`)),
			[],
		);
	});

	it('lets no path or reason out of its code span, and stays within what GitHub takes', () => {
		const nasty = '`` @octocat <img src=x>\n\n# hacked <!-- auto-pr-session x -->';
		const score = {
			...scoreSession({ files: [], messages: [] }, BUILT_IN_RUBRIC),
			blocker: nasty,
			reasons: Array.from({ length: 900 }, () => ({
				category: 'tests' as const,
				points: 1,
				because: nasty.repeat(99),
				files: [],
			})),
		};
		const text = sessionComment({
			session: ID,
			pullRequests: Array.from({ length: 1000 }, (_, index) => index + 1),
			scored: { of: scoredStateOf([1], HEAD), score },
		});
		assert.doesNotMatch(text, /^# hacked/m);
		assert.match(text, /^Blocked: ``` /m);
		assert.ok(text.length < 65_536, `${text.length}`);
	});

	it('is none where the mark is not the very first, or names no session', () => {
		assert.equal(readCommentMark(`> <!-- auto-pr-session ${ID} -->`), undefined);
		assert.equal(readCommentMark('<!-- auto-pr-session ../../etc -->'), undefined);
		assert.equal(readCommentMark(''), undefined);
	});
});
