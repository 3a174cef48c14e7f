import type { Configuration } from '../core/configuration.ts';
import { type EndedSession, type Health, judgeHealth, WINDOW, WORKFLOW_WINDOW } from '../core/health/health.ts';
import { parseSessionId } from '../core/sessionId.ts';
import { readSessionMark } from '../core/trailers.ts';
import { WORKFLOW } from '../core/workflows.ts';
import { GitHubError } from '../github/errors.ts';
import { endingIn, type Search } from './sessionOnForge.ts';
import { findOrphansOnForge } from './sweepOrphans.ts';

/** How a repository stands as its forge tells, and what the token may not see: a sentence each. */
export interface ForgeHealth {
	health: Health;
	notes: string[];
}

/**
 * How the sessions of a repository's pull requests and the runs of its workflow stand: the same for everybody who asks. What only one
 * machine knows (what was taken back, the state's size, how long operations took) is no part of it.
 */
export async function readForgeHealth(search: Search, configuration: Configuration): Promise<ForgeHealth> {
	const { github, now } = search;
	const notes: string[] = [];
	const runs = await github.workflowRuns(WORKFLOW, now - WORKFLOW_WINDOW).catch((error: unknown) => {
		if (!(error instanceof GitHubError) || error.kind !== 'forbidden') throw error;
		notes.push(`The runs of the workflow are not counted, which takes the permission actions: read. ${error.message}`);
		return undefined;
	});
	const orphans = (await findOrphansOnForge(search, configuration)).map(({ session }) => session.id);
	const ended = await endedSince(search, now - WINDOW);
	return { health: judgeHealth({ orphans, ended, ...(runs && { runs }) }), notes };
}

/** The sessions that ended since, as their trailers say: whoever types one that is not true changes a mean, and nothing else. */
async function endedSince({ github, now }: Search, since: number): Promise<EndedSession[]> {
	const ended = new Map<string, EndedSession>();
	for (const { body } of await github.pullRequestsUpdatedSince(since)) {
		const id = readSessionMark(body)?.id;
		const ending = id === undefined ? undefined : endingIn(body, id, now);
		if (id === undefined || !ending || ending.at < since) continue;
		const began = parseSessionId(id)?.startedAt ?? ending.at;
		ended.set(id, { minutes: Math.floor((ending.at - began) / 60_000), trigger: ending.trigger });
	}
	return [...ended.values()];
}
