import type { Commit } from './commit.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';
import { type Decision, Tracker } from './tracker.ts';

const DAY = 24 * 60 * 60_000;

/** The last ms that a four-digit year can tell; broken commits claim to be from later. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** How many commits go by between two looks for sessions that are over. */
const SWEEP = 512;

/**
 * Runs the rules over a history, oldest commit first, and tells what the sessions would have been. The clocks of a history
 * disagree and its branches interleave, so a session waits a day longer than its timeout before it is let go; it still ends
 * at its last activity.
 */
export class Replay {
	readonly #tracker: Tracker;
	readonly #onSession: (session: Session) => void;
	#count = 0;
	/** The earliest time since the last look: one machine with its clock years ahead must not end everybody's sessions. */
	#earliest = Number.MAX_SAFE_INTEGER;

	/** `onSession` is called with each session when it completes. */
	constructor(rules: Rules, onSession: (session: Session) => void) {
		this.#tracker = new Tracker(rules, { slack: DAY });
		this.#onSession = onSession;
	}

	/** Takes the next commit. `onTrunk`: it is on the default branch's first-parent chain. */
	push(commit: Commit, onTrunk: boolean): Decision {
		const at = workedAt(commit);
		this.#earliest = Math.min(this.#earliest, at);
		const { decision, effects } = this.#tracker.reduce({ type: 'commit', commit, at, place: { onTrunk } });
		for (const { duty, session } of effects) if (duty === 'archive') this.#onSession(session);
		if (++this.#count % SWEEP === 0) {
			this.#tick(this.#earliest);
			this.#earliest = Number.MAX_SAFE_INTEGER;
		}
		return decision!;
	}

	/** Completes what is open at the end of the history, once its timeout has gone by. */
	finish(): void {
		this.#tick(Number.MAX_SAFE_INTEGER);
	}

	#tick(at: number): void {
		for (const { duty, session } of this.#tracker.reduce({ type: 'tick', at }).effects) {
			if (duty === 'archive') this.#onSession(session);
		}
	}
}

/**
 * When the work of a commit was done, ms UTC. A rebase gives a day's commits one committer time, so the author time tells
 * more; but it is anybody's to set, so where it is later than the commit or more than a week before it, it
 * does not count.
 */
function workedAt({ authoredAt, committedAt }: Commit): number {
	const age = committedAt - authoredAt;
	const at = age >= 0 && age <= 7 * DAY ? authoredAt : committedAt;
	return Math.min(Math.max(at, 0), LATEST);
}
