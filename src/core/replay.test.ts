import assert from 'node:assert/strict';
import {
	ALICE,
	at,
	BOB,
	COPILOT,
	type CommitGiven,
	DAY,
	GITHUB,
	makeCommit,
	makeRules,
} from '../../test/support/builders.ts';
import type { Commit } from './commit.ts';
import { Replay } from './replay.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';

const YEAR = 365 * DAY;

describe('Replay', () => {
	let rules: Rules;
	before(async () => {
		rules = await makeRules();
	});

	/** What became of commits: the session of each by its number, and the sessions in the order of their starts. */
	function replay(commits: Commit[], onTrunk: (commit: Commit) => boolean = () => true) {
		const sessions: Session[] = [];
		const run = new Replay(rules, (session) => sessions.push(session));
		const decisions = commits.map((commit) => run.push(commit, onTrunk(commit)));
		run.finish();
		const ids = [...new Set(decisions.flatMap(({ session }) => session ?? []))];
		const groups = decisions.map(({ session }) => (session === undefined ? undefined : ids.indexOf(session)));
		return { decisions, groups, sessions: sessions.sort((a, b) => a.startedAt - b.startedAt) };
	}

	/** A straight history of Alice's. */
	function chain(...given: CommitGiven[]): Commit[] {
		const commits: Commit[] = [];
		for (const each of given) {
			const parent = commits.at(-1);
			commits.push(makeCommit({ parents: parent ? [parent] : [], ...each }));
		}
		return commits;
	}

	it('tells of each session once, with all its commits', () => {
		const { groups, sessions } = replay(chain({ at: at('14:30') }, { at: at('14:50') }, { at: at('16:00') }));
		assert.deepEqual(groups, [0, 0, 1]);
		assert.deepEqual(
			sessions.map(({ id }) => id),
			['alice-20251119-1430', 'alice-20251119-1600'],
		);
		assert.deepEqual(
			sessions.map(({ ended }) => ended),
			[
				{ trigger: 'timeout', at: at('14:50') },
				{ trigger: 'timeout', at: at('16:00') },
			],
		);
	});

	it('gives the same answer for the same history', () => {
		const commits = chain({ at: at('14:30') }, { at: at('14:30') }, { at: at('15:30') });
		assert.deepEqual(replay(commits).decisions, replay(commits).decisions);
	});

	it('is empty for an empty history', () => {
		assert.deepEqual(replay([]), { decisions: [], groups: [], sessions: [] });
	});

	describe('whose clock counts', () => {
		it('the author’s: a rebase gave a day’s commits one committer time', () => {
			const committedAt = at('18:00');
			const { groups } = replay(chain({ at: at('09:00'), committedAt }, { at: at('14:30'), committedAt }));
			assert.deepEqual(groups, [0, 1]);
		});

		it('the commit’s, where the author date is years off, before or after', () => {
			for (const off of [-5 * YEAR, 5 * YEAR, -30 * YEAR]) {
				const { groups, sessions } = replay(
					chain({ at: at('14:30') }, { at: at('14:40') + off, committedAt: at('14:40') }, { at: at('14:50') }),
				);
				assert.deepEqual(groups, [0, 0, 0]);
				assert.equal(sessions[0]?.ended?.at, at('14:50'));
			}
		});

		it('nobody’s beyond the year 9999 or before 1970', () => {
			const { sessions } = replay(chain({ at: 8.64e15 }, { at: -1e12 }));
			assert.deepEqual(
				sessions.map(({ id }) => id),
				['alice-19700101-0000', 'alice-99991231-2359'],
			);
		});
	});

	it('does not let one machine’s clock, years ahead, end what others are at', () => {
		const commits: Commit[] = [];
		let parent: Commit | undefined;
		for (let index = 0; index < 1200; index++) {
			const ahead = index % 2 === 0;
			const when = at('14:30') + index * 1000 + (ahead ? 3 * YEAR : 0);
			parent = makeCommit({ at: when, by: ahead ? BOB : ALICE, parents: parent ? [parent] : [] });
			commits.push(parent);
		}
		const { groups, sessions } = replay(commits);
		assert.deepEqual(new Set(groups), new Set([0, 1]));
		assert.deepEqual(
			sessions.map(({ commits: own }) => own.length),
			[600, 600],
		);
	});

	it('lets go of sessions on the way, so that a long history needs no memory', () => {
		let told = 0;
		const run = new Replay(rules, () => told++);
		for (let day = 0; day < 2000; day++) {
			run.push(makeCommit({ at: at('14:30') + day * DAY, by: { name: `Agent ${day}` } }), true);
		}
		assert.ok(told > 1000, String(told));
		run.finish();
		assert.equal(told, 2000);
	});

	it('takes commits of one session that come out of order', () => {
		const { groups, sessions } = replay(chain({ at: at('14:50') }, { at: at('14:30') }, { at: at('15:10') }));
		assert.deepEqual(groups, [0, 0, 0]);
		assert.deepEqual([sessions[0]?.startedAt, sessions[0]?.ended?.at], [at('14:30'), at('15:10')]);
	});

	it('keeps an agent’s branches apart, each through its review, and joins nothing of the trunk to them', () => {
		const one = chain(
			{ by: COPILOT, message: 'Plan', at: at('14:30') },
			{ by: COPILOT, message: 'Do', at: at('14:50') },
			{ by: COPILOT, message: 'Answer the review', at: at('09:00', 21) },
		);
		const two = chain(
			{ by: COPILOT, message: 'Plan', at: at('14:31') },
			{ by: COPILOT, message: 'Do', at: at('14:51') },
		);
		const landed = makeCommit({ by: COPILOT, committer: GITHUB, message: 'Do it (#12)', at: at('10:00', 21) });
		const ordered = [...one, ...two, landed].sort((a, b) => a.committedAt - b.committedAt);
		const { decisions, sessions } = replay(ordered, (commit) => commit === landed);
		assert.deepEqual(
			sessions.map(({ commits }) => commits.length),
			[3, 2],
		);
		assert.equal(decisions.at(-1)?.rule, 'landing');
	});

	it('gives two sessions of one minute ids that are the same at every replay', () => {
		const one = makeCommit({ by: COPILOT, message: 'Plan', at: at('14:30:10'), sha: 'a'.repeat(40) });
		const two = makeCommit({ by: COPILOT, message: 'Plan', at: at('14:30:20'), sha: 'b'.repeat(40) });
		const ids = replay([one, two], () => false).sessions.map(({ id }) => id);
		assert.equal(ids[0], 'copilot-swe-agent-bot-20251119-1430');
		assert.match(ids[1]!, /^copilot-swe-agent-bot-20251119-1430-[0-9a-f]{4}$/);
		assert.deepEqual(
			replay([one, two], () => false).sessions.map(({ id }) => id),
			ids,
		);
	});

	it('puts the commit of a squash that names a session into it', () => {
		const trailer = 'Session-Id: alice-20251119-1430';
		const [first, second] = chain(
			{ message: `wip: a\n\n${trailer}` },
			{ message: `wip: b\n\n${trailer}`, at: at('14:40') },
		);
		const squash = makeCommit({
			message: `Login (#12)\n\n* wip: a\n\n${trailer}\n\n* wip: b\n\n${trailer}\n\n---------\n\nCo-authored-by: Bob <b@c.d>`,
			committer: GITHUB,
			at: at('16:00'),
		});
		const { groups } = replay([first!, second!, squash], (commit) => commit === squash);
		assert.deepEqual(groups, [0, 0, 0]);
	});
});
