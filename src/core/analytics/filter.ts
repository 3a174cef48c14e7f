import type { AnalyticsRow } from './row.ts';

/** From the first number to the last, both counted in. */
export type Range = readonly [from: number, to: number];

/** Which sessions are looked at. What is not given does not narrow. */
export interface Filter {
	/** By the start, ms UTC; the second moment is outside. */
	time?: Range;
	author?: string;
	/** A coding agent's name; `null`: people only. */
	agent?: string | null;
	trigger?: string;
	/** Part of the id or the title, in any case. */
	search?: string;
	minutes?: Range;
	commits?: Range;
	pullRequests?: Range;
	/** Hour of the week by the start, UTC: 0 is Monday 00:00. */
	slot?: number;
	scored?: boolean;
	/** Has points in this category of its score. */
	category?: string;
}

/** The sessions that a filter lets through, in their order. */
export function filtered(rows: readonly AnalyticsRow[], filter: Filter): AnalyticsRow[] {
	const search = filter.search?.trim().toLowerCase();
	return rows.filter(
		(row) =>
			(filter.time === undefined || (row.startedAt >= filter.time[0] && row.startedAt < filter.time[1])) &&
			(filter.author === undefined || row.author === filter.author) &&
			(filter.agent === undefined || (row.agent ?? null) === filter.agent) &&
			(filter.trigger === undefined || row.trigger === filter.trigger) &&
			within(row.minutes, filter.minutes) &&
			within(row.commits, filter.commits) &&
			within(row.pullRequests.length, filter.pullRequests) &&
			(filter.slot === undefined || slotOf(row.startedAt) === filter.slot) &&
			(filter.scored === undefined || (row.score !== undefined) === filter.scored) &&
			(filter.category === undefined || Object.hasOwn(row.categories ?? {}, filter.category)) &&
			(!search || row.id.toLowerCase().includes(search) || (row.title?.toLowerCase().includes(search) ?? false)),
	);
}

/** By what a list of sessions can be sorted. */
export const SORTS = ['newest', 'longest', 'commits', 'files', 'score'] as const;

export type Sort = (typeof SORTS)[number];

/** A sorted copy, the greatest first; what is equal, the newest first. */
export function sorted(rows: readonly AnalyticsRow[], sort: Sort): AnalyticsRow[] {
	const keyOf: Record<Sort, (row: AnalyticsRow) => number> = {
		newest: (row) => row.startedAt,
		longest: (row) => row.minutes,
		commits: (row) => row.commits,
		files: (row) => row.files,
		score: (row) => row.score ?? Number.NEGATIVE_INFINITY,
	};
	const key = keyOf[sort];
	return [...rows].sort((a, b) => {
		const [first, second] = [key(a), key(b)];
		return first === second ? b.startedAt - a.startedAt : second > first ? 1 : -1;
	});
}

const HOUR = 3_600_000;

/** The hour of the week, UTC: 0 is Monday 00:00. 1970-01-01 was a Thursday. */
export function slotOf(at: number): number {
	return (((Math.floor(at / HOUR) + 3 * 24) % 168) + 168) % 168;
}

function within(value: number, range: Range | undefined): boolean {
	return range === undefined || (value >= range[0] && value <= range[1]);
}
