import assert from 'node:assert/strict';
import { makeSession } from '../../test/support/builders.ts';
import { OpenSessions } from './openSessions.ts';

const ALICE = 'alice@example.com';
const FIRST = 'a'.repeat(40);
const SECOND = 'b'.repeat(40);

describe('OpenSessions', () => {
	it('finds a session by id, commit, and author and working copy', () => {
		const session = makeSession({ workingCopy: '/repo', commits: [{ sha: FIRST, authoredAt: 0 }] });
		const sessions = new OpenSessions([session], []);
		assert.equal(sessions.byId(session.id), session);
		assert.equal(sessions.byCommit(FIRST), session);
		assert.deepEqual(sessions.byOwner(ALICE, '/repo'), [session]);
		assert.deepEqual(sessions.byOwner(ALICE, '/other'), []);
		assert.deepEqual(sessions.byOwner('bob@example.com', '/repo'), []);
		assert.deepEqual([sessions.size, sessions.all()], [1, [session]]);
	});

	it('finds one that another tool names by that name, and not by time', () => {
		const session = makeSession({ foreign: 'entire-session: 7ad3' });
		const sessions = new OpenSessions([session], []);
		assert.equal(sessions.byForeign(ALICE, 'entire-session: 7ad3'), session);
		assert.equal(sessions.byForeign('bob@example.com', 'entire-session: 7ad3'), undefined);
		assert.deepEqual(sessions.byOwner(ALICE, undefined), []);
	});

	it('finds nothing of a session that is over, but keeps its id taken', () => {
		const session = makeSession({ commits: [{ sha: FIRST, authoredAt: 0 }] });
		const sessions = new OpenSessions([session], ['bob-20251119-0900']);
		sessions.remove(session);
		assert.equal(sessions.byId(session.id), undefined);
		assert.equal(sessions.byCommit(FIRST), undefined);
		assert.deepEqual(sessions.byOwner(ALICE, undefined), []);
		assert.ok(sessions.isTaken(session.id));
		assert.ok(sessions.isTaken('bob-20251119-0900'));
		assert.ok(!sessions.isTaken('bob-20251119-0901'));
	});

	it('finds nothing of it by the old name of a commit that was made anew, either', () => {
		const session = makeSession({ commits: [{ sha: SECOND, authoredAt: 0 }] });
		const sessions = new OpenSessions([session], []);
		sessions.addCommit(session, FIRST);
		assert.equal(sessions.byCommit(FIRST), session);
		sessions.remove(session);
		assert.equal(sessions.byCommit(FIRST), undefined);
	});

	it('keeps what the other sessions of the author are found by', () => {
		const one = makeSession();
		const other = makeSession({ id: 'alice-20251119-1600' });
		const sessions = new OpenSessions([one, other], []);
		sessions.remove(one);
		assert.deepEqual(sessions.byOwner(ALICE, undefined), [other]);
	});

	it('keeps finding the newer of two sessions with one foreign name when the older is over', () => {
		const older = makeSession({ foreign: 'entire-session: 7ad3' });
		const newer = makeSession({ id: 'alice-20251130-0900', foreign: 'entire-session: 7ad3' });
		const sessions = new OpenSessions([older, newer], []);
		sessions.remove(older);
		assert.equal(sessions.byForeign(ALICE, 'entire-session: 7ad3'), newer);
	});

	it('follows a commit to its new name', () => {
		const session = makeSession({ commits: [{ sha: FIRST, authoredAt: 5 }] });
		const sessions = new OpenSessions([session], []);
		assert.equal(sessions.renameCommit(FIRST, SECOND), session);
		assert.equal(sessions.byCommit(FIRST), undefined);
		assert.equal(sessions.byCommit(SECOND), session);
		assert.deepEqual(session.commits, [{ sha: SECOND, authoredAt: 5 }]);
		assert.equal(sessions.renameCommit(FIRST, SECOND), undefined);
	});
});
