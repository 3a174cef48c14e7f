import type { CompletedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import { formatOlderArchive } from '../store/archiveFile.ts';
import type { Workspace } from './workspace.ts';

/** All sessions of a repository: the open ones, and the completed ones sorted by id. */
export async function allSessions({ store }: Workspace): Promise<{ open: Session[]; completed: CompletedSession[] }> {
	return { open: (await store.read()).sessions, completed: await store.completed() };
}

/** All sessions as the older system's analytics record has them, whole, for its readers. */
export async function exportOlder(workspace: Workspace): Promise<string> {
	const { open, completed } = await allSessions(workspace);
	return formatOlderArchive(completed, open, workspace.host.now());
}
