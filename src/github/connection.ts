import { Octokit, type OctokitOptions } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { type Answer, explain, GitHubError, readRetryAt } from './errors.ts';
import { guardFetch } from './guardedFetch.ts';
import type { Forge } from './remote.ts';

/** How long a connection tries. */
interface Patience {
	/** For one answer, ms. */
	answerWithin: number;
	/** How often a request is sent again after no answer or a failure of GitHub's own. Waits 1 s, 4 s, 9 s, … */
	retries: number;
	/** The longest wait for a rate limit, ms. A longer one is an error that tells when it ends. */
	longestLimit: number;
	/** How long a second of waiting takes, ms. */
	second: number;
}

const PATIENCE: Patience = { answerWithin: 30_000, retries: 2, longestLimit: 10_000, second: 1000 };

export interface ConnectionOptions {
	forge: Forge;
	/** Asked before each operation. It must be the forge's own token: it is sent to `forge.apiUrl`. */
	token?: () => Promise<string | undefined>;
	/** Names this program to GitHub, which refuses a request without it. */
	userAgent: string;
	/** Default: the platform's. The editor brings one that knows the user's proxy. */
	fetch?: typeof globalThis.fetch;
	/** Ends whatever is under way; operations then reject with the signal's reason. */
	signal?: AbortSignal;
	patience?: Partial<Patience>;
}

/** One repository on GitHub, and the way to ask about it. */
export interface Connection {
	octokit: InstanceType<typeof PatientOctokit>;
	/** What each route's template takes. */
	place: { owner: string; repo: string };
	/**
	 * Sends requests, and says what went wrong with them.
	 * @param attempt What they are for, after "to": `read pull request #7`.
	 * @throws {GitHubError}
	 */
	ask<T>(attempt: string, send: () => Promise<T>): Promise<T>;
}

/** `waitForShortLimit` stands first, so that it sees a failure before `retry` does. */
const PatientOctokit = Octokit.plugin(waitForShortLimit, sendPlainJson, retry, paginateRest);

/** What is our own fault does not get better by repeating it. */
const OUR_FAULT = Array.from({ length: 100 }, (_, index) => 400 + index);

export function connect(options: ConnectionOptions): Connection {
	const { forge, signal } = options;
	const patience = { ...PATIENCE, ...options.patience };
	let token: string | undefined;
	const octokit = new PatientOctokit({
		baseUrl: forge.apiUrl,
		userAgent: options.userAgent,
		request: {
			fetch: guardFetch({
				send: options.fetch ?? globalThis.fetch,
				origin: new URL(forge.apiUrl).origin,
				token: () => token,
				answerWithin: patience.answerWithin,
				signal,
			}),
		},
		retry: { retries: patience.retries, doNotRetry: OUR_FAULT, retryAfterBaseValue: patience.second },
		longestLimit: patience.longestLimit,
	});
	return {
		octokit,
		place: { owner: forge.owner, repo: forge.repository },
		async ask(attempt, send) {
			signal?.throwIfAborted();
			token = await readToken(options);
			try {
				return await orAborted(send(), signal);
			} catch (error) {
				signal?.throwIfAborted();
				throw toGitHubError(error, `${attempt} in ${forge.owner}/${forge.repository}`, forge.host, token);
			}
		},
	};
}

/** @throws {GitHubError} if it cannot stand in a header: the platform's own error would repeat it. */
async function readToken({ token, forge }: ConnectionOptions): Promise<string | undefined> {
	const text = (await token?.())?.trim();
	if (text && !/^[\x21-\x7e]+$/.test(text)) {
		throw new GitHubError('unauthorized', `The token for ${forge.host} has characters that no token has: set it anew.`);
	}
	return text || undefined;
}

/** Rejects as soon as the signal comes, even while `retry` waits. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return work;
	let abort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		abort = () => reject(signal.reason);
		signal.addEventListener('abort', abort, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

/** What octokit throws: with `response` if there was an answer, with `cause` if there was none. */
interface RequestFailure extends Error {
	response?: Answer;
	cause?: { cause?: { code?: unknown } };
}

/** An octokit plugin: has `retry` wait once for a rate limit that ends soon, even of a request that is not repeated else. */
function waitForShortLimit(octokit: Octokit, options: OctokitOptions): void {
	octokit.hook.error('request', (error) => {
		const { response } = error as RequestFailure;
		const now = Date.now();
		const wait = response && (readRetryAt(response, now) ?? Number.POSITIVE_INFINITY) - now;
		if (wait === undefined || wait > options.longestLimit) throw error;
		const { retry } = octokit as InstanceType<typeof PatientOctokit>;
		throw retry.retryRequest(error as Parameters<typeof retry.retryRequest>[0], 1, Math.max(1, Math.ceil(wait / 1000)));
	});
}

/**
 * An octokit plugin: writes the document of a request itself. octokit's own JSON writer (json-with-bigint) breaks a text that ends
 * in something like `"1n` where the platform has no JSON.rawJSON, which is before Node 22.
 */
function sendPlainJson(octokit: Octokit): void {
	octokit.hook.before('request', (options) => {
		const { body } = octokit.request.endpoint.parse(options);
		if (typeof body === 'object') Object.assign(options, { data: JSON.stringify(body) });
	});
}

function toGitHubError(error: unknown, attempt: string, host: string, token: string | undefined): unknown {
	if (!(error instanceof Error) || error.name !== 'HttpError') return error;
	const { response, message, cause } = error as RequestFailure;
	const known = { attempt, host, token, now: Date.now() };
	if (response) return explain({ ...known, answer: response });
	// A connection tried over IPv4 and IPv6 fails with a code and no message.
	return explain({ ...known, reason: message || String(cause?.cause?.code ?? 'no answer') });
}
