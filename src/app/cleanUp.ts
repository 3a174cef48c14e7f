import type { Session } from '../core/session.ts';
import { UserError } from '../core/userError.ts';
import { observe } from './observe.ts';
import { letTimePass } from './transact.ts';
import type { Workspace } from './workspace.ts';

/**
 * Lets go of the completed sessions of the years before `year`, after a backup that keeps them for a week. Returns the years.
 * @throws UserError when `year` is none, or is still to come.
 */
export async function forgetBefore({ store, host }: Workspace, year: number): Promise<number[]> {
	const now = new Date(host.now()).getUTCFullYear();
	if (!Number.isInteger(year) || year < 2000 || year > now) {
		throw new UserError(`--forget-before takes a year from 2000 to ${now}: what began before it is forgotten.`);
	}
	return store.forgetBefore(year);
}

/** Completes what is over: orphans, whose editor went away, and sessions that timed out. Returns these. */
export async function cleanUp(workspace: Workspace): Promise<Session[]> {
	const { store, location } = workspace;
	const tracked = (await store.read()).workingCopies.has(location.workTree);
	const before = tracked ? (await observe(workspace)).effects : [];
	const { effects } = await letTimePass(workspace);
	return [...before, ...effects].filter(({ duty }) => duty === 'archive').map(({ session }) => session);
}
