import type { QueuedPublish, State } from '../store/state.ts';

/** A pull request that is not there after this time will not come any more, ms. */
const GIVE_UP_AFTER = 14 * 24 * 60 * 60_000;

/** How many entries of each kind the live state has room for, to stay below 100 KB. */
const MOST_QUEUED = 100;
const MOST_TOLD = 200;
const MOST_WORKING_COPIES = 50;

/**
 * Keeps the live state small, whatever is never fetched from it: a repository without a forge publishes nothing, and agents make working
 * copies and leave. Returns the queue's entries that were given up, for the log.
 */
export function keepSmall(state: State, now: number): QueuedPublish[] {
	const fresh = state.publishQueue.filter(({ since }) => now - since <= GIVE_UP_AFTER);
	const kept = new Set(fresh.slice(-MOST_QUEUED));
	const givenUp = state.publishQueue.filter((entry) => !kept.has(entry));
	state.publishQueue = [...kept];
	for (const what of [...state.told.keys()].slice(0, -MOST_TOLD)) state.told.delete(what);
	for (const path of unusedCopies(state)) state.workingCopies.delete(path);
	return givenUp;
}

/** Of too many working copies, those that nobody watches or works in, the longest unused first. One that comes back begins anew. */
function unusedCopies({ workingCopies, sessions }: State): string[] {
	const inUse = new Set(sessions.map(({ workingCopy }) => workingCopy));
	return [...workingCopies]
		.filter(([path, { owners }]) => !inUse.has(path) && (owners ?? []).length === 0)
		.sort(([, a], [, b]) => (a.reflog?.last?.at ?? 0) - (b.reflog?.last?.at ?? 0))
		.slice(0, Math.max(0, workingCopies.size - MOST_WORKING_COPIES))
		.map(([path]) => path);
}
