import type { ChangeKind, Commit, FileChange, Person } from '../../src/core/commit.ts';
import { type Configuration, defaultConfiguration } from '../../src/core/configuration.ts';
import { identityOf } from '../../src/core/person.ts';
import { compileRules, type Rules } from '../../src/core/rules.ts';
import type { Session } from '../../src/core/session.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const ALICE: Person = { name: 'Alice', email: 'alice@example.com' };
export const BOB: Person = { name: 'Bob', email: 'bob@example.com' };
/** GitHub's cloud agent: it has no working copy, only branches. */
export const COPILOT: Person = {
	name: 'copilot-swe-agent[bot]',
	email: '198982749+Copilot@users.noreply.github.com',
};
/** The account that commits what is merged on GitHub's web. */
export const GITHUB: Person = { name: 'GitHub', email: 'noreply@github.com' };

/** A time on 19 November 2025, or another day of that month, ms UTC: `at('14:30')`. */
export function at(clock: string, day = 19): number {
	const [hours, minutes, seconds = 0] = clock.split(':').map(Number);
	return Date.UTC(2025, 10, day, hours, minutes, seconds);
}

/** What a test says of a commit; the rest is filled in. */
export interface CommitGiven {
	message?: string;
	by?: Person;
	committer?: Person;
	/** Author time and committer time, ms UTC. */
	at?: number;
	committedAt?: number;
	/** A commit or a full object name. */
	parents?: (Commit | string)[];
	/** As `git log --name-status` prints them: `M src/a.ts`, `R a.ts b.ts`. */
	files?: string[];
	sha?: string;
}

let made = 0;

/** A commit by Alice at 14:30 with a name of its own. */
export function makeCommit(given: CommitGiven = {}): Commit {
	const { by = ALICE, at: authoredAt = at('14:30') } = given;
	return {
		sha: given.sha ?? (++made).toString(16).padStart(40, '0'),
		parents: (given.parents ?? []).map((parent) => (typeof parent === 'string' ? parent : parent.sha)),
		author: by,
		committer: given.committer ?? by,
		authoredAt,
		committedAt: given.committedAt ?? authoredAt,
		message: given.message ?? 'Auto-PR: lib (1 files)',
		files: (given.files ?? []).map(makeChange),
	};
}

/** `M path`, or `R old new`. */
export function makeChange(text: string): FileChange {
	const [kind, path, to] = text.split(' ') as [ChangeKind, string, string?];
	return to === undefined ? { kind, path } : { kind, path: to, from: path };
}

/** The rules of the default configuration, with some keys changed. */
export async function makeRules(changed: Partial<Configuration> = {}): Promise<Rules> {
	return (await compileRules({ ...defaultConfiguration(), ...changed })).rules;
}

/** A session of Alice's that an automatic commit began at 14:30. */
export function makeSession(given: Partial<Session> = {}): Session {
	const { startedAt = at('14:30') } = given;
	return {
		id: 'alice-20251119-1430',
		author: ALICE.name,
		identity: identityOf(ALICE),
		origin: 'commit',
		status: 'active',
		startedAt,
		lastActivityAt: startedAt,
		branches: new Map(),
		anchored: false,
		commits: [],
		files: new Map(),
		pullRequests: [],
		assisted: 0,
		...given,
	};
}
