import { check } from '../app/checkPullRequest.ts';
import { completeSession } from '../app/completeSession.ts';
import { extentOf, isClosed, judgePullRequest } from '../app/judgePullRequest.ts';
import type { Search, SessionOnForge } from '../app/sessionOnForge.ts';
import { completeCheck } from '../core/check.ts';
import type { Trigger } from '../core/session.ts';
import { UserError } from '../core/userError.ts';
import { GitHubError } from '../github/errors.ts';
import type { Answer } from './command.ts';
import type { Desk } from './desk.ts';
import type { PullRequestEvent } from './event.ts';

/** Whether the pull request of an event may be scored now. What GitHub does not tell is done without, and said. */
export async function judge({ search, settled }: Desk, event: PullRequestEvent): Promise<Answer> {
	const { pullRequest, base, head } = event;
	const alone = { pullRequests: [pullRequest.number], base, head, notes: [] };
	if (!search) return { ...alone, check: check(pullRequest, settled) };
	try {
		const { session, ...judged } = await judgePullRequest(search, pullRequest, settled);
		if (!session) return { ...alone, ...judged };
		const { trigger } = judged.check;
		if (session.ending) return await answerOf(search, session, judged);
		if (trigger !== undefined) return await end(search, session, judged, trigger);
		return event.closed && isClosed(session)
			? await end(search, session, judged, 'closed')
			: await answerOf(search, session, judged);
	} catch (error) {
		if (!(error instanceof GitHubError)) throw error;
		const notes = [`Its session is judged by the event alone: ${error.message}`];
		return { ...alone, check: check(pullRequest, settled), notes };
	}
}

/** Ends a session; one whose body may not be written is complete all the same, and that is said. */
export async function end(
	search: Search,
	session: SessionOnForge,
	judged: Pick<Answer, 'check' | 'notes'>,
	trigger: Trigger,
): Promise<Answer> {
	const { github, now } = search;
	const check = completeCheck(judged.check, trigger);
	try {
		const ended = await completeSession(github, session, { trigger, at: now });
		return await answerOf(search, ended, { ...judged, check });
	} catch (error) {
		// A body without room for the trailer is its author's to shorten.
		const refused = error instanceof UserError || (error instanceof GitHubError && error.kind === 'forbidden');
		if (!refused) throw error;
		const notes = [...judged.notes, `The end of the session is not written down: ${(error as Error).message}`];
		return answerOf(search, { ...session, ending: { trigger, at: now } }, { check, notes });
	}
}

/** The answer about a session that has pull requests. */
export async function answerOf(
	{ github }: Search,
	session: SessionOnForge,
	judged: Pick<Answer, 'check' | 'notes'>,
): Promise<Answer> {
	const pullRequests = session.pullRequests.map(({ number }) => number);
	return { ...judged, session, pullRequests, ...(await extentOf(github, session)) };
}
