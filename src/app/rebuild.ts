import { nextDue } from '../core/clockwork.ts';
import { type CompletedSession, completedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import { sessionsNamed } from '../core/trailers.ts';
import { git } from '../git/run.ts';
import { replayRepository } from './replayHistory.ts';
import type { Workspace } from './workspace.ts';

/**
 * Finds in history the completed sessions that trailers name and no file has, and puts them into the archive. Returns these. What is
 * recorded already stays as it is: it knows more than history does (an end by hand, pull requests, a score).
 */
export async function rebuild(workspace: Workspace): Promise<CompletedSession[]> {
	const { store, location, host } = workspace;
	const { rules } = await workspace.settle();
	await workspace.hideFiles();
	const named = new Set<string>();
	const found: Session[] = [];
	await replayRepository(location, await branches(workspace), rules, {
		onDecision: (_, { message }) => {
			for (const id of sessionsNamed(message)) named.add(id);
		},
		onSession: (session) => void found.push(session),
	});
	const [{ sessions: open }, completed] = await Promise.all([store.read(), store.completed()]);
	const known = new Set([...open, ...completed].map(({ id }) => id));
	const isOver = (session: Session) => session.ended?.trigger === 'explicit' || nextDue(session, rules) <= host.now();
	const missing = found.filter((session) => named.has(session.id) && !known.has(session.id) && isOver(session));
	const rebuilt = missing.map(completedSession);
	await store.archive(rebuilt);
	return rebuilt;
}

/** HEAD, which leads the trunk, and every branch that is here. */
async function branches({ location }: Workspace): Promise<string[]> {
	const refs = await git(location.workTree, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes']);
	const names = refs.split('\n').filter((ref) => ref !== '' && !ref.endsWith('/HEAD'));
	return names.length === 0 ? ['HEAD'] : ['HEAD', ...names];
}
