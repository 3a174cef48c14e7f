import type { ChangeKind } from './commit.ts';
import { isDocs, isTest } from './paths.ts';
import type { Origin, Session } from './session.ts';

/** A completed session as the archive keeps it: what analytics, the dashboard and scoring need, and no more. */
export interface CompletedSession {
	id: string;
	author: string;
	/** ms UTC. */
	startedAt: number;
	/** ms UTC. */
	lastActivityAt: number;
	/** ms UTC. */
	completedAt: number;
	/** One of `Trigger`, or a word of the older system's that has no counterpart. */
	trigger: string;
	/** From start to completion, whole minutes, rounded down. */
	durationMinutes: number;
	/** Numbers of its pull requests, oldest first. */
	pullRequests: number[];
	/** Files in the net change. */
	filesChanged: number;
	/** Of these, new tests. */
	testFilesAdded: number;
	/** Of these, documentation added or changed. */
	docsUpdated: number;
	/** Of these, how many changed in which way. */
	filesByKind: Partial<Record<ChangeKind, number>>;
	/** Object names, in the order in which they were seen. Empty for a session of the older system. */
	commits: string[];
	/** The parent of the first commit. */
	base?: string;
	/** The branches that it worked on, the last one last. */
	branches: string[];
	agent?: string;
	title?: string;
	/** Undefined for a session of the older system. */
	origin?: Origin;
	/** How many of its commits name an agent as co-author. */
	assisted: number;
	/** Set once CI has scored it. */
	score?: number;
}

/** What the archive keeps of a completed session. Throws when it has not ended. */
export function completedSession(session: Session): CompletedSession {
	const { id, author, startedAt, lastActivityAt, ended, files, assisted, base, agent, title, origin } = session;
	if (!ended) throw new Error(`Session ${id} has not ended.`);
	const filesByKind: Partial<Record<ChangeKind, number>> = {};
	for (const kind of files.values()) filesByKind[kind] = (filesByKind[kind] ?? 0) + 1;
	const changes = [...files];
	return {
		id,
		author,
		startedAt,
		lastActivityAt,
		completedAt: ended.at,
		trigger: ended.trigger,
		durationMinutes: minutesBetween(startedAt, ended.at),
		pullRequests: [...session.pullRequests],
		filesChanged: files.size,
		testFilesAdded: changes.filter(([path, kind]) => kind === 'A' && isTest(path)).length,
		docsUpdated: changes.filter(([path, kind]) => kind !== 'D' && isDocs(path)).length,
		filesByKind,
		commits: session.commits.map(({ sha }) => sha),
		branches: [...session.branches.keys()],
		...(base !== undefined && { base }),
		...(agent !== undefined && { agent }),
		...(title !== undefined && { title }),
		origin,
		assisted,
	};
}

/** Whole minutes from one moment to another (ms UTC), never below 0. */
export function minutesBetween(from: number, to: number): number {
	return Math.max(0, Math.floor((to - from) / 60_000));
}
