import assert from 'node:assert/strict';
import { endedSentence, publishedSentence } from './sentences.ts';
import { makeCommits, makeSession } from './testing.ts';

const session = 'alice-20251119-1430';

describe('what is said of a session', () => {
	it('counts what it held when it ends', () => {
		const files = new Map([['a.ts', 'M'] as const]);
		const ended = makeSession({ commits: makeCommits(3), files });
		assert.equal(endedSentence(ended), 'Session alice-20251119-1430 ended: 3 commits, 1 file.');
	});

	it('says that nothing is to be published of an empty one', () => {
		assert.match(endedSentence(makeSession()), /ended without a commit, so there is nothing to publish/);
	});

	it('names the pull requests that carry its trailers', () => {
		const sentence = publishedSentence({ session, pullRequests: [6, 7] });
		assert.equal(sentence, 'The trailers of alice-20251119-1430 are in #6, #7.');
	});

	it('says what waits and why', () => {
		const waits = 'No pull request yet for main.';
		assert.equal(
			publishedSentence({ session, pullRequests: [], waits }),
			'The trailers of alice-20251119-1430 wait: No pull request yet for main.',
		);
		assert.match(publishedSentence({ session, pullRequests: [6], waits }), /are in #6; the rest waits: No pull/);
	});
});
