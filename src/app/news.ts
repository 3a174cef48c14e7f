import { hasAgentNotes } from '../git/agentNotes.ts';
import type { Location } from '../git/location.ts';
import { readReflog } from '../git/reflog.ts';
import type { ReflogCursor, State } from '../store/state.ts';

/** Whether `observe` would have something to take in, where `state` has just been read. Starts no process. */
export function hasNews(location: Location, state: State): boolean {
	const from = state.workingCopies.get(location.workTree)?.reflog;
	const { cursor } = readReflog(location, from);
	return !isSame(from, cursor) || hasAgentNotes(location);
}

/** Whether two cursors stand at the same place of the same reflog. */
export function isSame(a: ReflogCursor | undefined, b: ReflogCursor | undefined): boolean {
	return a?.offset === b?.offset && a?.last?.sha === b?.last?.sha && a?.last?.at === b?.last?.at;
}
