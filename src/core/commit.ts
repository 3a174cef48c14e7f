/** A person or account as git names it. */
export interface Person {
	/** As in `user.name`; may be empty. */
	name: string;
	/** As in `user.email`; undefined where a history does not tell it. */
	email?: string;
}

/** How a path changed, in the letters of `git log --name-status`. */
export type ChangeKind = 'A' | 'M' | 'D' | 'R' | 'C' | 'T';

/** One path that a commit changed. */
export interface FileChange {
	kind: ChangeKind;
	/** Path from the top of the repository, with `/`. For a rename, the new one. */
	path: string;
	/** The old path of a rename or copy. */
	from?: string;
}

/** One commit, as history, the reflog or a forge tells it. */
export interface Commit {
	/** Full object name. */
	sha: string;
	/** Full object names; the first is the branch that the commit was made on. */
	parents: readonly string[];
	author: Person;
	committer: Person;
	/** When the change was first made, ms since the epoch, UTC. Survives a rebase. */
	authoredAt: number;
	/** When this commit object was made, ms since the epoch, UTC. */
	committedAt: number;
	/** The whole message, unchanged. */
	message: string;
	/** Against the first parent. Empty for a merge. */
	files: readonly FileChange[];
}
