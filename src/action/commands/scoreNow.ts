import { existsSync } from 'node:fs';
import path from 'node:path';
import { type SessionScore, score } from '../../app/score.ts';
import { Workspace } from '../../app/workspace.ts';
import { UserError } from '../../core/userError.ts';
import type { PullRequestEvent } from '../event.ts';
import type { Job } from '../job.ts';
import { say, warn } from '../log.ts';

/**
 * Scores a session on all of its commits, wherever they are in the history; a pull request that is no session's, on its own.
 * @throws UserError where the checkout does not have what is to be scored.
 */
export async function scoreNow(job: Job, event: PullRequestEvent, session: string | undefined): Promise<SessionScore> {
	const log = { info: say, warn, error: warn };
	const workspace = await Workspace.open(job.folder, { now: Date.now, log, token: async () => job.token });
	const shallow = existsSync(path.join(workspace.location.commonDir, 'shallow'));
	const scored = await tryScore(workspace, event, session).catch((error: unknown) => {
		if (!(error instanceof UserError) || !shallow) throw error;
		throw new UserError(`${error.message} The checkout is shallow: give actions/checkout "fetch-depth: 0".`);
	});
	for (const problem of scored.problems) warn(problem);
	return scored;
}

async function tryScore(
	workspace: Workspace,
	event: PullRequestEvent,
	session: string | undefined,
): Promise<SessionScore> {
	const range = { base: event.base, head: event.head };
	if (session === undefined) return score(workspace, { range });
	try {
		return await score(workspace, { session });
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		// Without the commit hook no commit names the session; its pull request is then all that is known of it.
		say(`The pull request is scored in the session's place: ${error.message}`);
		return { ...(await score(workspace, { range })), session };
	}
}
