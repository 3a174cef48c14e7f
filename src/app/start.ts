import type { Session } from '../core/session.ts';
import { readBranch } from '../git/branch.ts';
import { readIdentity } from '../git/identity.ts';
import { observe } from './observe.ts';
import { type Change, placeOf, transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** A session that was started, or one that ran already and goes on by hand. */
export interface Started {
	session: Session;
	/** It ran before. */
	already: boolean;
}

/** Starts a session here by hand. One that was found running goes on, from now on by hand. */
export async function startSession(workspace: Workspace, title?: string): Promise<Change<Started>> {
	// Commits made before the start are taken in first, so that they are not counted to it.
	const before = await observe(workspace);
	const [author, { name: branch }] = await Promise.all([
		readIdentity(workspace.location),
		readBranch(workspace.location),
	]);
	const change = await transact(workspace, ({ tracker, reduce, letTimePass }) => {
		letTimePass();
		const at = workspace.host.now();
		const place = placeOf(workspace, branch);
		const already = tracker.here(author, at, place) !== undefined;
		const { session } = reduce({ type: 'start', author, at, place, ...(title && { title }) });
		return { session: session!, already };
	});
	return { ...change, effects: [...before.effects, ...change.effects] };
}
