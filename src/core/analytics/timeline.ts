import type { Filter, Range } from './filter.ts';
import type { AnalyticsRow } from './row.ts';

/** What began in one day, week or month. */
export interface Period {
	/** Its first day, UTC: `2025-11-19`. */
	from: string;
	sessions: number;
	commits: number;
	pullRequests: number;
	/** Of the scored sessions; null without one. */
	meanScore: number | null;
	/** Mean points of the scored sessions, by category, as far as their scores tell. */
	categories: Readonly<Record<string, number>>;
	filter: Filter;
}

type Unit = 'day' | 'week' | 'month';

const DAY = 24 * 3_600_000;
/** The most bars that can be told apart. */
const MOST = 62;
/** Six hundred years: an archive with a broken date must not make a million bars. */
const MOST_MONTHS = 7200;

interface Count {
	sessions: number;
	commits: number;
	pullRequests: number;
	scored: number;
	points: number;
	/** By category. Undefined while no score told any: of ten thousand days most have none. */
	categories: Map<string, { sessions: number; points: number }> | undefined;
}

/** Sessions by the UTC day on which they began; by week (from Monday) or month where the days would be too many to tell apart. */
export class Timeline {
	readonly #days = new Map<number, Count>();

	add(row: AnalyticsRow): void {
		const day = Math.floor(row.startedAt / DAY);
		const count = this.#days.get(day) ?? none();
		merge(count, {
			sessions: 1,
			commits: row.commits,
			pullRequests: row.pullRequests.length,
			scored: row.score === undefined ? 0 : 1,
			points: row.score ?? 0,
			categories: undefined,
		});
		for (const name in row.categories) addPoints(count, name, 1, row.categories[name]!);
		this.#days.set(day, count);
	}

	/** Oldest first, without a gap: a period in which nothing began is there with zeros. */
	result(): { unit: Unit; periods: Period[] } {
		const days = [...this.#days.keys()].sort((a, b) => a - b);
		const [first, last] = [days[0], days.at(-1)];
		if (first === undefined || last === undefined) return { unit: 'day', periods: [] };
		const span = last - first + 1;
		const unit: Unit = span <= MOST ? 'day' : span <= MOST * 7 ? 'week' : 'month';
		const counts = new Map<number, Count>();
		for (const [day, count] of this.#days) {
			const start = startOf(day, unit);
			const sum = counts.get(start) ?? none();
			merge(sum, count);
			counts.set(start, sum);
		}
		const periods: Period[] = [];
		for (let start = startOf(first, unit); start <= last && periods.length < MOST_MONTHS; ) {
			const next = nextOf(start, unit);
			periods.push(period([start * DAY, next * DAY], counts.get(start) ?? none()));
			start = next;
		}
		return { unit, periods };
	}
}

function period(time: Range, { sessions, commits, pullRequests, scored, points, categories }: Count): Period {
	return {
		from: new Date(time[0]).toISOString().slice(0, 10),
		sessions,
		commits,
		pullRequests,
		meanScore: scored === 0 ? null : points / scored,
		categories: Object.fromEntries([...(categories ?? [])].map(([name, sum]) => [name, sum.points / sum.sessions])),
		filter: { time },
	};
}

function startOf(day: number, unit: Unit): number {
	if (unit === 'day') return day;
	// Day 0 was a Thursday.
	if (unit === 'week') return day - ((((day + 3) % 7) + 7) % 7);
	const date = new Date(day * DAY);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
}

function nextOf(start: number, unit: Unit): number {
	if (unit !== 'month') return start + (unit === 'day' ? 1 : 7);
	const date = new Date(start * DAY);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
}

function none(): Count {
	return { sessions: 0, commits: 0, pullRequests: 0, scored: 0, points: 0, categories: undefined };
}

function merge(into: Count, count: Count): void {
	into.sessions += count.sessions;
	into.commits += count.commits;
	into.pullRequests += count.pullRequests;
	into.scored += count.scored;
	into.points += count.points;
	for (const [name, { sessions, points }] of count.categories ?? []) addPoints(into, name, sessions, points);
}

function addPoints(into: Count, name: string, sessions: number, points: number): void {
	into.categories ??= new Map();
	const sum = into.categories.get(name);
	if (!sum) into.categories.set(name, { sessions, points });
	else {
		sum.sessions += sessions;
		sum.points += points;
	}
}
