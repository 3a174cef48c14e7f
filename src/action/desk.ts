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
	/** A file by which the team decides, from the base branch: its path from the top of the repository. */
	teamFile: (path: string) => Promise<string | undefined>;
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
	if (!github)
		say('The configuration is read from the checkout: with a token it would be the base branch that decides.');
	const teamFile = teamFiles(job, branch, github);
	const settled = await settleText(await teamFile(CONFIGURATION_FILE));
	for (const { message, ...place } of settled.problems) {
		console.log(annotation('warning', message, { file: CONFIGURATION_FILE, ...place }));
	}
	const { agents } = settled.configuration;
	return { settled, teamFile, ...(github && { search: { github, now: Date.now(), agents } }) };
}

/** Reads each file once. What GitHub does not tell is read from the checkout, and that is said. */
function teamFiles({ folder }: Job, branch: string, github: GitHub | undefined): Desk['teamFile'] {
	const known = new Map<string, Promise<string | undefined>>();
	const fromCheckout = (name: string) => readFileIfExists(path.join(folder, ...name.split('/')), folder);
	const read = async (name: string) => {
		if (!github) return fromCheckout(name);
		try {
			return await github.contents(name, branch);
		} catch (error) {
			if (!(error instanceof GitHubError)) throw error;
			const what = name === CONFIGURATION_FILE ? 'The configuration' : name;
			warn(`${what} is read from the checkout, not from the base branch: ${error.message}`);
			return fromCheckout(name);
		}
	};
	return (name) => {
		const reading = known.get(name) ?? read(name);
		known.set(name, reading);
		return reading;
	};
}
