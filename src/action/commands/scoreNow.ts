import { existsSync } from 'node:fs';
import path from 'node:path';
import { NothingToScore, type ScoreGiven, type SessionScore, score } from '../../app/score.ts';
import { LARGEST_REPORT, type ReportText } from '../../app/scoreReports.ts';
import { Workspace } from '../../app/workspace.ts';
import { UserError } from '../../core/userError.ts';
import { readFileIfExists } from '../../files/atomicFile.ts';
import { readRemote } from '../../git/branch.ts';
import { fetchPullRequests } from '../../git/fetchPullRequests.ts';
import { NoSuchCommit } from '../../git/revision.ts';
import type { Answer } from '../command.ts';
import type { Desk } from '../desk.ts';
import type { Job } from '../job.ts';
import { say, warn } from '../log.ts';

/**
 * Scores a session on all of its commits, wherever they are in the history; a pull request that is no session's, on its own.
 * @throws UserError where the checkout does not have what is to be scored.
 */
export async function scoreNow(job: Job, { teamFile }: Desk, answer: Answer): Promise<SessionScore> {
	const log = { info: say, warn, error: warn };
	const token = async () => job.token;
	const workspace = await Workspace.open(job.folder, { now: Date.now, log, token, teamFile });
	const heads = await fetchPulls(workspace, answer);
	const shallow = existsSync(path.join(workspace.location.commonDir, 'shallow'));
	const given = await givenBy(job);
	const scored = await tryScore(workspace, answer, heads, given).catch((error: unknown) => {
		// A report that cannot be used, say, is no other in a whole checkout.
		const lacksCommits = error instanceof NothingToScore || error instanceof NoSuchCommit;
		if (!lacksCommits || !shallow) throw error;
		throw new UserError(`${error.message} The checkout is shallow: give actions/checkout "fetch-depth: 0".`);
	});
	for (const problem of scored.problems) warn(problem);
	return scored;
}

/**
 * Gets what the checkout lacks of the session's pull requests. Where it cannot be had, the score says what is missing.
 * @returns where their commits are: they alone are looked at, since a squash or rebase has made copies of them on the base branch.
 */
async function fetchPulls({ location }: Workspace, { pullRequests }: Answer): Promise<string[]> {
	const remote = await readRemote(location);
	if (!remote) return [];
	try {
		return await fetchPullRequests(location, remote.name, pullRequests);
	} catch (error) {
		say(`Scored with the commits that the checkout has: ${(error as Error).message}`);
		return [];
	}
}

/** @throws UserError for a report that is not there, cannot be read or lies outside the checkout. */
async function givenBy({
	folder,
	score: { coverage, coverageBefore, analysis, ciFailed, scorer },
}: Job): Promise<ScoreGiven> {
	const read = (files: readonly string[]): Promise<ReportText[]> =>
		Promise.all(
			files.map(async (name) => {
				const text = await readFileIfExists(path.resolve(folder, name), folder, LARGEST_REPORT);
				if (text === undefined)
					throw new UserError(
						`There is no file ${name} in the checkout. Take it out of the inputs, or write it before.`,
					);
				return { name, text };
			}),
		);
	return {
		reports: {
			coverage: await read(coverage),
			coverageBefore: await read(coverageBefore),
			analysis: await read(analysis),
		},
		...(ciFailed && { ciFailed }),
		...(scorer && { scorer: { ...scorer, cwd: folder } }),
	};
}

async function tryScore(
	workspace: Workspace,
	answer: Answer,
	heads: string[],
	given: ScoreGiven,
): Promise<SessionScore> {
	const { base, head, check, pullRequests } = answer;
	const { session } = check;
	const range = { base, head };
	if (session === undefined) return score(workspace, { range, pullRequests }, given);
	try {
		return await score(workspace, { session, pullRequests, heads }, given);
	} catch (error) {
		if (!(error instanceof NothingToScore)) throw error;
		// Without the commit hook no commit names the session; its pull request is then all that is known of it.
		say(`The pull request is scored in the session's place: ${error.message}`);
		return score(workspace, { session, range, pullRequests }, given);
	}
}
