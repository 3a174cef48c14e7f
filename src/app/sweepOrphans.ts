import { agentOfBranch } from '../core/agents.ts';
import type { Configuration } from '../core/configuration.ts';
import type { Ending } from '../core/session.ts';
import { parseSessionId } from '../core/sessionId.ts';
import { readSessionMark } from '../core/trailers.ts';
import { completeSession } from './completeSession.ts';
import { readSessionOnForge, type Search, type SessionOnForge } from './sessionOnForge.ts';

const MINUTE = 60_000;

/** No session is older, ms. */
const FURTHEST = 90 * 24 * 60 * MINUTE;

/**
 * Completes the sessions whose editor went away: open, and without a commit or an update of a pull request for longer than the
 * timeout. An agent's own branch may wait for a reviewer as long as `anchored_timeout_hours`.
 * @returns those that were completed.
 */
export async function sweepOrphans(search: Search, configuration: Configuration): Promise<SessionOnForge[]> {
	if (!configuration.enable_timeout_completion) return [];
	const { github, now } = search;
	const changed = await github.pullRequestsUpdatedSince(now - FURTHEST);
	const ids = new Set(
		changed
			.filter(({ state }) => state === 'open')
			.map(({ body }) => readSessionMark(body))
			.filter((mark) => mark !== undefined && !mark.ended)
			.map((mark) => mark!.id),
	);
	const completed: SessionOnForge[] = [];
	for (const id of ids) {
		const session = await readSessionOnForge(search, id);
		const ending = await endingOf(search, session, configuration);
		if (ending) completed.push(await completeSession(github, session, ending));
	}
	return completed;
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
