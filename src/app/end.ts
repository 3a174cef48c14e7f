import type { Session, Trigger } from '../core/session.ts';
import { UserError } from '../core/userError.ts';
import { hereIn } from './here.ts';
import { noteDiscard } from './measure.ts';
import { observe } from './observe.ts';
import { type Change, transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/**
 * Completes the session of this working copy, or the open one with the given id.
 * @throws UserError when there is none.
 */
export async function endSession(
	workspace: Workspace,
	{ id, trigger = 'explicit' }: { id?: string; trigger?: Trigger } = {},
): Promise<Change<Session>> {
	// Commits made a moment ago still belong to it.
	const before = await observe(workspace);
	const change = await transact(workspace, ({ tracker, reduce, letTimePass }) => {
		letTimePass();
		const session = chosen(workspace, tracker.open(), id, 'end');
		return reduce({ type: 'end', session: session.id, at: workspace.host.now(), trigger }).session!;
	});
	return { ...change, effects: [...before.effects, ...change.effects] };
}

/**
 * Takes the session of this working copy back, or the open one with the given id: it leaves no record and is not scored.
 * Commits keep their trailers.
 * @throws UserError when there is none.
 */
export async function discardSession(workspace: Workspace, id?: string): Promise<Change<Session>> {
	const change = await transact(workspace, ({ tracker, reduce, letTimePass }) => {
		letTimePass();
		const session = chosen(workspace, tracker.open(), id, 'discard');
		return reduce({ type: 'discard', session: session.id }).session!;
	});
	// What was found by itself was found wrongly: the share of such is part of health.
	if (change.result.origin === 'commit') await noteDiscard(workspace);
	return change;
}

function chosen(workspace: Workspace, open: Session[], id: string | undefined, verb: string): Session {
	if (id === undefined) {
		const session = hereIn(open, workspace.location.workTree);
		if (session) return session;
		throw new UserError(`No session is running in ${workspace.location.workTree}, so there is none to ${verb}.`);
	}
	const session = open.find((candidate) => candidate.id === id);
	if (session) return session;
	throw new UserError(`No open session is called ${id}, so there is none to ${verb}: see auto-pr status.`);
}
