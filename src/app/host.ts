import type { Forge } from '../github/remote.ts';

/** Where the words for people go. One sentence a call, without a time: the face adds it. */
interface Log {
	info(sentence: string): void;
	warn(sentence: string): void;
	error(sentence: string): void;
}

/** What a use case needs of the face that calls it. */
export interface Host {
	/** The time now, ms UTC. */
	now(): number;
	log: Log;
	/** A token for a forge, or undefined where nobody is signed in. */
	token(forge: Forge): Promise<string | undefined>;
	/**
	 * Of a process that stays: told why nothing can be written (a full disk, say) while tracking goes on in memory, and
	 * undefined once all is on disk. Without it, such a failure is an error.
	 */
	trouble?(sentence: string | undefined): void;
	/** The address of the forge's API where it is not the one that the remote's host implies (GITHUB_API_URL). */
	apiUrl?: string;
	/**
	 * Reads a file of the team's, such as its configuration, where that of the work tree is not to be trusted: a pull request must not
	 * choose the rules that it is judged by. Without it, the work tree's is read.
	 * @param path From the top of the repository, with `/`.
	 * @returns undefined where there is none of that name.
	 */
	teamFile?(path: string): Promise<string | undefined>;
	/** Where this package lies, absolute: set-up copies the action from it. */
	packageFolder?: string;
}
