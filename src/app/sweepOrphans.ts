import { agentOfBranch } from '../core/agents.ts';
import type { Configuration } from '../core/configuration.ts';
import type { Ending } from '../core/session.ts';
import { parseSessionId } from '../core/sessionId.ts';
import { readSessionMark } from '../core/trailers.ts';
import type { PullRequestSummary } from '../github/types.ts';
import { completeSession } from './completeSession.ts';
import { listCandidates, readSessionOnForge, type Search, type SessionOnForge } from './sessionOnForge.ts';

const MINUTE = 60_000;

/** So many at once, so that a repository's first run ends within its time; the next run takes the rest. */
const MOST_AT_ONCE = 20;

/**
 * Completes the sessions whose editor went away.
 * @returns those that were completed.
 */
export async function sweepOrphans(search: Search, configuration: Configuration): Promise<SessionOnForge[]> {
	const orphans = await findOrphansOnForge(search, configuration);
	const completed: SessionOnForge[] = [];
	for (const { session, ending } of orphans) completed.push(await completeSession(search.github, session, ending));
	return completed;
}

/**
 * Finds the sessions whose editor went away: open, and without a commit or an update of a pull request for longer than the
 * timeout. An agent's own branch may wait for a reviewer as long as `anchored_timeout_hours`.
 * @returns the first 20, each with its end.
 */
export async function findOrphansOnForge(
	search: Search,
	configuration: Configuration,
): Promise<{ session: SessionOnForge; ending: Ending }[]> {
	if (!configuration.enable_timeout_completion) return [];
	const { github, now } = search;
	const open = await github.openPullRequests();
	const quiet = quietSessions(open, now - configuration.timeout_minutes * MINUTE);
	if (quiet.length === 0) return [];
	const first = Math.min(...quiet.map((id) => parseSessionId(id)?.startedAt ?? now));
	const candidates = [...open, ...(await listCandidates(search, first))];
	const unique = [...new Map(candidates.map((candidate) => [candidate.number, candidate])).values()];
	const orphans: { session: SessionOnForge; ending: Ending }[] = [];
	for (const id of quiet) {
		const session = await readSessionOnForge(search, id, unique);
		const ending = await endingOf(search, session, configuration);
		if (ending) orphans.push({ session, ending });
		if (orphans.length >= MOST_AT_ONCE) break;
	}
	return orphans;
}

/** The ids of sessions that did not end, and of whose open pull requests none changed after a time. */
function quietSessions(open: readonly PullRequestSummary[], time: number): string[] {
	const last = new Map<string, number>();
	for (const { body, updatedAt } of open) {
		const mark = readSessionMark(body);
		if (mark && !mark.ended) last.set(mark.id, Math.max(updatedAt, last.get(mark.id) ?? 0));
	}
	return [...last].filter(([, at]) => at < time).map(([id]) => id);
}

/** Undefined for a session that runs or has ended. It ends at its last activity, not when somebody noticed. */
async function endingOf(
	{ github, now }: Search,
	{ id, pullRequests, ending }: SessionOnForge,
	{ timeout_minutes, anchored_timeout_hours }: Configuration,
): Promise<Ending | undefined> {
	const last = pullRequests.at(-1);
	if (!last || ending) return undefined;
	const at = Math.max(parseSessionId(id)?.startedAt ?? 0, ...pullRequests.map(({ updatedAt }) => updatedAt));
	// A push updates a pull request, too. The request for its branch is spared where time already says no.
	if (now - at <= timeout_minutes * MINUTE) return undefined;
	const { headRef, authorType } = await github.pullRequest(last.number);
	const anchored = authorType === 'Bot' || agentOfBranch(headRef) !== undefined;
	if (anchored && now - at <= anchored_timeout_hours * 60 * MINUTE) return undefined;
	return { trigger: 'orphaned', at: Math.min(at, now) };
}
