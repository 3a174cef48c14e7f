import { readFile, stat } from 'node:fs/promises';
import { type PullRequestInput, pullRequestIn } from '../app/checkPullRequest.ts';
import { isSessionId } from '../core/sessionId.ts';
import { UserError } from '../core/userError.ts';

/** A pull request event, as far as it is used. */
export interface PullRequestEvent {
	kind: 'pull request';
	pullRequest: PullRequestInput & { number: number };
	/** Full names of commits: what it is to be merged into, and its last commit. */
	base: string;
	head: string;
	/** The branch that it is to be merged into. */
	branch: string;
	/** Whether it was closed or merged just now. */
	closed: boolean;
}

/** A comment on an issue or pull request. */
interface CommentEvent {
	kind: 'comment';
	/** Of the pull request; undefined for an issue. */
	number?: number;
	body: string;
	/** Logins: whose comment it is, and whose pull request. */
	author: string;
	owner: string;
}

/** What the job runs for. */
export type Event =
	| PullRequestEvent
	| CommentEvent
	| { kind: 'schedule' }
	/** Somebody who may write started the workflow by hand. */
	| { kind: 'by hand'; session?: string; number?: number };

/** GitHub's own limit for a payload, bytes: docs.github.com, "Webhook events and payloads", "Payload cap". */
const LARGEST_EVENT = 25 * 1024 * 1024;

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Reads the event that the job runs for: docs.github.com, "Events that trigger workflows".
 * @throws UserError when it cannot be read or is about something else.
 */
export async function readEvent(file: string): Promise<Event> {
	const payload = parse(await readText(file)) as Record<string, unknown> | null;
	if (payload && 'schedule' in payload) return { kind: 'schedule' };
	if (payload && 'comment' in payload && 'issue' in payload) return readComment(payload);
	if (payload && 'inputs' in payload && !('pull_request' in payload)) return readInputs(payload.inputs);
	return readPullRequest(payload);
}

/** It says head.sha itself: what is checked out is GitHub's own merge commit, whose message says nothing. */
function readPullRequest(payload: unknown): PullRequestEvent {
	const input = pullRequestIn(payload);
	const { pull_request, action } = payload as { pull_request: Record<string, Ref | undefined>; action?: unknown };
	const { base, head } = pull_request;
	const { number } = input;
	if (number === undefined || !isSha(base?.sha) || !isSha(head?.sha)) {
		throw new UserError('The event does not say the number, base.sha and head.sha of the pull request.');
	}
	const branch = typeof base.ref === 'string' ? base.ref : base.sha;
	const closed = action === 'closed';
	return { kind: 'pull request', pullRequest: { ...input, number }, base: base.sha, head: head.sha, branch, closed };
}

interface Ref {
	sha?: unknown;
	ref?: unknown;
}

function readComment({ action, comment, issue }: Record<string, unknown>): CommentEvent {
	const { body, user } = (comment ?? {}) as { body?: unknown; user?: { login?: unknown } | null };
	const told = (issue ?? {}) as { number?: unknown; pull_request?: unknown; user?: { login?: unknown } | null };
	const isPull = typeof told.number === 'number' && Boolean(told.pull_request) && action === 'created';
	return {
		kind: 'comment',
		...(isPull && { number: told.number as number }),
		body: typeof body === 'string' ? body : '',
		author: typeof user?.login === 'string' ? user.login : '',
		owner: typeof told.user?.login === 'string' ? told.user.login : '',
	};
}

function readInputs(inputs: unknown): Event {
	const given = (inputs ?? {}) as Record<string, unknown>;
	const session = typeof given.session === 'string' ? given.session.trim() : '';
	const number = typeof given['pull-request'] === 'string' ? given['pull-request'].trim() : '';
	if (session !== '' && !isSessionId(session)) {
		throw new UserError('The input "session" is no session id: it looks like alice-20251119-1430.');
	}
	if (number !== '' && !/^[1-9]\d{0,8}$/.test(number)) {
		throw new UserError('The input "pull-request" is no number of a pull request.');
	}
	if ((session === '') === (number === '')) {
		throw new UserError('Give the input "session" or "pull-request", one of them.');
	}
	return session ? { kind: 'by hand', session } : { kind: 'by hand', number: Number(number) };
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
