import type { Ending } from '../core/session.ts';
import { parseSessionId } from '../core/sessionId.ts';
import { isNamedAfter, refusalOf } from '../core/sessionOwner.ts';
import { readSessionMark } from '../core/trailers.ts';
import type { GitHub, PullRequestSummary } from '../github/types.ts';

/** A session as its pull requests tell it. */
export interface SessionOnForge {
	id: string;
	/** Those that belong to it, oldest first. */
	pullRequests: PullRequestSummary[];
	/** Those that name it and do not belong to it. */
	refused: { number: number; because: string }[];
	/** How it ended, where one of its pull requests says so. */
	ending?: Ending;
}

/** What is needed to look for a session. */
export interface Search {
	github: GitHub;
	/** ms UTC. */
	now: number;
	/** The team's own agents. */
	agents: readonly string[];
}

/**
 * The label on automatic pull requests, here as in the older system. It finds those that time alone would not; whether they belong to
 * a session is for their trailers and accounts to say.
 */
export const LABEL = 'auto-pr';

/** Whoever forges a date must not make us read a repository's whole past: what lies further back is found by its label, ms. */
const FURTHEST_CHANGE = 90 * 24 * 60 * 60_000;

/** The id tells the minute, and a working copy's clock may be ahead of GitHub's, ms. */
const CLOCK_SLACK = 60 * 60_000;

/** So many forgers are looked at one by one; who comes after is refused unseen. */
const MOST_REFUSED = 20;

/**
 * Finds all pull requests of a session, by the trailers in their bodies. A session has one account: whoever else names it is refused.
 * @param candidates Those to look at, where they were listed already.
 */
export async function readSessionOnForge(
	search: Search,
	id: string,
	candidates?: readonly PullRequestSummary[],
): Promise<SessionOnForge> {
	const listed = candidates ?? (await listCandidates(search, parseSessionId(id)?.startedAt ?? search.now));
	const naming = listed.filter(({ body }) => readSessionMark(body)?.id === id);
	const { accounts, refused } = await accountsOf(search, id, naming);
	const pullRequests = naming.filter(({ author }) => accounts.has(author)).sort((a, b) => a.number - b.number);
	const endings = pullRequests
		.map(({ body }) => endingIn(body, id, search.now))
		.filter((ending) => ending !== undefined);
	return { id, pullRequests, refused, ...(endings[0] && { ending: endings[0] }) };
}

/**
 * Lists what may belong to a session that began then: all that changed since, which needs neither labels nor GitHub's search, which lags
 * behind. Of a session that runs for longer than 90 days also those that are open or labelled, however old they are.
 * @param startedAt ms UTC.
 */
export async function listCandidates({ github, now }: Search, startedAt: number): Promise<PullRequestSummary[]> {
	const began = startedAt - CLOCK_SLACK;
	const furthest = now - FURTHEST_CHANGE;
	const lists = await Promise.all([
		github.pullRequestsUpdatedSince(Math.min(Math.max(began, furthest), now)),
		...(began < furthest ? [github.openPullRequests(), github.pullRequestsWithLabel(LABEL)] : []),
	]);
	return [...new Map(lists.flat().map((pullRequest) => [pullRequest.number, pullRequest])).values()];
}

/** The ending that a body tells of a session. One before it began, or in the future, was made up. */
export function endingIn(body: string, id: string, now: number): Ending | undefined {
	const mark = readSessionMark(body);
	if (mark?.id !== id || !mark.ended) return undefined;
	const startedAt = parseSessionId(id)?.startedAt ?? 0;
	return mark.ended.at >= startedAt && mark.ended.at <= now + CLOCK_SLACK ? mark.ended : undefined;
}

/** Why a pull request does not belong to the session that it names; undefined where it does. */
export async function refusalOnForge(
	{ github, agents }: Search,
	id: string,
	number: number,
): Promise<string | undefined> {
	const [pullRequest, commits] = await Promise.all([github.pullRequest(number), github.pullRequestCommits(number)]);
	const { author, authorType, headRepository, baseRepository } = pullRequest;
	const inside = headRepository === baseRepository;
	return refusalOf(id, { author, byApp: authorType === 'Bot', inside, commits }, agents);
}

/**
 * The account whose session it is, and the apps that act for it: the one that is called like the session, else the first whose pull
 * request has its commits.
 */
async function accountsOf(
	search: Search,
	id: string,
	naming: readonly PullRequestSummary[],
): Promise<{ accounts: Set<string>; refused: SessionOnForge['refused'] }> {
	const accounts = new Set<string>();
	const refused: SessionOnForge['refused'] = [];
	let owner: string | undefined;
	const byRank = [...naming].sort((a, b) => rank(id, a) - rank(id, b) || a.number - b.number);
	for (const { number, author, authorType } of byRank) {
		if (accounts.has(author)) continue;
		const person = authorType !== 'Bot';
		const because =
			owner !== undefined && person
				? `it is the session of ${owner}`
				: refused.length < MOST_REFUSED
					? await refusalOnForge(search, id, number)
					: 'too many name this session';
		if (because !== undefined) {
			refused.push({ number, because });
			continue;
		}
		accounts.add(author);
		if (person) owner = author;
	}
	return { accounts, refused: refused.filter(({ number }) => !isOf(naming, number, accounts)) };
}

function isOf(naming: readonly PullRequestSummary[], number: number, accounts: ReadonlySet<string>): boolean {
	return naming.some((it) => it.number === number && accounts.has(it.author));
}

function rank(id: string, { author, authorType }: PullRequestSummary): number {
	return isNamedAfter(id, author) ? 0 : authorType === 'Bot' ? 2 : 1;
}
