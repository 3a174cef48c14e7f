import { type Check, checkPullRequest } from '../core/check.ts';
import type { PullRequestFacts } from '../core/detection.ts';
import { UserError } from '../core/userError.ts';
import type { Settled } from './settle.ts';

/** A pull request as the command line or a webhook describes it. */
export interface PullRequestInput extends Omit<PullRequestFacts, 'author'> {
	number?: number;
	/** Login or name of its author. */
	author: string;
}

/** Answers CI's question about a pull request. Needs no network and starts no process. */
export function check({ author, ...facts }: PullRequestInput, { rules }: Settled): Check {
	return checkPullRequest({ ...facts, author: { name: author } }, rules);
}

/**
 * Reads the pull request out of a webhook's payload (GITHUB_EVENT_PATH).
 * @throws UserError when the payload is not about a pull request.
 */
export function pullRequestIn(payload: unknown): PullRequestInput {
	const pullRequest = (payload as { pull_request?: unknown } | null)?.pull_request;
	if (typeof pullRequest !== 'object' || pullRequest === null) {
		throw new UserError('The event is not about a pull request: run this on pull_request events.');
	}
	// As docs.github.com, "Webhook events and payloads", has it; whatever is not as expected counts as absent.
	const { number, title, body, user, changed_files, head } = pullRequest as Record<string, unknown>;
	const { login } = (user ?? {}) as { login?: unknown };
	const { ref } = (head ?? {}) as { ref?: unknown };
	return {
		title: typeof title === 'string' ? title : '',
		body: typeof body === 'string' ? body : '',
		author: typeof login === 'string' ? login : '',
		...(typeof number === 'number' && { number }),
		...(typeof changed_files === 'number' && { fileCount: changed_files }),
		...(typeof ref === 'string' && { branch: ref }),
	};
}
