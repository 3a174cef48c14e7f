import { UserError } from '../core/userError.ts';

/**
 * What went wrong with a request to GitHub.
 * - `offline`: no answer: no network, a refused or broken connection, a time limit
 * - `unauthorized`: no token, or one that GitHub does not take
 * - `forbidden`: the token may not do this
 * - `rateLimit`: too many requests; see `retryAt`
 * - `notFound`: there is none, or the token may not see it
 * - `invalid`: GitHub refused the content
 * - `server`: GitHub itself failed
 */
export type GitHubErrorKind =
	| 'offline'
	| 'unauthorized'
	| 'forbidden'
	| 'rateLimit'
	| 'notFound'
	| 'invalid'
	| 'server';

/** A request to GitHub that did not work out. The message says what, why, and what to do; never a token. */
export class GitHubError extends UserError {
	override name = 'GitHubError';
	readonly kind: GitHubErrorKind;
	/** Of a rate limit: when to ask again, ms UTC. */
	readonly retryAt?: number;

	constructor(kind: GitHubErrorKind, message: string, retryAt?: number) {
		super(message);
		this.kind = kind;
		if (retryAt !== undefined) this.retryAt = retryAt;
	}

	/** The same request may work later, unchanged. */
	get temporary(): boolean {
		return this.kind === 'offline' || this.kind === 'server' || this.kind === 'rateLimit';
	}
}

/** An answer that is a refusal or failure. */
export interface Answer {
	status: number;
	/** By lower-case name. */
	headers: Readonly<Record<string, string | number | undefined>>;
	data: unknown;
}

/** What is known of a request that failed. */
export interface Failure {
	/** What was attempted, after "to": `read pull request #7 of octo/demo`. */
	attempt: string;
	/** The forge's host. */
	host: string;
	/** The token that was sent, so that it can be kept out of the message; undefined without a sign-in. */
	token: string | undefined;
	/** Undefined when there was no answer. */
	answer?: Answer;
	/** Why there was no answer. */
	reason?: string;
	/** ms UTC. */
	now: number;
}

/** The sentence for a request that failed. */
export function explain(failure: Failure): GitHubError {
	const { host, answer, token } = failure;
	const attempt = flatten(failure.attempt, token);
	if (!answer) {
		return new GitHubError('offline', `Could not reach ${host} to ${attempt}${ending(failure.reason, token)}.`);
	}
	const retryAt = readRetryAt(answer, failure.now);
	if (retryAt !== undefined) {
		const until = new Date(retryAt).toISOString();
		return new GitHubError(
			'rateLimit',
			`${host} takes no more requests until ${until}: could not ${attempt}.`,
			retryAt,
		);
	}
	return explainStatus(attempt, failure, answer);
}

function explainStatus(attempt: string, { host, token }: Failure, answer: Answer): GitHubError {
	const { status } = answer;
	const reason = ending(readMessage(answer.data), token);
	switch (status) {
		case 401:
			return token === undefined
				? new GitHubError('unauthorized', `Could not ${attempt}: sign in to ${host}, or set GITHUB_TOKEN.`)
				: new GitHubError(
						'unauthorized',
						`Could not ${attempt}: ${host} refuses the token, sign in again or renew it.`,
					);
		case 403:
			return new GitHubError('forbidden', `You may not ${attempt}${reason}. ${adviceOn403(answer.headers)}`);
		case 404:
		case 410: {
			const why = token === undefined ? 'or it needs a sign-in' : 'or your sign-in may not see it';
			return new GitHubError('notFound', `Could not ${attempt}: ${host} has no such thing, ${why}.`);
		}
		default:
			return status >= 500
				? new GitHubError('server', `Could not ${attempt}: ${host} failed with ${status}${reason}.`)
				: new GitHubError('invalid', `Could not ${attempt}: ${host} refused it with ${status}${reason}.`);
	}
}

/** docs.github.com, "SAML and the REST API": the header says that the organisation wants single sign-on. */
function adviceOn403(headers: Answer['headers']): string {
	return 'x-github-sso' in headers
		? 'Authorize the token for the organization (SAML single sign-on) in your GitHub settings.'
		: 'Use a token with write access to the repository (pull requests and issues: write).';
}

/** ms. What GitHub asks for when it names no time: docs.github.com, "Exceeding the rate limit". */
const UNNAMED_WAIT = 60_000;

/**
 * When a refused request may be sent again, ms UTC; undefined if it was no rate limit that refused it.
 * Source: docs.github.com, "Rate limits for the REST API", "Exceeding the rate limit".
 */
export function readRetryAt(answer: Answer, now: number): number | undefined {
	if (answer.status !== 403 && answer.status !== 429) return undefined;
	const after = readSeconds(answer.headers['retry-after']);
	if (after !== undefined) return now + after;
	const reset = readSeconds(answer.headers['x-ratelimit-reset']);
	if (String(answer.headers['x-ratelimit-remaining']) === '0') return reset ?? now + UNNAMED_WAIT;
	const limited = answer.status === 429 || /rate limit|abuse detection/i.test(readMessage(answer.data) ?? '');
	return limited ? now + UNNAMED_WAIT : undefined;
}

/** A header's whole seconds, as ms; undefined for what cannot be a time. */
function readSeconds(header: unknown): number | undefined {
	return /^\d{1,10}$/.test(String(header)) ? Number(header) * 1000 : undefined;
}

/** GitHub's own words on what is wrong, such as "body is too long (maximum is 65536 characters)". */
function readMessage(data: unknown): string | undefined {
	if (typeof data !== 'object' || data === null) return undefined;
	const { message, errors } = data as { message?: unknown; errors?: unknown };
	const details = Array.isArray(errors) ? errors.map(readDetail).filter((it) => it !== undefined) : [];
	const texts = [...(typeof message === 'string' ? [message] : []), ...details];
	return texts.length > 0 ? texts.join('; ') : undefined;
}

function readDetail(error: unknown): string | undefined {
	if (typeof error === 'string') return error;
	if (typeof error !== 'object' || error === null) return undefined;
	const { message, field, code } = error as Record<string, unknown>;
	if (typeof message === 'string') return message;
	return typeof field === 'string' && typeof code === 'string' ? `${field}: ${code}` : undefined;
}

/** Another's words as the end of our sentence. */
function ending(text: string | undefined, token: string | undefined): string {
	const plain = flatten(text ?? '', token).replace(/\.$/, '');
	return plain ? `: ${plain}` : '';
}

/** Another's words on one line, not endless, and without the token, should they repeat it. */
function flatten(text: string, token: string | undefined): string {
	const safe = token ? text.replaceAll(token, '…') : text;
	return safe
		.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
		.trim()
		.slice(0, 300);
}

/** @returns undefined where there is none, or the token may not see it. */
export async function unlessNotFound<T>(send: () => Promise<T>): Promise<T | undefined> {
	try {
		return await send();
	} catch (error) {
		if (error instanceof GitHubError && error.kind === 'notFound') return undefined;
		throw error;
	}
}
