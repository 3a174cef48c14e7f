import type { Ending, Session } from '../core/session.ts';
import type { Holder } from './holder.ts';
import type { JsonRecord } from './json.ts';

/** How far a working copy's HEAD reflog has been read. */
export interface ReflogCursor {
	/** Where the last entry read begins, in bytes. */
	offset: number;
	/** That entry's new commit and time (ms UTC); undefined when nothing had been written yet. */
	last?: { sha: string; at: number };
}

/** What is remembered of one work tree. */
export interface WorkingCopy {
	/** Undefined until its reflog was read once. */
	reflog?: ReflogCursor;
	/** The windows that watch it, as far as they have noted it. One that was killed stays until somebody looks. */
	owners?: Holder[];
}

/** Trailers that still have to reach a pull request. */
export interface QueuedPublish {
	/** The session's id. */
	session: string;
	/** The branches whose pull requests are to carry them, the current one last. */
	branches: string[];
	/** When the session started, ms UTC: an older pull request of the same branch is not its own. */
	startedAt: number;
	/** Set when the session completed and its end is to be published too. */
	ending?: Ending;
	/** When it was queued, ms UTC. */
	since: number;
	/** How many times it was tried. */
	attempts: number;
	/** Why the last attempt failed, as a sentence. */
	error?: string;
	/** A person was told what to write, on a forge that we do not write to: nothing waits any more. Kept to be printed again. */
	printed?: boolean;
}

/** That a file of ours was damaged, until the user was told what came of it. */
export interface Recovery {
	/** When it was noticed, ms UTC. */
	at: number;
	/** What happened, where the old file is now, and what was recovered: for the user, once. */
	sentence: string;
	/** When the backup was made that took its place, ms UTC; undefined when there was none. */
	since?: number;
	/** What the backup lacks was looked for in history. */
	complete: boolean;
}

/** The live state of a repository, shared by its windows, terminals and hooks. */
export interface State {
	/** Active or warned; a completed one is moved to `completed` by whoever completes it. */
	sessions: Session[];
	/** Completed and not yet in the archive. The store moves them there, and keeps here what it cannot move. */
	completed: Session[];
	/** Why the last attempt to archive failed, as a sentence. */
	archiveError?: string;
	/** The ids that completed last, oldest first: taken, and still told to readers that come late. Kept by the store. */
	recent: string[];
	/** By absolute path. */
	workingCopies: Map<string, WorkingCopy>;
	/** Oldest first. */
	publishQueue: QueuedPublish[];
	/** What the user was told once or silenced, and when (ISO). */
	told: Map<string, string>;
	/** What could not be understood in the file, each a sentence. Not stored. */
	problems: string[];
	/** Set after a file could not be read, until the user was told. */
	recovery?: Recovery;
	/** Of the file only; nobody but stateFile.ts looks inside. */
	carried: Carried;
}

/** What the file holds for readers other than this version of ours. */
interface Carried {
	/** A newer 1.x stays as it is. */
	version: string;
	/** The version that the file was of, where it is another: it is kept when this one replaces it. */
	olderVersion?: string;
	/** By number, which is found several times faster than its text; what others wrote that is no number, by text. */
	prToSession: Map<number | string, string>;
	sessionToPrs: Map<string, string[]>;
	/** Whole entries, with keys that only others know. */
	metadata: Map<string, JsonRecord>;
	/** Ids that the three maps are ours to drop for, once their session is gone. */
	ours: Set<string>;
	/** Unknown members of our own records, by session id and by working copy. */
	sessionExtras: Map<string, JsonRecord>;
	workingCopyExtras: Map<string, JsonRecord>;
	/** Unknown members of the file. */
	rest: JsonRecord;
}

export function emptyState(): State {
	return {
		sessions: [],
		completed: [],
		recent: [],
		workingCopies: new Map(),
		publishQueue: [],
		told: new Map(),
		problems: [],
		carried: {
			version: '1.1',
			prToSession: new Map(),
			sessionToPrs: new Map(),
			metadata: new Map(),
			ours: new Set(),
			sessionExtras: new Map(),
			workingCopyExtras: new Map(),
			rest: {},
		},
	};
}
