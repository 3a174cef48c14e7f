import type { Session } from '../core/session.ts';
import { observe } from './observe.ts';
import { letTimePass } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** Completes what is over: orphans, whose editor went away, and sessions that timed out. Returns these. */
export async function cleanUp(workspace: Workspace): Promise<Session[]> {
	const { store, location } = workspace;
	const tracked = (await store.read()).workingCopies.has(location.workTree);
	const before = tracked ? (await observe(workspace)).effects : [];
	const { effects } = await letTimePass(workspace);
	return [...before, ...effects].filter(({ duty }) => duty === 'archive').map(({ session }) => session);
}
