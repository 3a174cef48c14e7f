import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestChain } from './trunk.ts';

/** Commits by letters: `B<A` is B with the parent A, `D<CB` a merge of B into C. */
const history = (...texts: string[]) =>
	texts.map((text) => {
		const [sha = '', parents = ''] = text.split('<');
		return { sha, parents: [...parents] };
	});

describe('longestChain', () => {
	it('is the whole of a straight history', () => {
		assert.deepEqual(longestChain(history('A', 'B<A', 'C<B')), new Set('ABC'));
	});

	it('leaves out a branch that was merged, since only first parents count', () => {
		assert.deepEqual(longestChain(history('A', 'B<A', 'x<A', 'C<Bx')), new Set('ABC'));
	});

	it('ends where the history begins', () => {
		assert.deepEqual(longestChain(history('B<A', 'C<B')), new Set('BC'));
	});

	it('takes the latest of two chains of one length', () => {
		assert.deepEqual(longestChain(history('A', 'x<A', 'B<A')), new Set('AB'));
	});

	it('is empty for no commits', () => {
		assert.deepEqual(longestChain([]), new Set());
	});

	it('comes to an end for any file, also one in which commits are each other’s parents', () => {
		const commit = fc.record({ sha: fc.constantFrom(...'abcd'), parents: fc.array(fc.constantFrom(...'abcd')) });
		fc.assert(
			fc.property(fc.array(commit), (commits) => {
				const known = new Set(commits.map(({ sha }) => sha));
				for (const sha of longestChain(commits)) assert.ok(known.has(sha));
			}),
		);
	});
});
