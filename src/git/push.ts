import { UserError } from '../core/userError.ts';
import { GitError } from './gitError.ts';
import type { Location } from './location.ts';
import { streamGit } from './run.ts';

/** What is pushed where. */
interface Push {
	/** The remote's name. */
	remote: string;
	/** Full name of the commit. */
	head: string;
	/** The branch there, without `refs/heads/`. */
	branch: string;
	/** Ends git. What has arrived by then stays. */
	signal?: AbortSignal;
}

/**
 * Pushes a commit to a branch of a remote, with the user's own credentials and hooks. Never forces: a branch that has other
 * commits is left as it is.
 * @throws UserError with what git said, and the signal's reason when it was ended.
 */
export async function push(location: Location, { remote, head, branch, signal }: Push): Promise<void> {
	const args = ['push', '--porcelain', '--no-force', '--end-of-options', remote, `${head}:refs/heads/${branch}`];
	let said = '';
	try {
		for await (const piece of streamGit(location.workTree, args, signal ? { signal } : {})) said += piece.toString();
	} catch (error) {
		signal?.throwIfAborted();
		if (!(error instanceof GitError)) throw error;
		throw new UserError(explain(said, error.stderr, remote, branch));
	}
}

function explain(said: string, stderr: string, remote: string, branch: string): string {
	if (/\[rejected\].*\((?:fetch first|non-fast-forward|stale info)\)/.test(said)) {
		return `${branch} on ${remote} has commits that are not here, so nothing was pushed: pull them first.`;
	}
	if (
		/could not read (?:Username|Password)|Authentication failed|Permission denied|terminal prompts disabled/.test(
			stderr,
		)
	) {
		return `${remote} did not let git in: sign in once with git push in a terminal, then try again.`;
	}
	const reason = /^!.*\[(?:remote )?rejected\] \((.*)\)$/m.exec(said)?.[1] ?? stderr.trim().split('\n').at(-1) ?? '';
	return `git could not push ${branch} to ${remote}: ${reason.trim() || 'it did not say why'}`;
}
