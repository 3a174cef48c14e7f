import { readFile, stat } from 'node:fs/promises';
import { type PullRequestInput, pullRequestIn } from '../app/checkPullRequest.ts';
import { UserError } from '../core/userError.ts';

/** A pull request event, as far as it is used. */
export interface PullRequestEvent {
	pullRequest: PullRequestInput & { number: number };
	/** Full names of commits: what it is to be merged into, and its last commit. */
	base: string;
	head: string;
}

/** GitHub's own limit for a payload, bytes: docs.github.com, "Webhook events and payloads", "Payload cap". */
const LARGEST_EVENT = 25 * 1024 * 1024;

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Reads the event that the job runs for. It says head.sha itself: what is checked out is GitHub's own merge commit, whose message says nothing.
 * @throws UserError when it cannot be read or is about something else.
 */
export async function readEvent(file: string): Promise<PullRequestEvent> {
	const payload = parse(await readText(file));
	const input = pullRequestIn(payload);
	const { base, head } = (payload as { pull_request: Record<string, { sha?: unknown } | undefined> }).pull_request;
	const { number } = input;
	if (number === undefined || !isSha(base?.sha) || !isSha(head?.sha)) {
		throw new UserError('The event does not say the number, base.sha and head.sha of the pull request.');
	}
	return { pullRequest: { ...input, number }, base: base.sha, head: head.sha };
}

async function readText(file: string): Promise<string> {
	try {
		const { size } = await stat(file);
		if (size <= LARGEST_EVENT) return await readFile(file, 'utf8');
	} catch (error) {
		throw new UserError(`The event cannot be read: ${(error as Error).message}.`);
	}
	throw new UserError('The event has more than 25 MB, which GitHub never sends.');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new UserError(`The event is not JSON: ${(error as Error).message}.`);
	}
}

function isSha(value: unknown): value is string {
	return typeof value === 'string' && SHA.test(value);
}
