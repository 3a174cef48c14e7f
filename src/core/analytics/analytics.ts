import { type Filter, slotOf } from './filter.ts';
import type { AnalyticsRow } from './row.ts';
import { type Period, Timeline } from './timeline.ts';

/** One bar of a distribution, with the filter that leads to the sessions behind it. */
export interface Bar {
	label: string;
	sessions: number;
	filter: Filter;
}

/** What one author's, or one agent's, sessions come to. */
export interface Standing {
	name: string;
	sessions: number;
	commits: number;
	meanMinutes: number;
	meanCommits: number;
	/** null where nothing is scored. */
	meanScore: number | null;
	/** Share of the sessions that nobody had to end by hand, 0 to 1. */
	completedByThemselves: number;
	filter: Filter;
}

/** What the scored sessions got in one category, in the mean. */
export interface CategoryMean {
	name: string;
	mean: number;
	/** How many scores tell it. */
	sessions: number;
	filter: Filter;
}

/** How many commits a history holds, where it was read. */
export interface Seen {
	commits: number;
	automatic: number;
}

/** Everything that the dashboard shows of completed sessions. All of it is counted from the same rows. */
export interface Analytics {
	sessions: number;
	commits: number;
	pullRequests: number;
	/** What a check of each commit, or of each pull request where there are more, would have scored. */
	microScores: number;
	/** How many fewer scores there are than micro scores, percent, rounded down; null without any. */
	noiseSaved: number | null;
	/** Of the commits seen, how many are in sessions, 0 to 1; null where no history was read. */
	batched: number | null;
	medianMinutes: number | null;
	meanScore: number | null;
	timeline: { unit: 'day' | 'week' | 'month'; periods: Period[] };
	triggers: Bar[];
	durations: Bar[];
	commitsPerSession: Bar[];
	pullRequestsPerSession: Bar[];
	/** Mean points of the scored sessions, by category. */
	categories: CategoryMean[];
	authors: Standing[];
	agents: Standing[];
	/** Sessions by the hour of the week in which they began, UTC, Monday 00:00 first: 168 numbers. */
	calendar: number[];
}

/** Counts sessions up. One pass. `seen`: of the whole history, so it is given only where nothing is filtered away. */
export function analyse(rows: readonly AnalyticsRow[], seen?: Seen): Analytics {
	const timeline = new Timeline();
	const triggers = new Map<string, number>();
	const authors = new Map<string, Sum>();
	const agents = new Map<string | null, Sum>();
	const categories = new Map<string, { points: number; sessions: number }>();
	const calendar = new Array<number>(168).fill(0);
	const durations = countersFor(MINUTES);
	const sizes = countersFor(SIZES);
	const pulls = countersFor(SIZES_FROM_NONE);
	const all = new Sum();
	for (const row of rows) {
		all.add(row);
		timeline.add(row);
		triggers.set(row.trigger, (triggers.get(row.trigger) ?? 0) + 1);
		sumIn(authors, row.author).add(row);
		sumIn(agents, row.agent ?? null).add(row);
		const slot = slotOf(row.startedAt);
		calendar[slot] = (calendar[slot] ?? 0) + 1;
		durations.count(row.minutes);
		sizes.count(row.commits);
		pulls.count(row.pullRequests.length);
		for (const [name, points] of Object.entries(row.categories ?? {})) {
			const sum = categories.get(name) ?? { points: 0, sessions: 0 };
			categories.set(name, { points: sum.points + points, sessions: sum.sessions + 1 });
		}
	}
	return {
		sessions: all.sessions,
		commits: all.commits,
		pullRequests: all.pullRequests,
		microScores: all.microScores,
		noiseSaved: all.microScores === 0 ? null : Math.floor(100 * (1 - all.sessions / all.microScores)),
		batched: seen && seen.commits > 0 ? seen.automatic / seen.commits : null,
		medianMinutes: median(rows.map(({ minutes }) => minutes)),
		meanScore: all.meanScore,
		timeline: timeline.result(),
		triggers: [...triggers]
			.map(([trigger, sessions]) => ({ label: trigger, sessions, filter: { trigger } }))
			.sort((a, b) => b.sessions - a.sessions || compare(a.label, b.label)),
		durations: durations.bars((minutes) => ({ minutes })),
		commitsPerSession: sizes.bars((commits) => ({ commits })),
		pullRequestsPerSession: pulls.bars((pullRequests) => ({ pullRequests })),
		categories: [...categories]
			.map(([name, { points, sessions }]) => ({ name, mean: points / sessions, sessions, filter: { category: name } }))
			.sort((a, b) => compare(a.name, b.name)),
		authors: standings(authors, (author) => ({ name: author, filter: { author } })),
		agents: standings(agents, (agent) => ({ name: agent ?? 'people', filter: { agent } })),
		calendar,
	};
}

class Sum {
	sessions = 0;
	commits = 0;
	pullRequests = 0;
	microScores = 0;
	#minutes = 0;
	#byThemselves = 0;
	#scored = 0;
	#points = 0;

	add(row: AnalyticsRow): void {
		this.sessions++;
		this.commits += row.commits;
		this.pullRequests += row.pullRequests.length;
		// A session of the older system may name neither; it was one thing to score all the same.
		this.microScores += Math.max(1, row.commits, row.pullRequests.length);
		this.#minutes += row.minutes;
		if (row.trigger !== 'explicit') this.#byThemselves++;
		if (row.score === undefined) return;
		this.#scored++;
		this.#points += row.score;
	}

	get meanScore(): number | null {
		return this.#scored === 0 ? null : this.#points / this.#scored;
	}

	standing(name: string, filter: Filter): Standing {
		return {
			name,
			sessions: this.sessions,
			commits: this.commits,
			meanMinutes: this.#minutes / this.sessions,
			meanCommits: this.commits / this.sessions,
			meanScore: this.meanScore,
			completedByThemselves: this.#byThemselves / this.sessions,
			filter,
		};
	}
}

function sumIn<K>(sums: Map<K, Sum>, key: K): Sum {
	const sum = sums.get(key) ?? new Sum();
	sums.set(key, sum);
	return sum;
}

/** The busiest first. */
function standings<K>(sums: Map<K, Sum>, naming: (key: K) => { name: string; filter: Filter }): Standing[] {
	return [...sums]
		.map(([key, sum]) => {
			const { name, filter } = naming(key);
			return sum.standing(name, filter);
		})
		.sort((a, b) => b.sessions - a.sessions || compare(a.name, b.name));
}

/** The last of each bucket; the last bucket has no end. */
const MINUTES = { from: 0, ends: [4, 14, 29, 59, 119, 239], unit: ' min' };
const SIZES = { from: 0, ends: [0, 1, 3, 7, 15, 31], unit: '' };
const SIZES_FROM_NONE = { from: 0, ends: [0, 1, 3, 7, 15], unit: '' };

function countersFor({ from, ends, unit }: { from: number; ends: readonly number[]; unit: string }) {
	const counts = new Array<number>(ends.length + 1).fill(0);
	return {
		count(value: number): void {
			const found = ends.findIndex((end) => value <= end);
			const index = found === -1 ? ends.length : found;
			counts[index] = (counts[index] ?? 0) + 1;
		},
		bars(filterOf: (range: readonly [number, number]) => Filter): Bar[] {
			return counts.map((sessions, index) => {
				const first = index === 0 ? from : (ends[index - 1] ?? 0) + 1;
				const last = ends[index] ?? Number.MAX_SAFE_INTEGER;
				const label = index === ends.length ? `${first}+` : first === last ? `${first}` : `${first}–${last}`;
				return { label: `${label}${unit}`, sessions, filter: filterOf([first, last]) };
			});
		},
	};
}

function median(numbers: number[]): number | null {
	numbers.sort((a, b) => a - b);
	const middle = numbers.length >> 1;
	const upper = numbers[middle];
	if (upper === undefined) return null;
	return numbers.length % 2 === 1 ? upper : (upper + (numbers[middle - 1] ?? upper)) / 2;
}

/** By code unit, so that every machine sorts alike. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
