import type { Session } from '../core/session.ts';

/** For tests: Alice's open session with one commit, changed as the test needs it. */
export function aSession(changes: Partial<Session> = {}): Session {
	return {
		id: 'alice-20251119-1430',
		author: 'Alice',
		identity: 'alice@example.com',
		origin: 'commit',
		status: 'active',
		startedAt: Date.UTC(2025, 10, 19, 14, 30, 5, 123),
		lastActivityAt: Date.UTC(2025, 10, 19, 15, 12),
		title: 'Log in by key',
		workingCopy: '/home/alice/project',
		branches: new Map([['feat/login', 12]]),
		anchored: false,
		commits: [{ sha: 'a'.repeat(40), authoredAt: Date.UTC(2025, 10, 19, 14, 31) }],
		files: new Map([
			['src/login.ts', 'M'],
			['src/login.test.ts', 'A'],
			['README.md', 'M'],
		]),
		pullRequests: [12],
		assisted: 1,
		base: 'b'.repeat(40),
		...changes,
	};
}

/** For tests: the same, completed by timeout at its last activity. */
export function aCompletedSession(changes: Partial<Session> = {}): Session {
	const session = aSession(changes);
	return { ...session, status: 'completed', ended: { trigger: 'timeout', at: session.lastActivityAt } };
}
