import path from 'node:path';
import { check } from '../app/checkPullRequest.ts';
import { CONFIGURATION_FILE, type Settled, settleText } from '../app/settle.ts';
import type { Check } from '../core/check.ts';
import { readSessionMark } from '../core/trailers.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { annotation } from '../files/githubActions.ts';
import { createClient } from '../github/client.ts';
import { GitHubError } from '../github/errors.ts';
import type { GitHub } from '../github/types.ts';
import type { PullRequestEvent } from './event.ts';
import type { Job } from './job.ts';
import { say, warn } from './log.ts';

/** Whether the pull request of an event is automatic, and may be scored now. What GitHub does not tell is done without, and said. */
export async function judge(job: Job, event: PullRequestEvent): Promise<Check> {
	const { forge, token } = job;
	const github = token ? createClient({ forge, userAgent: 'auto-pr-sessions', token: async () => token }) : undefined;
	const settled = await settle(job, event, github);
	for (const { message, ...place } of settled.problems) {
		console.log(annotation('warning', message, { file: CONFIGURATION_FILE, ...place }));
	}
	const { pullRequest } = event;
	const commits =
		github && !readSessionMark(pullRequest.body) ? await commitsOf(github, pullRequest.number) : undefined;
	return check({ ...pullRequest, ...(commits && { commits }) }, settled);
}

/** The base branch decides by which rules a pull request is judged: what is checked out is the pull request's own. */
async function settle({ folder }: Job, { base }: PullRequestEvent, github: GitHub | undefined): Promise<Settled> {
	if (github) {
		try {
			return await settleText(await github.contents(CONFIGURATION_FILE, base));
		} catch (error) {
			if (!(error instanceof GitHubError)) throw error;
			warn(`The configuration is read from the checkout, not from the base branch: ${error.message}`);
		}
	} else {
		say('The configuration is read from the checkout: with a token it would be the base branch that decides.');
	}
	return settleText(await readFileIfExists(path.join(folder, ...CONFIGURATION_FILE.split('/')), folder));
}

async function commitsOf(github: GitHub, number: number) {
	try {
		return await github.pullRequestCommits(number);
	} catch (error) {
		if (!(error instanceof GitHubError)) throw error;
		warn(`The commits' trailers are not looked at: ${error.message}`);
		return undefined;
	}
}
