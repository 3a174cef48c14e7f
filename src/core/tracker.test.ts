import assert from 'node:assert/strict';
import {
	ALICE,
	at,
	BOB,
	COPILOT,
	type CommitGiven,
	DAY,
	HOUR,
	MINUTE,
	makeCommit,
	makeRules,
	makeSession,
} from '../../test/support/builders.ts';
import type { Commit, Person } from './commit.ts';
import type { Place } from './joining.ts';
import type { Rules } from './rules.ts';
import type { Trigger } from './session.ts';
import { type Outcome, Tracker } from './tracker.ts';

const HERE: Place = { workingCopy: '/repo', branch: 'main' };

describe('Tracker', () => {
	let rules: Rules;
	let tracker: Tracker;
	before(async () => {
		rules = await makeRules();
	});
	beforeEach(() => {
		tracker = new Tracker(rules);
	});

	/** Alice, or another, commits in the working copy: a micro-commit unless the message says otherwise. */
	function commit(
		clock: string,
		given: CommitGiven & { place?: Place; day?: number } = {},
	): Outcome & { commit: Commit } {
		const when = at(clock, given.day);
		const made = makeCommit({ at: when, ...given });
		return { commit: made, ...tracker.reduce({ type: 'commit', commit: made, at: when, place: given.place ?? HERE }) };
	}

	const start = (clock: string, author: Person = ALICE, title?: string) =>
		tracker.reduce({ type: 'start', author, at: at(clock), place: HERE, ...(title !== undefined && { title }) });
	interface Activity {
		author?: Person;
		place?: Place;
		starts?: boolean;
		agent?: string;
		conversation?: string;
	}
	const activity = (clock: string, given: Activity = {}) =>
		tracker.reduce({ type: 'activity', author: ALICE, at: at(clock), place: HERE, ...given });
	const farewell = (clock: string, conversation?: string) =>
		tracker.reduce({
			type: 'farewell',
			author: ALICE,
			at: at(clock),
			place: HERE,
			...(conversation !== undefined && { conversation }),
		});
	const tick = (clock: string, day?: number) => tracker.reduce({ type: 'tick', at: at(clock, day) });
	const end = (session: string, clock: string, trigger: Trigger = 'explicit') =>
		tracker.reduce({ type: 'end', session, at: at(clock), trigger });

	const duties = ({ effects }: Outcome) => effects.map(({ duty }) => duty);

	describe('commits', () => {
		it('begins a session with the first automatic commit and batches the next ones', () => {
			const first = commit('14:30', { files: ['A a'] });
			assert.equal(first.decision?.session, 'alice-20251119-1430');
			assert.deepEqual(duties(first), ['announce']);
			assert.deepEqual(duties(commit('14:45', { files: ['M a', 'M b'] })), []);
			const session = commit('15:10').session!;
			assert.equal(session.commits.length, 3);
			assert.deepEqual(
				[...session.files],
				[
					['a', 'A'],
					['b', 'M'],
				],
			);
			assert.equal(session.lastActivityAt, at('15:10'));
			assert.equal(session.origin, 'commit');
		});

		it('leaves a person’s commit alone', () => {
			const { decision, session } = commit('14:30', { message: 'Add login' });
			assert.deepEqual([decision?.auto, decision?.session, session], [false, undefined, undefined]);
			assert.deepEqual(tracker.open(), []);
		});

		it('takes a person’s commit during a session as a sign of work, though it is not in it', () => {
			commit('14:30');
			const { decision, session } = commit('14:55', { message: 'Add login' });
			assert.equal(decision?.session, undefined);
			assert.equal(session?.commits.length, 1);
			assert.equal(commit('15:20').session, session);
		});

		it('does not take a merge or a bot’s commit as one', () => {
			commit('14:30');
			commit('14:55', { parents: ['a'.repeat(40), 'b'.repeat(40)] });
			assert.notEqual(commit('15:01').decision?.session, 'alice-20251119-1430');
		});

		it('remembers where the net change is from, the branch, and how often an agent helped', () => {
			const parent = 'a'.repeat(40);
			commit('14:30', { parents: [parent] });
			const message = 'wip: x\n\nCo-authored-by: Claude <noreply@anthropic.com>';
			const { session } = commit('14:31', { message, place: { workingCopy: '/repo', branch: 'login' } });
			assert.equal(session?.base, parent);
			assert.deepEqual([...session!.branches.keys()], ['main', 'login']);
			assert.equal(session?.assisted, 1);
		});

		it('ends the session at a marker and says so on that commit', () => {
			commit('14:30');
			const { decision, session, effects } = commit('14:40', { message: 'wip: login - complete' });
			assert.equal(decision?.trigger, 'explicit');
			assert.deepEqual(session?.ended, { trigger: 'explicit', at: at('14:40') });
			assert.deepEqual(
				effects.map(({ duty }) => duty),
				['archive', 'publish'],
			);
			assert.notEqual(commit('14:41').session, session);
		});

		it('begins and ends a session with one commit that is marked', () => {
			assert.deepEqual(duties(commit('14:30', { message: 'wip: login ✅' })), ['announce', 'archive', 'publish']);
		});

		it('lets no person’s commit end the session, whatever its title', () => {
			commit('14:30');
			assert.equal(commit('14:31', { message: 'Login: complete' }).decision?.trigger, undefined);
			assert.equal(tracker.open().length, 1);
		});

		it('counts three commits of one second as three', () => {
			const first = commit('14:30');
			const second = commit('14:30', { parents: [first.commit] });
			const { session } = commit('14:30', { parents: [second.commit] });
			assert.equal(session?.commits.length, 3);
		});

		it('puts a commit that it is told of twice into one session once', () => {
			const first = commit('14:30', { files: ['A a'] });
			const again = tracker.reduce({ type: 'commit', commit: first.commit, at: at('14:31'), place: HERE });
			assert.equal(again.session, first.session);
			assert.equal(first.session?.commits.length, 1);
			assert.equal(tracker.open().length, 1);
		});
	});

	describe('rewritten commits', () => {
		it('takes an amended commit for the same one, with what the amend added', () => {
			const first = commit('14:30', { parents: ['a'.repeat(40)], files: ['A a'] });
			const amended = commit('14:35', {
				at: at('14:30'),
				committedAt: at('14:35'),
				parents: ['a'.repeat(40)],
				files: ['A a', 'A b'],
			});
			assert.equal(amended.session, first.session);
			assert.deepEqual(
				amended.session?.commits.map(({ sha }) => sha),
				[amended.commit.sha],
			);
			assert.deepEqual([...amended.session!.files.keys()], ['a', 'b']);
		});

		it('takes rebased commits for the same ones, also those of one second', () => {
			const first = commit('14:30');
			const second = commit('14:30', { parents: [first.commit] });
			const third = commit('14:31', { parents: [second.commit] });
			const rebased = [first, second, third].map(({ commit: { authoredAt } }) => authoredAt);
			let parent = 'f'.repeat(40);
			for (const authoredAt of rebased) {
				parent = commit('14:50', { at: authoredAt, committedAt: at('14:50'), parents: [parent] }).commit.sha;
			}
			assert.deepEqual(
				third.session?.commits.map((known) => known.authoredAt),
				rebased,
			);
			assert.equal(third.session?.commits.at(-1)?.sha, parent);
		});

		it('follows a commit that git says was rewritten', () => {
			const { commit: old, session } = commit('14:30');
			const to = 'e'.repeat(40);
			assert.equal(tracker.reduce({ type: 'rewrite', from: old.sha, to }).session, session);
			assert.deepEqual(
				session?.commits.map(({ sha }) => sha),
				[to],
			);
			assert.equal(commit('14:40', { parents: [to] }).session, session);
		});

		it('does not mind the rewrite of a commit that is in no session', () => {
			assert.deepEqual(tracker.reduce({ type: 'rewrite', from: 'a', to: 'b' }), { effects: [] });
		});

		it('does not revive a session by a commit on top of the old form of one of its own', () => {
			const old = commit('14:30', { parents: ['a'.repeat(40)] });
			commit('14:31', { at: at('14:30'), parents: ['b'.repeat(40)] });
			end(old.session!.id, '14:32');
			const later = commit('14:33', { parents: [old.commit] });
			assert.notEqual(later.session, old.session);
			assert.equal(later.session?.status, 'active');
		});

		it('changes nothing in a completed session when a commit of it comes late', () => {
			const id = commit('14:30').session!.id;
			end(id, '14:31');
			const late = commit('14:40', { message: `wip: x\n\nSession-Id: ${id}` });
			assert.equal(late.decision?.session, id);
			assert.equal(late.session, undefined);
			assert.deepEqual([late.effects, tracker.open()], [[], []]);
		});

		it('knows the completed sessions of another day by their ids', () => {
			tracker = new Tracker(rules, { taken: ['alice-20251118-0900'] });
			const { decision, session } = commit('14:40', { message: 'wip: x\n\nSession-Id: alice-20251118-0900' });
			assert.deepEqual([decision?.session, session], ['alice-20251118-0900', undefined]);
		});
	});

	describe('trailers', () => {
		it('begins the session that the trailer names, under that id', () => {
			const { session } = commit('14:40', { message: 'login\n\nSession-Id: alice-20251119-1430' });
			assert.equal(session?.id, 'alice-20251119-1430');
		});

		it('refuses the trailer of somebody else, who types it', () => {
			const { session } = start('14:30');
			const forged = { message: `login\n\nSession-Id: ${session!.id}`, by: BOB, place: {} };
			const { decision } = commit('14:40', forged);
			assert.deepEqual([decision?.auto, decision?.rule], [false, 'person']);
			assert.equal(session?.commits.length, 0);
		});

		it('tells parallel agents of one author apart by another tool’s trailer', () => {
			const message = (id: string) => `checkpoint\n\nEntire-Session: ${id}`;
			start('14:00', BOB);
			const place = { workingCopy: '/other' };
			const ids = ['1', '2', '1', '2'].map(
				(id, index) => commit(`14:3${index}`, { by: COPILOT, message: message(id), place }).session?.id,
			);
			assert.deepEqual([ids[0], ids[1]], [ids[2], ids[3]]);
			assert.notEqual(ids[0], ids[1]);
		});
	});

	describe('by hand', () => {
		it('starts one, with its title', () => {
			const outcome = start('14:30', ALICE, 'Login');
			assert.deepEqual([outcome.session?.origin, outcome.session?.title], ['hand', 'Login']);
			assert.deepEqual(duties(outcome), ['announce']);
		});

		it('takes over the session that was found running', () => {
			const found = commit('14:30').session;
			assert.equal(start('14:35').session, found);
			assert.equal(found?.origin, 'hand');
		});

		it('makes every commit in that working copy automatic, also an agent’s', () => {
			const { session } = start('14:30');
			assert.equal(commit('14:31', { message: 'Add login' }).decision?.rule, 'started-by-hand');
			assert.equal(commit('14:32', { message: 'Add tests', by: COPILOT }).session, session);
			assert.equal(commit('14:33', { message: 'Add docs', place: { workingCopy: '/other' } }).decision?.auto, false);
		});

		it('leaves a revert of earlier work out, and takes one of its own in', () => {
			start('14:30');
			const own = commit('14:31', { message: 'Add login' }).commit.sha;
			const revert = (sha: string) => `Revert "x"\n\nThis reverts commit ${sha}.`;
			assert.equal(commit('14:32', { message: revert('a'.repeat(40)) }).decision?.rule, 'revert');
			assert.equal(commit('14:33', { message: revert(own) }).decision?.rule, 'started-by-hand');
		});

		it('ends one now, which is itself an activity', () => {
			const { session } = start('14:30');
			assert.deepEqual(duties(end(session!.id, '14:50')), ['archive', 'publish']);
			assert.deepEqual(session?.ended, { trigger: 'explicit', at: at('14:50') });
			assert.deepEqual(duties(end(session!.id, '14:51')), []);
			assert.deepEqual(session?.ended, { trigger: 'explicit', at: at('14:50') });
		});

		it('ends one whose pull request closed at its last activity', () => {
			const { session } = commit('14:30');
			end(session!.id, '14:50', 'closed');
			assert.deepEqual(session?.ended, { trigger: 'closed', at: at('14:30') });
		});

		it('discards one without a trace', () => {
			const { session } = start('14:30');
			assert.deepEqual(duties(tracker.reduce({ type: 'discard', session: session!.id })), ['forget']);
			assert.deepEqual([tracker.open(), session?.ended], [[], undefined]);
			assert.deepEqual(tracker.reduce({ type: 'discard', session: session!.id }), { effects: [] });
		});

		it('does not begin a second one in the same minute under the same id', () => {
			const first = start('14:30').session!;
			end(first.id, '14:30');
			const second = start('14:30').session!;
			assert.match(second.id, /^alice-20251119-1430-[0-9a-f]{4}$/);
		});
	});

	describe('saves and agents’ hooks', () => {
		it('keep a session going and calm the warning', () => {
			const { session } = start('14:30');
			assert.deepEqual(duties(tick('14:45')), ['warn']);
			assert.equal(session?.status, 'warning');
			assert.deepEqual(duties(activity('14:50')), ['calm']);
			assert.deepEqual([session?.status, session?.lastActivityAt], ['active', at('14:50')]);
		});

		it('begin none by themselves', () => {
			assert.deepEqual(activity('14:30'), { effects: [] });
		});

		it('begin one where an agent’s hook says so', () => {
			const { session } = activity('14:30', { starts: true, agent: 'Cursor' });
			assert.deepEqual([session?.origin, session?.agent], ['agent', 'Cursor']);
			assert.equal(activity('14:40', { starts: true }).session, session);
		});

		it('name the conversation that works on it, the latest one', () => {
			const { session } = activity('14:30', { starts: true, conversation: 'cursor:a' });
			assert.equal(session?.conversation, 'cursor:a');
			activity('14:31', { conversation: 'cursor:b' });
			activity('14:32');
			assert.equal(session?.conversation, 'cursor:b');
		});

		it('of an agent that never led to a commit leave no record', () => {
			activity('14:30', { starts: true });
			assert.deepEqual(duties(tick('15:30')), ['forget']);
			assert.deepEqual(tracker.open(), []);
		});

		it('are answered with the session of the place', () => {
			const { session } = start('14:30');
			assert.equal(tracker.here(BOB, at('14:40'), HERE), session);
			assert.equal(tracker.here(ALICE, at('14:40'), { workingCopy: '/other' }), undefined);
			assert.equal(tracker.byId(session!.id), session);
		});
	});

	describe('an agent’s goodbye', () => {
		const works = (clock: string, conversation: string) => activity(clock, { starts: true, conversation });

		it('ends the session that its hook began', () => {
			const { session } = works('14:30', 'cursor:a');
			commit('14:40', { message: 'Add login' });
			assert.deepEqual(duties(farewell('14:45', 'cursor:a')), ['archive', 'publish']);
			assert.deepEqual(session?.ended, { trigger: 'explicit', at: at('14:45') });
		});

		it('ends one that was found by its commits', () => {
			const { session } = commit('14:30');
			activity('14:31', { conversation: 'cursor:a' });
			farewell('14:32', 'cursor:a');
			assert.equal(session?.status, 'completed');
		});

		it('leaves one that a person started to that person', () => {
			const { session } = start('14:30');
			commit('14:31');
			activity('14:32', { conversation: 'cursor:a' });
			farewell('14:40', 'cursor:a');
			assert.deepEqual([session?.status, session?.lastActivityAt], ['active', at('14:40')]);
		});

		it('leaves one that another conversation works on', () => {
			const { session } = works('14:30', 'cursor:a');
			commit('14:31');
			works('14:32', 'cursor:b');
			farewell('14:33', 'cursor:a');
			assert.equal(session?.status, 'active');
			farewell('14:34', 'cursor:b');
			assert.equal(session?.status, 'completed');
		});

		it('lets one without commits wait for them', () => {
			const { session } = works('14:30', 'cursor:a');
			farewell('14:35', 'cursor:a');
			assert.equal(commit('14:40', { message: 'Add login' }).session, session);
		});

		it('is nothing where no session runs', () => {
			assert.deepEqual(farewell('14:30', 'cursor:a'), { effects: [] });
		});
	});

	describe('time', () => {
		it('ends a session at its last activity after a night of sleep', () => {
			const { session } = commit('23:50');
			const morning = tick('08:00', 20);
			assert.deepEqual(duties(morning), ['archive', 'publish']);
			assert.deepEqual(session?.ended, { trigger: 'timeout', at: at('23:50') });
		});

		it('ends it so as well when the next commit is what notices', () => {
			const { session } = commit('23:50');
			const next = commit('08:00', { day: 20 });
			assert.deepEqual(session?.ended, { trigger: 'timeout', at: at('23:50') });
			assert.equal(next.session?.id, 'alice-20251120-0800');
			assert.deepEqual(duties(next), ['archive', 'publish', 'announce']);
		});

		it('warns first, then ends', () => {
			commit('14:30');
			assert.deepEqual(duties(tick('14:44')), []);
			assert.deepEqual(duties(tick('14:45')), ['warn']);
			assert.deepEqual(duties(tick('14:46')), []);
			assert.deepEqual(duties(tick('15:00')), []);
			assert.deepEqual(duties(tick('15:01')), ['archive', 'publish']);
		});

		it('ends a session that was rounded off with tests and documentation after five minutes', () => {
			const { session } = commit('14:30', { files: ['A a.test.ts', 'M README.md'] });
			tick('14:35');
			assert.deepEqual(session?.ended, { trigger: 'heuristic', at: at('14:30') });
		});

		it('says when to look again, and nothing when there is no need to', () => {
			assert.equal(tracker.nextDeadline(), undefined);
			commit('14:30');
			assert.equal(tracker.nextDeadline(), at('14:45'));
			tick('14:45');
			assert.equal(tracker.nextDeadline(), at('15:00') + 1);
			tick('15:01');
			assert.equal(tracker.nextDeadline(), undefined);
		});

		it('does not mind a clock that is set back', () => {
			const { session } = commit('14:30');
			assert.deepEqual(duties(tick('09:00')), []);
			assert.equal(commit('14:10').session, session);
			assert.deepEqual([session?.startedAt, session?.lastActivityAt], [at('14:10'), at('14:30')]);
		});

		it('goes on from the sessions of a file', () => {
			const open = makeSession({ workingCopy: '/repo', identity: 'alice@example.com' });
			tracker = new Tracker(rules, { open: [open], taken: [] });
			assert.equal(commit('14:40').session, open);
		});

		it('never ends what the configuration lets run on', async () => {
			tracker = new Tracker(await makeRules({ enable_timeout_completion: false, enable_heuristic_completion: false }));
			const { session } = commit('14:30', { files: ['A a.test.ts', 'M README.md'] });
			tracker.reduce({ type: 'tick', at: at('14:30') + 365 * DAY });
			assert.equal(session?.status, 'warning');
		});
	});

	describe('an agent that has no working copy', () => {
		const onBranch = (clock: string, given: CommitGiven & { day?: number; onTrunk?: boolean } = {}) =>
			commit(clock, { by: COPILOT, message: 'Add login', place: { onTrunk: given.onTrunk ?? false }, ...given });

		it('has twenty sessions on twenty branches at once', () => {
			const tips = new Map<number, Commit>();
			const ids = new Map<number, Set<string>>();
			for (let round = 0; round < 3; round++) {
				for (let branch = 0; branch < 20; branch++) {
					const made = onBranch(`14:3${round}`, { parents: [tips.get(branch) ?? `${branch}`.padStart(40, 'b')] });
					tips.set(branch, made.commit);
					ids.set(branch, (ids.get(branch) ?? new Set()).add(made.session!.id));
				}
			}
			assert.ok([...ids.values()].every((each) => each.size === 1));
			assert.equal(new Set([...ids.values()].flatMap((each) => [...each])).size, 20);
		});

		it('goes on with its session after the reviewer answered, days later', () => {
			const first = onBranch('14:30');
			assert.ok(first.session?.anchored);
			const second = onBranch('09:00', { day: 24, parents: [first.commit] });
			assert.equal(second.session, first.session);
		});

		it('waits for nobody longer than a week', () => {
			const first = onBranch('14:30', { day: 1 });
			assert.notEqual(onBranch('14:31', { day: 8, parents: [first.commit] }).session, first.session);
		});

		it('begins a new session after a reviewer’s own commit on its branch', () => {
			const first = onBranch('14:30');
			const review = commit('14:35', {
				by: BOB,
				message: 'Rename',
				parents: [first.commit],
				place: { onTrunk: false },
			});
			assert.equal(review.decision?.auto, false);
			assert.notEqual(onBranch('14:40', { parents: [review.commit] }).session, first.session);
		});

		it('has on the trunk no session that outlasts a person’s', () => {
			const first = onBranch('14:30', { onTrunk: true });
			assert.equal(first.session?.anchored, false);
			const second = onBranch('15:00', { onTrunk: true, parents: [first.commit] });
			assert.equal(second.session, first.session);
			const third = onBranch('15:31', { onTrunk: true, parents: [second.commit] });
			assert.notEqual(third.session, first.session);
		});

		it('gets no warning while it waits', () => {
			const { session } = onBranch('14:30');
			assert.deepEqual(duties(tick('20:00')), []);
			assert.equal(session?.status, 'active');
		});
	});

	it('keeps two authors and two working copies apart', () => {
		const ids = [
			commit('14:30').session?.id,
			commit('14:31', { by: BOB }).session?.id,
			commit('14:32', { place: { workingCopy: '/linked' } }).session?.id,
		];
		assert.equal(new Set(ids).size, 3);
		assert.equal(commit('14:33').session?.id, ids[0]);
	});

	it('lets the hours between be as long as the team wants', async () => {
		tracker = new Tracker(await makeRules({ timeout_minutes: 120 }));
		const { session } = commit('14:30');
		assert.equal(commit('16:30').session, session);
		assert.equal(session?.lastActivityAt, at('14:30') + 2 * HOUR);
		assert.equal(MINUTE * 120, rules.timeout * 4);
	});
});
