import type { ChangeKind, Commit } from '../commit.ts';
import { foldChanges } from '../netChange.ts';

/** A commit on a session's page. */
export interface DetailedCommit {
	/** Full object name. */
	sha: string;
	/** The first line of its message. */
	subject: string;
	/** Author time, ms UTC. */
	at: number;
	/** How many paths it changed. */
	files: number;
}

/** A file of the net change. */
export interface DetailedFile {
	path: string;
	kind: ChangeKind;
	/** Points that it took part in; undefined where nothing is scored. */
	score?: number;
}

/** Points that were given or taken, and why. */
export interface DetailedReason {
	category: string;
	points: number;
	because: string;
	paths?: readonly string[];
}

/** The score of a session with what it is made of. */
export interface DetailedScore {
	total: number;
	decision: string;
	/** Points by category. */
	breakdown: Readonly<Record<string, number>>;
	reasons: readonly DetailedReason[];
	/** Why it must not pass, as a sentence. */
	blocker?: string;
}

/** What the page of one session shows beside the row that the figures are made from. */
export interface SessionDetails {
	/** Oldest first; as far as this clone has them. */
	commits: readonly DetailedCommit[];
	/** How many of the session's commits this clone does not have. */
	missing: number;
	/** Sorted by path. */
	files: readonly DetailedFile[];
	score?: DetailedScore;
	/** Why there is no score, or what of the rubric could not be used: sentences. */
	problems: readonly string[];
}

/** What commits alone tell of their session. `missing`: how many of its commits are not among them. */
export function detailsOf(commits: readonly Commit[], missing: number): SessionDetails {
	const net = new Map<string, ChangeKind>();
	for (const { files } of commits) foldChanges(net, files);
	return {
		commits: commits.map(({ sha, message, authoredAt, files }) => ({
			sha,
			subject: message.trimStart().split(/\r?\n/, 1)[0] ?? '',
			at: authoredAt,
			files: files.length,
		})),
		missing,
		files: [...net].map(([path, kind]) => ({ path, kind })).sort((a, b) => (a.path < b.path ? -1 : 1)),
		problems: [],
	};
}
