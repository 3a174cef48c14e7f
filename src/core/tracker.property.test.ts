import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ALICE, at, BOB, COPILOT, MINUTE, makeCommit, makeRules } from '../../test/support/builders.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';
import { type Outcome, Tracker, type TrackerEvent } from './tracker.ts';

const AUTHORS = [ALICE, BOB, COPILOT];
const PLACES = [{ workingCopy: '/repo' }, { workingCopy: '/linked' }, {}, { onTrunk: true }];
const MESSAGES = [
	'wip: x',
	'wip: x',
	'Auto-PR: lib (1 files)',
	'Add login',
	'wip: login - complete',
	'x\n\nEntire-Session: 1',
	'wip: x\n\nEntire-Session: 2',
	'wip: x\n\nSession-Id: alice-20251119-1430',
	'wip: x\n\nSession-Id: bob-20251119-1431',
];
const FILES = ['A a.test.ts', 'M a.test.ts', 'D a.test.ts', 'A README.md', 'D README.md', 'M src/a.ts'];
const TRIGGERS = ['explicit', 'timeout', 'heuristic', 'closed', 'orphaned'] as const;

/** A step of a random day. Numbers choose among what there is when it is carried out. */
interface Wish {
	type: TrackerEvent['type'];
	/** Minutes since the step before; clocks are set back, too. */
	wait: number;
	author: number;
	place: number;
	message: number;
	parent: number;
	files: string[];
	pick: number;
}

const wishes: fc.Arbitrary<Wish[]> = fc.array(
	fc.record({
		type: fc.constantFrom(
			'commit',
			'commit',
			'commit',
			'commit',
			'activity',
			'farewell',
			'start',
			'end',
			'discard',
			'rewrite',
			'tick',
		),
		wait: fc.oneof(
			{ weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
			{ weight: 2, arbitrary: fc.integer({ min: -90, max: 90 }) },
			{ weight: 1, arbitrary: fc.constantFrom(-600_000, 1_440, 12_000, 600_000) },
		),
		author: fc.nat(AUTHORS.length - 1),
		place: fc.nat(PLACES.length - 1),
		message: fc.nat(MESSAGES.length - 1),
		parent: fc.nat(9),
		files: fc.subarray(FILES, { maxLength: 3 }),
		pick: fc.nat(99),
	}) as fc.Arbitrary<Wish>,
	{ maxLength: 60 },
);

interface Day {
	events: TrackerEvent[];
	outcomes: Outcome[];
	/** Every session that there ever was. */
	sessions: Session[];
	tracker: Tracker;
}

/** Carries the steps out on a tracker that was given some slack, as a replay gives it, or none. */
function live(steps: readonly Wish[], rules: Rules, slack: number): Day {
	const tracker = new Tracker(rules, { slack });
	const events: TrackerEvent[] = [];
	const outcomes: Outcome[] = [];
	const sessions = new Set<Session>();
	const shas: string[] = [];
	let now = at('14:30');
	for (const [index, wish] of steps.entries()) {
		now += wish.wait * MINUTE;
		const event = eventOf(wish, now, index, shas, [...sessions], tracker);
		const outcome = tracker.reduce(event);
		events.push(event);
		outcomes.push(outcome);
		if (outcome.session) sessions.add(outcome.session);
		for (const { session } of outcome.effects) sessions.add(session);
	}
	const last = tracker.reduce({ type: 'tick', at: Number.MAX_SAFE_INTEGER });
	outcomes.push(last);
	return { events, outcomes, sessions: [...sessions], tracker };
}

function eventOf(
	wish: Wish,
	now: number,
	index: number,
	shas: string[],
	sessions: Session[],
	tracker: Tracker,
): TrackerEvent {
	const author = AUTHORS[wish.author]!;
	const place = PLACES[wish.place]!;
	const session = sessions[wish.pick % Math.max(1, sessions.length)]?.id ?? 'nobody-20251119-0000';
	switch (wish.type) {
		case 'commit': {
			const parent = shas.at(-1 - wish.parent);
			// Sometimes one that is told of again, or was made anew by a rebase: the same author time under another name.
			const open = wish.pick < 20 ? tracker.open()[0] : undefined;
			const known = open?.commits[wish.parent % open.commits.length];
			const told = known && wish.pick < 10;
			const sha = told ? known.sha : index.toString(16).padStart(40, 'c');
			shas.push(sha);
			const parents = parent === undefined ? [] : [parent];
			const made = makeCommit({
				sha,
				by: author,
				at: known?.authoredAt ?? now,
				parents,
				message: MESSAGES[wish.message]!,
				files: wish.files,
			});
			return { type: 'commit', commit: made, at: told ? open!.lastActivityAt : now, place };
		}
		case 'activity':
			return {
				type: 'activity',
				author,
				at: now,
				place,
				starts: wish.pick % 2 === 0,
				...(wish.pick % 3 > 0 && { conversation: `cursor:${wish.pick % 3}` }),
			};
		case 'farewell':
			return {
				type: 'farewell',
				author,
				at: now,
				place,
				...(wish.pick % 3 > 0 && { conversation: `cursor:${wish.pick % 3}` }),
			};
		case 'start':
			return { type: 'start', author, at: now, place };
		case 'end':
			return { type: 'end', session, at: now, trigger: TRIGGERS[wish.pick % TRIGGERS.length]! };
		case 'discard':
			return { type: 'discard', session };
		case 'rewrite': {
			const at = shas.length - 1 - wish.parent;
			const from = shas[at] ?? 'nothing';
			const to = index.toString(16).padStart(40, 'e');
			if (at >= 0) shas[at] = to;
			return { type: 'rewrite', from, to };
		}
		case 'tick':
			return { type: 'tick', at: now };
	}
}

describe('Tracker, whatever happens in whatever order and by whatever clock', () => {
	let rules: Rules;
	before(async () => {
		rules = await makeRules();
	});

	/** Checks something of many random days. */
	function always(check: (day: Day) => void): void {
		const slacks = fc.constantFrom(0, 24 * 60 * MINUTE);
		fc.assert(
			fc.property(wishes, slacks, (steps, slack) => check(live(steps, rules, slack))),
			{ numRuns: 100 },
		);
	}

	it('has every automatic commit in exactly one session', () => {
		always(({ events, outcomes, sessions }) => {
			const now = new Map<string, string>();
			for (const [index, event] of events.entries()) {
				if (event.type === 'rewrite' && now.has(event.from)) now.set(event.to, now.get(event.from)!);
				if (event.type !== 'commit') continue;
				const { decision, session } = outcomes[index]!;
				assert.equal(decision?.session !== undefined, decision?.auto);
				if (decision?.auto && session) now.set(event.commit.sha, session.id);
			}
			const holders = new Map<string, string[]>();
			for (const session of sessions) {
				for (const { sha } of session.commits) holders.set(sha, [...(holders.get(sha) ?? []), session.id]);
			}
			for (const [sha, ids] of holders) assert.deepEqual(ids, [now.get(sha)]);
		});
	});

	it('completes or discards each session once, and tells of it once', () => {
		always(({ outcomes, sessions }) => {
			const told = outcomes.flatMap(({ effects }) => effects);
			for (const session of sessions) {
				const count = (duty: string) =>
					told.filter((effect) => effect.session === session && effect.duty === duty).length;
				assert.equal(count('announce'), 1);
				assert.equal(count('archive') + count('forget'), 1);
				assert.equal(count('publish'), count('archive'));
				assert.equal(session.status === 'completed', count('archive') === 1);
				assert.equal(session.ended !== undefined, count('archive') === 1);
			}
		});
	});

	it('leaves none open when enough time has gone by', () => {
		always(({ tracker }) => {
			assert.deepEqual(tracker.open(), []);
			assert.equal(tracker.nextDeadline(), undefined);
		});
	});

	it('has each session end at its last activity, which is not before its start', () => {
		always(({ sessions }) => {
			for (const { startedAt, lastActivityAt, ended } of sessions) {
				assert.ok(lastActivityAt >= startedAt);
				if (ended) assert.equal(ended.at, lastActivityAt);
			}
		});
	});

	it('gives no id twice', () => {
		always(({ sessions }) => assert.equal(new Set(sessions.map(({ id }) => id)).size, sessions.length));
	});

	it('changes nothing in a session that is over', () => {
		fc.assert(
			fc.property(wishes, (steps) => {
				const tracker = new Tracker(rules);
				const frozen = new Map<Session, string>();
				const shas: string[] = [];
				const seen = new Set<Session>();
				let now = at('14:30');
				for (const [index, wish] of steps.entries()) {
					now += wish.wait * MINUTE;
					const { effects, session } = tracker.reduce(eventOf(wish, now, index, shas, [...seen], tracker));
					if (session) seen.add(session);
					for (const effect of effects) seen.add(effect.session);
					for (const [over, was] of frozen) assert.equal(textOf(over), was);
					for (const { duty, session: over } of effects) {
						if (duty === 'archive' || duty === 'forget') frozen.set(over, textOf(over));
					}
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('gives the same for the same events', () => {
		always(({ events, outcomes }) => {
			const tracker = new Tracker(rules);
			const first = events.map((event) => tracker.reduce(event).decision);
			const other = new Tracker(rules);
			assert.deepEqual(
				events.map((event) => other.reduce(event).decision),
				first,
			);
			assert.ok(outcomes.length === events.length + 1);
		});
	});

	it('looks again in time: nothing happens before the moment that it named', () => {
		fc.assert(
			fc.property(wishes, (steps) => {
				const { events } = live(steps, rules, 0);
				const tracker = new Tracker(rules);
				for (const event of events) {
					tracker.reduce(event);
					const next = tracker.nextDeadline();
					if (next === undefined) assert.deepEqual(tracker.open(), []);
					else assert.deepEqual(tracker.reduce({ type: 'tick', at: next - 1 }).effects.length > 0, false);
				}
			}),
			{ numRuns: 100 },
		);
	});
});

function textOf(session: Session): string {
	return JSON.stringify({ ...session, files: [...session.files], branches: [...session.branches] });
}
