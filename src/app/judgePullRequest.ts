import { type Check, completeCheck } from '../core/check.ts';
import type { Ending } from '../core/session.ts';
import { sessionsNamed, withoutSession } from '../core/trailers.ts';
import type { GitHub } from '../github/types.ts';
import { check, type PullRequestInput } from './checkPullRequest.ts';
import { endingIn, readSessionOnForge, refusalOnForge, type Search, type SessionOnForge } from './sessionOnForge.ts';
import type { Settled } from './settle.ts';

/** What is known of a pull request and of the session that it belongs to. */
export interface Judgement {
	check: Check;
	/** Its session, as all of its pull requests tell it; undefined where it belongs to none. */
	session?: SessionOnForge;
	/** Sentences for the reader: what was refused, and why. */
	notes: string[];
}

/** A pull request of a forge. */
export type ForgePullRequest = PullRequestInput & { number: number };

/**
 * Whether a pull request may be scored now, by what the forge vouches for: a session that is not its author's to name, and an
 * ending that somebody else wrote, count for nothing.
 */
export async function judgePullRequest(
	search: Search,
	pullRequest: ForgePullRequest,
	settled: Settled,
): Promise<Judgement> {
	const { number, body } = pullRequest;
	const named = sessionsNamed(body);
	const commits = named.length > 0 ? undefined : await search.github.pullRequestCommits(number);
	const told = { ...pullRequest, ...(commits && { commits }) };
	const asTold = check(told, settled);
	const id = asTold.session;
	if (id === undefined) return { check: asTold, notes: [] };
	const session = await readSessionOnForge(search, id);
	const because = await joinOrRefuse(search, session, number);
	if (because !== undefined) {
		const own = { ...pullRequest, body: named.reduce(withoutSession, body) };
		const notes = [`#${number} names session ${id}, which counts for nothing: ${because}.`];
		return { check: check(own, settled), notes };
	}
	const notes = session.refused.map((it) => `#${it.number} names session ${id} and is left out: ${it.because}.`);
	const ending = session.ending ?? endingIn(body, id, search.now);
	const without = check({ ...told, body: bodyWithoutEnding(body, id) }, settled);
	return {
		check: ending ? completeCheck(asTold, ending.trigger) : without,
		session: withEnding(session, ending),
		notes,
	};
}

/** @returns why the pull request does not belong to the session; joins it where it does and only its commits name it. */
async function joinOrRefuse(search: Search, session: SessionOnForge, number: number): Promise<string | undefined> {
	const refused = session.refused.find((it) => it.number === number);
	const because = refused?.because ?? (await refusalOnForge(search, session.id, number));
	if (because !== undefined || session.pullRequests.some((it) => it.number === number)) return because;
	const { headRef: _, ...own } = await search.github.pullRequest(number);
	const others = session.pullRequests.filter(({ authorType }) => authorType !== 'Bot');
	if (own.authorType !== 'Bot' && others.length > 0 && others.every(({ author }) => author !== own.author)) {
		return `it is the session of ${others[0]!.author}`;
	}
	session.pullRequests = [...session.pullRequests, own].sort((a, b) => a.number - b.number);
	return undefined;
}

/** A marker in the title still completes the session where the trailer that ends it was made up. */
function bodyWithoutEnding(body: string, id: string): string {
	return `${withoutSession(body, id)}\n\nSession-Id: ${id}`;
}

function withEnding(session: SessionOnForge, ending: Ending | undefined): SessionOnForge {
	return ending ? { ...session, ending } : session;
}

/** Whether the session has no pull request left that is open: it ends with its last one. */
export function isClosed({ pullRequests }: SessionOnForge): boolean {
	return pullRequests.length > 0 && pullRequests.every(({ state }) => state === 'closed');
}

/** Where a session's pull requests begin and end, and what they change. */
export interface Extent {
	/** The last pull request's, full names of commits. */
	base: string;
	head: string;
}

/** The base and head of a session's last pull request, read anew. */
export async function extentOf(github: GitHub, { pullRequests }: SessionOnForge): Promise<Extent> {
	const { baseSha, headSha } = await github.pullRequest(pullRequests.at(-1)!.number);
	return { base: baseSha, head: headSha };
}
