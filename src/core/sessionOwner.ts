import { agentOf } from './agents.ts';
import type { Commit, Person } from './commit.ts';
import { parseSessionId, slugOf } from './sessionId.ts';
import { sessionsNamed } from './trailers.ts';

/** A pull request that names a session, as the forge vouches for it. */
export interface Claim {
	/** Login of the account that opened it. */
	author: string;
	/** An app's account: an app acts for people, and only where somebody installed it. */
	byApp: boolean;
	/** Whether its branch lies in the repository itself, where only those may push who may write. */
	inside: boolean;
	commits: readonly ClaimedCommit[];
}

/** A commit of such a pull request. */
export interface ClaimedCommit extends Pick<Commit, 'author' | 'message' | 'committedAt'> {
	/** The account that its author's address belongs to, where the forge knows one. */
	authorLogin?: string;
}

/** Clocks of the machine that commits and of the one that began the session may differ by this, ms. */
const CLOCK_SLACK = 5 * 60_000;

/**
 * Why a pull request does not belong to the session that it names: undefined where it does. Anybody can type anybody's trailer, and
 * git takes any author's name. What cannot be typed is the account that opened the pull request, so a commit of
 * the session's author counts only where that account is behind it, or one that may push to the repository.
 */
export function refusalOf(session: string, claim: Claim, agents: readonly string[]): string | undefined {
	const parts = parseSessionId(session);
	if (!parts) return 'it is no session id';
	const { commits } = claim;
	const named = commits.flatMap(({ message }) => sessionsNamed(message));
	if (named.length > 0 && !named.includes(session)) return 'its commits name another session';
	if (!commits.some(({ committedAt }) => committedAt >= parts.startedAt - CLOCK_SLACK)) {
		return 'all of its commits are older than the session';
	}
	const isAuthor = (person: Person) => slugsOf(person).includes(parts.author);
	if (isAuthor({ name: claim.author })) return undefined;
	const vouched = commits.some((commit) => isAuthor(commit.author) && isVouchedFor(commit, claim, agents));
	return vouched ? undefined : "it is another author's session";
}

/** Whether the account's own name is the session's author: the surest sign. */
export function isNamedAfter(session: string, login: string): boolean {
	return parseSessionId(session)?.author === slugOf({ name: login });
}

function isVouchedFor(
	{ author: committed, authorLogin }: ClaimedCommit,
	{ author, byApp, inside }: Claim,
	agents: readonly string[],
): boolean {
	// An app acts for people, and people open the pull requests of agents.
	if (byApp || agentOf(committed, agents) !== undefined) return inside;
	return authorLogin === undefined ? inside : authorLogin.toLowerCase() === author.toLowerCase();
}

/** Ids are made of the name; of the address where there is none. */
function slugsOf({ name, email }: Person): string[] {
	return [slugOf({ name }), ...(email === undefined ? [] : [slugOf({ name: '', email })])];
}
