import { nextDue } from '../core/clockwork.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { locateByFiles } from '../git/locateByFiles.ts';
import { stateFileIn } from '../store/layout.ts';
import { emptyState, type State } from '../store/state.ts';
import { parseState } from '../store/stateFile.ts';
import { hasNews } from './news.ts';
import type { Settled } from './settle.ts';
import { settleNear } from './settleNear.ts';
import { type Overview, overviewOf } from './status.ts';

/** How things stand in a working copy, and by which rules. */
export interface Glance {
	overview: Overview;
	settled: Settled;
}

/**
 * How things stand in the working copy that `folder` (absolute) is in, where a few files tell all of it: the code that takes something in,
 * mends or writes is not loaded, which is most of it. Undefined where there is more to do (something happened since somebody looked,
 * time has an effect, a file cannot be read, git has to be asked), and then a `Workspace` is opened. `now`: ms UTC.
 */
export async function glance(folder: string, now: number): Promise<Glance | undefined> {
	try {
		const location = locateByFiles(folder);
		if (!location) return undefined;
		const state = await readState(location.mainWorkTree);
		const settled = await settleNear(location.workTree);
		if (state.recovery || state.archiveError || state.problems.length > 0) return undefined;
		if (state.workingCopies.has(location.workTree) && hasNews(location, state)) return undefined;
		if (state.sessions.some((session) => nextDue(session, settled.rules) <= now)) return undefined;
		return { overview: overviewOf(state, location.workTree), settled };
	} catch {
		// Whoever opens the working copy meets the same, and says what it is.
		return undefined;
	}
}

async function readState(mainWorkTree: string): Promise<State> {
	const text = await readFileIfExists(stateFileIn(mainWorkTree), mainWorkTree);
	return text === undefined ? emptyState() : parseState(text);
}
