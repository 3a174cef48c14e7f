import assert from 'node:assert/strict';
import {
	ALICE,
	at,
	BOB,
	COPILOT,
	DAY,
	HOUR,
	MINUTE,
	makeCommit,
	makeRules,
	makeSession,
} from '../../test/support/builders.ts';
import type { Person } from './commit.ts';
import type { CommitReading } from './detection.ts';
import { mayJoinNamed, nearest, type Place, sessionFor, sessionHere, startedHere } from './joining.ts';
import { OpenSessions } from './openSessions.ts';
import { identityOf } from './person.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';

const HERE: Place = { workingCopy: '/repo' };
const PARENT = 'a'.repeat(40);
const ID = 'alice-20251119-1430';

describe('which session activity joins', () => {
	let rules: Rules;
	before(async () => {
		rules = await makeRules();
	});

	const momentOf = (by: Person, clock: string, place: Place) => ({ identity: identityOf(by), at: at(clock), place });
	const ofParent = { commits: [{ sha: PARENT, authoredAt: at('14:30') }] };

	/** The session that a commit at 14:40 on top of PARENT joins. */
	function joined(
		sessions: Session[],
		{
			by = ALICE,
			clock = '14:40',
			place = {},
			...reading
		}: Partial<CommitReading> & { by?: Person; clock?: string; place?: Place } = {},
	): Session | undefined {
		const commit = makeCommit({ by, at: at(clock), parents: [PARENT] });
		const known = { verdict: { auto: true, rule: 'pattern', because: '' }, message: { title: '', body: '' } } as const;
		return sessionFor(
			commit,
			{ ...known, ...reading },
			momentOf(by, clock, place),
			new OpenSessions(sessions, []),
			rules,
		);
	}

	describe('a commit', () => {
		it('joins the one that its trailer names before any other', () => {
			const named = makeSession({ identity: 'bob@example.com' });
			const started = makeSession({ id: 'alice-20251119-1435', origin: 'hand', workingCopy: '/repo' });
			assert.equal(joined([started, named], { mark: { id: ID, form: 'trailer' }, place: HERE }), named);
		});

		it('joins none of those that are open when its trailer names another', () => {
			const mark = { id: 'alice-20251119-1200', form: 'trailer' } as const;
			assert.equal(joined([makeSession()], { mark }), undefined);
		});

		it('joins what was started by hand in its working copy before what its parent is in', () => {
			const parent = makeSession({ ...ofParent, workingCopy: '/repo' });
			const started = makeSession({
				id: 'bob-20251119-1435',
				identity: 'bob@example.com',
				origin: 'hand',
				workingCopy: '/repo',
			});
			assert.equal(joined([parent, started], { place: HERE }), started);
		});

		it('joins the one to which another tool gave the same id', () => {
			const one = makeSession({ ...ofParent, foreign: 'entire-session: 1', anchored: true });
			const two = makeSession({ id: 'alice-20251119-1431', foreign: 'entire-session: 2', anchored: true });
			assert.equal(joined([one, two], { foreign: 'entire-session: 2' }), two);
		});

		it('joins no session of another foreign id, not even its parent’s', () => {
			const one = makeSession({ ...ofParent, foreign: 'entire-session: 1', anchored: true });
			const plain = makeSession({ id: 'alice-20251119-1431' });
			assert.equal(joined([one, plain], { foreign: 'entire-session: 2' }), undefined);
		});

		it('joins the one that its first parent is in, before a later one of the same author', () => {
			const parent = makeSession(ofParent);
			const later = makeSession({ id: 'alice-20251119-1435', startedAt: at('14:35') });
			assert.equal(joined([parent, later]), parent);
		});

		it('does not join its parent’s session when that is another author’s', () => {
			assert.equal(joined([makeSession(ofParent)], { by: BOB }), undefined);
		});

		it('does not join its parent’s session when that is over by time', () => {
			assert.equal(joined([makeSession(ofParent)], { clock: '15:01' }), undefined);
		});

		it('joins its parent’s anchored session days later', () => {
			const session = makeSession({ ...ofParent, startedAt: at('14:30') - 6 * DAY, anchored: true });
			assert.equal(joined([session]), session);
		});

		it('joins the author’s latest one in the same working copy, within the timeout', () => {
			const early = makeSession({ workingCopy: '/repo', startedAt: at('14:20') });
			const late = makeSession({ id: 'alice-20251119-1425', workingCopy: '/repo', startedAt: at('14:25') });
			assert.equal(joined([late, early], { place: HERE }), late);
			assert.equal(joined([late, early], { place: { workingCopy: '/linked' } }), undefined);
			assert.equal(joined([late, early], { place: HERE, clock: '14:56' }), undefined);
		});

		it('of an agent without a working copy joins by ancestry alone', () => {
			const elsewhere = makeSession({ identity: identityOf(COPILOT), agent: 'GitHub Copilot', anchored: false });
			assert.equal(joined([elsewhere], { by: COPILOT, agent: 'GitHub Copilot' }), undefined);
			const onBranch = { ...elsewhere, ...ofParent };
			assert.equal(joined([onBranch], { by: COPILOT, agent: 'GitHub Copilot' }), onBranch);
		});

		it('of an agent in a working copy joins by time too, since that is one place', () => {
			const session = makeSession({ identity: identityOf(COPILOT), workingCopy: '/repo' });
			assert.equal(joined([session], { by: COPILOT, agent: 'GitHub Copilot', place: HERE }), session);
		});

		it('that is told of twice stays in the session that it is in', () => {
			const commit = makeCommit({ at: at('14:40') });
			const first = makeSession({ commits: [{ sha: commit.sha, authoredAt: commit.authoredAt }] });
			const later = makeSession({ id: 'alice-20251119-1435', startedAt: at('14:35') });
			const reading = {
				verdict: { auto: true, rule: 'pattern', because: '' },
				message: { title: '', body: '' },
			} as const;
			const sessions = new OpenSessions([first, later], []);
			assert.equal(sessionFor(commit, reading, momentOf(ALICE, '14:40', {}), sessions, rules), first);
		});
	});

	describe('a save or an agent’s hook', () => {
		it('belongs to what was started in this working copy, whoever’s it is', () => {
			const started = makeSession({ identity: 'bob@example.com', origin: 'agent', workingCopy: '/repo' });
			const sessions = new OpenSessions(
				[started, makeSession({ id: 'alice-20251119-1435', workingCopy: '/repo' })],
				[],
			);
			assert.equal(sessionHere(momentOf(ALICE, '14:40', HERE), sessions, rules), started);
			assert.equal(startedHere(momentOf(ALICE, '14:40', {}), sessions, rules), undefined);
		});

		it('does not revive what was started and then left', () => {
			const started = makeSession({ origin: 'hand', workingCopy: '/repo' });
			assert.equal(startedHere(momentOf(ALICE, '15:01', HERE), new OpenSessions([started], []), rules), undefined);
		});

		it('never belongs to an anchored session, which time says nothing of', () => {
			const anchored = makeSession({ anchored: true, workingCopy: '/repo' });
			assert.equal(nearest(momentOf(ALICE, '14:31', HERE), new OpenSessions([anchored], []), rules), undefined);
		});
	});

	describe('a trailer that names a session', () => {
		const mark = { id: ID, form: 'trailer' } as const;
		const may = (sessions: Session[], given: { by?: Person; committer?: Person }, agent?: string, place: Place = {}) =>
			mayJoinNamed(mark, agent, makeCommit(given), place, new OpenSessions(sessions, []));

		it('is believed of its author and of its committer', () => {
			assert.ok(may([makeSession()], { by: ALICE }));
			assert.ok(may([makeSession()], { by: BOB, committer: ALICE }));
		});

		it('is refused when somebody else typed it', () => {
			assert.ok(!may([makeSession()], { by: BOB }));
			assert.ok(!may([], { by: BOB }));
		});

		it('is believed of an agent, which works for somebody', () => {
			assert.ok(may([makeSession()], { by: COPILOT }, 'GitHub Copilot'));
		});

		it('is believed in the working copy of the session, where the hook wrote it', () => {
			assert.ok(may([makeSession({ workingCopy: '/repo' })], { by: BOB }, undefined, HERE));
			assert.ok(!may([makeSession({ workingCopy: '/other' })], { by: BOB }, undefined, HERE));
		});

		it('is believed by the name in the id where the session itself is not known', () => {
			assert.ok(may([], { by: { name: 'Alice', email: 'other@example.com' } }));
		});
	});

	it('holds at the very edge of the timeout and not a moment longer', () => {
		const session = makeSession({ startedAt: at('14:40') - 30 * MINUTE });
		assert.equal(joined([session]), session);
		assert.equal(joined([makeSession({ startedAt: at('14:40') - HOUR })]), undefined);
	});
});
