import { readSessionMark, writeSessionTrailers } from '../core/trailers.ts';
import type { GitHub } from '../github/types.ts';
import { LABEL, type SessionOnForge } from './sessionOnForge.ts';

/**
 * Makes a pull request of a session easy to find for the runs that follow: with the session's trailer, where only its commits name it, and
 * with the label. Sends nothing where both are there.
 * @throws GitHubError, or UserError where the body has no room for the trailer.
 */
export async function markPullRequest(github: GitHub, session: SessionOnForge, number: number): Promise<void> {
	const pullRequest = session.pullRequests.find((it) => it.number === number);
	if (!pullRequest) return;
	if (readSessionMark(pullRequest.body)?.id !== session.id) {
		await github.updateBody(number, (body) =>
			readSessionMark(body) === undefined ? writeSessionTrailers(body, session.id) : body,
		);
	}
	if (!pullRequest.labels.some((label) => label.toLowerCase() === LABEL)) await github.addLabel(number, LABEL);
}
