import type { ChangeKind } from './commit.ts';

/** `active`, then `warning` (idle for `idle_warning_minutes`), then `completed`. */
export type Status = 'active' | 'warning' | 'completed';

/** Why a session completed. */
export type Trigger = 'explicit' | 'timeout' | 'heuristic' | 'closed' | 'orphaned';

/** What the session began with: a person's hand, an agent's hook, or a commit that was found to be automatic. */
export type Origin = 'hand' | 'agent' | 'commit';

/** A commit as its session remembers it: enough to know it again after a rebase gave it another name. */
export interface SessionCommit {
	sha: string;
	/** Author time, ms UTC. */
	authoredAt: number;
}

/** How and when a session completed. */
export interface Ending {
	trigger: Trigger;
	/** ms UTC: the last activity, not the moment that somebody noticed. */
	at: number;
}

/** One piece of work: of one author, in one working copy, from its first activity to its completion. */
export interface Session {
	/** See `sessionId.ts`. */
	id: string;
	/** The author's name as git has it. */
	author: string;
	/** Who the author is, for comparing: see `identityOf`. */
	identity: string;
	origin: Origin;
	status: Status;
	/** ms UTC. */
	startedAt: number;
	/** ms UTC; never before `startedAt`. */
	lastActivityAt: number;
	title?: string;
	/** Absolute path of the work tree; undefined where only history is known. */
	workingCopy?: string;
	/** The branches that its commits were made on, the current one last, each with its pull request's number once known. */
	branches: Map<string, number | undefined>;
	/** The known coding agent whose account made it, by its name in `agents.ts`. */
	agent?: string;
	/** The session id that another tool's trailer gives (`Entire-Session: …`), key and value. */
	foreign?: string;
	/** The conversation of a coding agent that worked on it last, as the agent's hook names it: `cursor:668320d2-2fd8`. */
	conversation?: string;
	/**
	 * Something surer than time says which commits belong together: an agent's own branch, or a
	 * session id that a trailer gives. See docs/sessions.md, "Anchored sessions".
	 */
	anchored: boolean;
	/** In the order in which they were seen. */
	commits: SessionCommit[];
	/** The net change by path, each file once: see `netChange.ts`. */
	files: Map<string, ChangeKind>;
	/** Numbers of its pull requests, oldest first. */
	pullRequests: number[];
	/** How many of its commits name an agent as co-author. */
	assisted: number;
	/** The parent of its first commit: the net change is from here. */
	base?: string;
	ended?: Ending;
}
