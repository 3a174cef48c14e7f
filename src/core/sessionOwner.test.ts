import assert from 'node:assert/strict';
import { type Claim, type ClaimedCommit, isNamedAfter, refusalOf } from './sessionOwner.ts';

const ID = 'alice-smith-20251119-1430';
const START = Date.UTC(2025, 10, 19, 14, 30);

const commit = (given: Partial<ClaimedCommit> = {}): ClaimedCommit => ({
	author: { name: 'Alice Smith', email: 'alice@work.example' },
	authorLogin: 'asmith42',
	message: `wip: x\n\nSession-Id: ${ID}\n`,
	committedAt: START + 60_000,
	...given,
});

const refusal = (given: Partial<Claim>, id = ID) =>
	refusalOf(id, { author: 'asmith42', byApp: false, inside: true, commits: [commit()], ...given }, []);

describe('whose session a pull request may name', () => {
	it("is that of the account that opened it, by the session's commits or by its own name", () => {
		assert.equal(refusal({}), undefined);
		assert.equal(refusal({ author: 'Alice-Smith', commits: [commit({ author: { name: 'x' } })] }), undefined);
	});

	it("takes a commit without an account only where the branch is the repository's own", () => {
		const { authorLogin: _, ...unlinked } = commit();
		assert.equal(refusal({ commits: [unlinked] }), undefined);
		assert.equal(refusal({ inside: false, commits: [unlinked] }), "it is another author's session");
	});

	it("refuses another author's trailer, also with commits that were copied or made in their name", () => {
		const mallory = { name: 'Mallory', email: 'm@example.com' };
		assert.equal(
			refusal({ author: 'mallory', commits: [commit({ author: mallory, authorLogin: 'mallory' })] }),
			"it is another author's session",
		);
		assert.equal(refusal({ author: 'mallory', commits: [commit()] }), "it is another author's session");
		assert.equal(refusal({ author: 'mallory', inside: false }), "it is another author's session");
	});

	it('lets an app open it for the person who made the commits, within the repository', () => {
		assert.equal(refusal({ author: 'release-tool[bot]', byApp: true }), undefined);
		assert.equal(
			refusal({ author: 'release-tool[bot]', byApp: true, inside: false }),
			"it is another author's session",
		);
	});

	it('lets a person open it for an agent that made the commits, within the repository', () => {
		const author = { name: 'Claude', email: 'noreply@anthropic.com' };
		const commits = [commit({ author, authorLogin: 'claude', message: 'x' })];
		assert.equal(refusal({ author: 'bob', commits }, 'claude-20251119-1430'), undefined);
		assert.match(refusal({ author: 'bob', commits, inside: false }, 'claude-20251119-1430')!, /another author/);
	});

	it('refuses commits that are not of the session', () => {
		const other = 'wip: y\n\nSession-Id: alice-smith-20251118-0900\n';
		assert.equal(refusal({ commits: [commit({ message: other })] }), 'its commits name another session');
		assert.equal(
			refusal({ commits: [commit({ message: 'wip: y', committedAt: START - 3_600_000 })] }),
			'all of its commits are older than the session',
		);
		assert.equal(refusal({ commits: [] }), 'all of its commits are older than the session');
		assert.equal(refusal({ commits: [commit({ message: 'wip: y' })] }), undefined);
	});

	it("knows an account by the session's name", () => {
		assert.ok(isNamedAfter(ID, 'alice-smith'));
		assert.ok(!isNamedAfter(ID, 'alice'));
	});
});
