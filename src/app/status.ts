import type { CompletedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import type { QueuedPublish, State } from '../store/state.ts';
import { hereIn } from './here.ts';
import { waitingIn } from './publishQueue.ts';
import type { Workspace } from './workspace.ts';

/** How a repository's sessions stand. */
export interface Overview {
	/** The session of this working copy. */
	here?: Session;
	/** The other open ones of this repository: of other work trees and authors. */
	others: Session[];
	/** Trailers that wait for a network, a sign-in or a pull request. */
	queue: QueuedPublish[];
	/** Sentences for the user: what could not be read. */
	notices: string[];
}

/** Reads how things stand. Starts no process, takes no lock, writes nothing. `known`: the state, where the caller has just read it. */
export async function readOverview(workspace: Workspace, known?: State): Promise<Overview> {
	return overviewOf(known ?? (await workspace.store.read()), workspace.location.workTree);
}

/** What a state tells of how things stand in one of its work trees (an absolute path). */
export function overviewOf(state: State, workTree: string): Overview {
	const { sessions, problems } = state;
	const here = hereIn(sessions, workTree);
	return {
		...(here && { here }),
		others: sessions.filter((session) => session !== here),
		queue: waitingIn(state),
		notices: problems,
	};
}

/** The newest completed sessions, newest first. */
export async function readCompleted(workspace: Workspace, most: number): Promise<CompletedSession[]> {
	return workspace.store.newest(most);
}
