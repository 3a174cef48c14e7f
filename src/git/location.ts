/** Where a working copy and its repository are: absolute real paths, with the separators of this system. */
export interface Location {
	/** The top folder of the working copy. */
	workTree: string;
	/** What is this working copy's own: HEAD and its reflog. In a linked work tree `<commonDir>/worktrees/<name>`. */
	gitDir: string;
	/** What all working copies of the repository share: refs, hooks, info/exclude. */
	commonDir: string;
	/** The main work tree, where what they share of ours lives. Without one (bare repository): `workTree`. */
	mainWorkTree: string;
}
