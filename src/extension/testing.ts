import { defaultConfiguration } from '../core/configuration.ts';
import { compileRules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import type { RepositoryView, Standing } from './standing.ts';

/** 2025-11-19 14:30 UTC. */
export const START = Date.UTC(2025, 10, 19, 14, 30);

export const MINUTE = 60_000;

/** A session of Alice's that was found by a commit, for a test to alter. */
export function makeSession(given: Partial<Session> = {}): Session {
	return {
		id: 'alice-20251119-1430',
		author: 'Alice',
		identity: 'alice@example.com',
		origin: 'commit',
		status: 'active',
		startedAt: START,
		lastActivityAt: START,
		branches: new Map([['main', undefined]]),
		anchored: false,
		commits: [],
		files: new Map(),
		pullRequests: [],
		assisted: 0,
		...given,
	};
}

/** So many commits, a minute apart. */
export function makeCommits(count: number): Session['commits'] {
	return Array.from({ length: count }, (_, index) => ({
		sha: index.toString(16).padStart(40, '0'),
		authoredAt: START + index * MINUTE,
	}));
}

/** A repository that stands well, with default rules. */
export async function makeReady(
	overview: Partial<RepositoryView['overview']> = {},
	given: Partial<RepositoryView> & { several?: boolean } = {},
): Promise<Extract<Standing, { stage: 'ready' }>> {
	const { several = false, ...rest } = given;
	const { rules } = await compileRules(defaultConfiguration());
	const full = { others: [], queue: [], notices: [], ...overview };
	return {
		stage: 'ready',
		several,
		view: { name: 'shop', workTree: '/shop', overview: full, rules, problems: [], ...rest },
	};
}
