const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The epoch began on a Thursday; weeks begin on Monday. */
const FIRST_MONDAY = 4 * DAY;

/** How many backups of each age are kept. */
export interface Rotation {
	hours: number;
	days: number;
	weeks: number;
}

const ROTATION: Rotation = { hours: 24, days: 7, weeks: 4 };

/**
 * Which of the backups made at these times (ms UTC) are kept: the newest of each of the last 24 hours, 7 days and 4 weeks in which one
 * was made. Hours without one do not count, so that a holiday costs nothing.
 */
export function keptBackups(times: readonly number[], { hours, days, weeks }: Rotation = ROTATION): Set<number> {
	return new Set([
		...newestOfEach(times, (at) => Math.floor(at / HOUR), hours),
		...newestOfEach(times, (at) => Math.floor(at / DAY), days),
		...newestOfEach(times, (at) => Math.floor((at - FIRST_MONDAY) / WEEK), weeks),
	]);
}

/** Whether it is time for the next one: none was made in the last hour. A clock that was set back makes it time too. */
export function isBackupDue(newest: number | undefined, now: number): boolean {
	return newest === undefined || now - newest >= HOUR || now < newest;
}

function newestOfEach(times: readonly number[], spanOf: (at: number) => number, most: number): number[] {
	const newest = new Map<number, number>();
	for (const at of times) newest.set(spanOf(at), Math.max(at, newest.get(spanOf(at)) ?? at));
	return [...newest.values()].sort((a, b) => b - a).slice(0, most);
}
