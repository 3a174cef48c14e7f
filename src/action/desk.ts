import path from 'node:path';
import type { Search } from '../app/sessionOnForge.ts';
import { CONFIGURATION_FILE, type Settled, settleText } from '../app/settle.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { annotation } from '../files/githubActions.ts';
import { createClient } from '../github/client.ts';
import { GitHubError } from '../github/errors.ts';
import type { GitHub } from '../github/types.ts';
import type { Job } from './job.ts';
import { say, warn } from './log.ts';

/** What every command works with. */
export interface Desk {
	settled: Settled;
	/** Undefined where the workflow gives no token. */
	search?: Search;
}

/**
 * Connects to the repository and reads its configuration.
 * @param branch The base branch, which decides by which rules a pull request is judged: what is checked out may be the pull request's own.
 * Its tip, not the commit that the pull request began from, which may be old.
 */
export async function openDesk(job: Job, branch: string): Promise<Desk> {
	const { forge, token } = job;
	const github = token ? createClient({ forge, userAgent: 'auto-pr-sessions', token: async () => token }) : undefined;
	const settled = await settle(job, branch, github);
	for (const { message, ...place } of settled.problems) {
		console.log(annotation('warning', message, { file: CONFIGURATION_FILE, ...place }));
	}
	const { agents } = settled.configuration;
	return { settled, ...(github && { search: { github, now: Date.now(), agents } }) };
}

async function settle({ folder }: Job, branch: string, github: GitHub | undefined): Promise<Settled> {
	if (github) {
		try {
			return await settleText(await github.contents(CONFIGURATION_FILE, branch));
		} catch (error) {
			if (!(error instanceof GitHubError)) throw error;
			warn(`The configuration is read from the checkout, not from the base branch: ${error.message}`);
		}
	} else {
		say('The configuration is read from the checkout: with a token it would be the base branch that decides.');
	}
	return settleText(await readFileIfExists(path.join(folder, ...CONFIGURATION_FILE.split('/')), folder));
}
