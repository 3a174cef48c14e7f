import type { ReplayListener } from '../app/replayHistory.ts';
import { minutesBetween } from '../core/completedSession.ts';
import type { Rule } from '../core/reason.ts';
import type { Session, Trigger } from '../core/session.ts';
import type { Decision } from '../core/tracker.ts';
import { isoTime } from './words.ts';

/** A session as `replay` tells it. Times are UTC. */
export interface SessionRow {
	id: string;
	author: string;
	started: string;
	/** Its last activity. */
	ended: string;
	/** How many, one that a rebase made anew counted once. */
	commits: number;
	/** How many files its net change holds. */
	files: number;
	durationMinutes: number;
	trigger: Trigger | null;
}

/** The usual figures of a list of numbers; all 0 for an empty one. */
interface Spread {
	mean: number;
	median: number;
	most: number;
}

/** What a history comes to. */
export interface Summary {
	commits: number;
	automatic: number;
	human: number;
	/** How many commits each rule decided, of those that decided any. */
	byRule: Partial<Record<Rule, number>>;
	sessions: number;
	/** How many sessions each trigger completed. */
	byTrigger: Partial<Record<Trigger, number>>;
	commitsPerSession: Spread;
	/** Minutes, of people's sessions and of those that coding agents' own accounts made. */
	durationMinutes: { people: Spread & { sessions: number }; agents: Spread & { sessions: number } };
	/** How many fewer sessions there are than automatic commits, percent; null without either. */
	fewerPercent: number | null;
	/** Longest first. */
	longest: SessionRow[];
}

/** How many of the longest sessions a summary names. */
const LONGEST = 5;

/** Counts along while a history is replayed. */
export class ReplaySummary implements ReplayListener {
	#commits = 0;
	#automatic = 0;
	readonly #byRule = new Map<Rule, number>();
	readonly #byTrigger = new Map<Trigger, number>();
	readonly #sizes: number[] = [];
	readonly #minutes = { people: [] as number[], agents: [] as number[] };
	#longest: SessionRow[] = [];

	onDecision({ auto, rule }: Decision): void {
		this.#commits++;
		if (auto) this.#automatic++;
		this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + 1);
	}

	onSession(session: Session): void {
		const row = rowOf(session);
		this.#sizes.push(row.commits);
		this.#minutes[session.agent === undefined ? 'people' : 'agents'].push(row.durationMinutes);
		if (row.trigger) this.#byTrigger.set(row.trigger, (this.#byTrigger.get(row.trigger) ?? 0) + 1);
		if (this.#longest.length < LONGEST || row.durationMinutes > this.#longest.at(-1)!.durationMinutes) {
			this.#longest = [...this.#longest, row].sort((a, b) => b.durationMinutes - a.durationMinutes).slice(0, LONGEST);
		}
	}

	figures(): Summary {
		const { people, agents } = this.#minutes;
		const sessions = this.#sizes.length;
		const automatic = this.#automatic;
		return {
			commits: this.#commits,
			automatic,
			human: this.#commits - automatic,
			byRule: byCount(this.#byRule),
			sessions,
			byTrigger: byCount(this.#byTrigger),
			commitsPerSession: spreadOf(this.#sizes),
			durationMinutes: {
				people: { sessions: people.length, ...spreadOf(people) },
				agents: { sessions: agents.length, ...spreadOf(agents) },
			},
			fewerPercent: automatic === 0 ? null : Math.round(100 * (1 - sessions / automatic)),
			longest: this.#longest,
		};
	}
}

/** What `replay` tells of a session. */
export function rowOf(session: Session): SessionRow {
	const { id, author, startedAt, lastActivityAt, commits, files, ended } = session;
	const endedAt = ended?.at ?? lastActivityAt;
	return {
		id,
		author,
		started: isoTime(startedAt),
		ended: isoTime(endedAt),
		commits: commits.length,
		files: files.size,
		durationMinutes: minutesBetween(startedAt, endedAt),
		trigger: ended?.trigger ?? null,
	};
}

function byCount<Key extends string>(counts: ReadonlyMap<Key, number>): Partial<Record<Key, number>> {
	return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)) as Partial<Record<Key, number>>;
}

function spreadOf(values: readonly number[]): Spread {
	if (values.length === 0) return { mean: 0, median: 0, most: 0 };
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return { mean: Math.round(mean * 10) / 10, median, most: sorted.at(-1)! };
}
