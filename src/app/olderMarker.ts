import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../core/session.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { hasCode } from '../files/fileError.ts';
import { placeInside } from '../files/place.ts';
import { exclude } from '../git/exclude.ts';
import { git } from '../git/run.ts';
import { olderMarkerText, readOlderMarker } from '../store/olderMarker.ts';
import type { Workspace } from './workspace.ts';

/** Where the older system's scripts look for the running session of a working copy. */
const MARKER = '.cursor/.session_id';

/** Its line for git's `info/exclude`. */
export const MARKER_PATTERN = `/${MARKER}`;

/** The scripts that read or write the marker: where one of them is, both systems run side by side. */
const SCRIPTS = new Set(['cursor_session_hook.py', 'auto_pr_session_manager.py', 'session_cli.py']);

/**
 * Tells the older system's scripts, where a working copy has them, which session runs here: they then put their pull requests in it. The
 * marker goes with the session. One that git tracks is left alone, since a change of it would dirty the work tree.
 * @param here the running session of this working copy
 * @param ours ids of sessions that were ours lately: a marker of theirs is out of date
 */
export async function keepOlderMarker(
	workspace: Workspace,
	here: Session | undefined,
	ours: ReadonlySet<string>,
): Promise<void> {
	try {
		const { workTree } = workspace.location;
		if (!hasOlderScripts(workTree)) return;
		const file = path.join(workTree, ...MARKER.split('/'));
		const text = await readFileIfExists(file, workTree);
		const there = text === undefined ? undefined : readOlderMarker(text);
		if (here) await write(workspace, file, text, here);
		else if (there && ours.has(there.session) && !(await isTracked(workTree)))
			await rm(await placeInside(file, workTree));
	} catch (error) {
		workspace.host.log.warn(`${MARKER} could not be kept for the older scripts: ${(error as Error).message}`);
	}
}

async function write({ location }: Workspace, file: string, text: string | undefined, here: Session): Promise<void> {
	const there = text === undefined ? undefined : readOlderMarker(text);
	// The scripts move the time on, too.
	if (there?.session === here.id && there.lastUpdatedAt >= here.lastActivityAt) return;
	if (await isTracked(location.workTree)) return;
	await exclude(location, [MARKER_PATTERN]);
	await writeFileAtomic(file, olderMarkerText(here), location.workTree);
}

/** Asked after each change, so it does not wait for a thread. */
function hasOlderScripts(workTree: string): boolean {
	try {
		return readdirSync(path.join(workTree, '.cursor', 'scripts')).some((name) => SCRIPTS.has(name));
	} catch (error) {
		if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
		throw error;
	}
}

async function isTracked(workTree: string): Promise<boolean> {
	return (await git(workTree, ['ls-files', '-z', '--', MARKER])) !== '';
}
