import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { removeIfEmpty } from '../files/removeIfEmpty.ts';
import { stateFileIn } from '../store/layout.ts';
import type { State } from '../store/state.ts';
import type { Workspace } from './workspace.ts';

/** Removes a live state in which no session was ever recorded and that no window has open: it only says from where on commits are taken in. */
export async function forgetUnused({ store, location }: Workspace): Promise<void> {
	const file = stateFileIn(location.mainWorkTree);
	if (!existsSync(file) || (await store.newest(1)).length > 0) return;
	await store.update((state) => {
		// Under the lock, and nothing is written after that, since nothing is altered.
		if (isUnused(state)) rmSync(file);
	});
	const folder = path.dirname(file);
	for (const each of [folder, path.dirname(folder)]) await removeIfEmpty(each);
}

function isUnused({ sessions, completed, recent, publishQueue, recovery, problems, workingCopies }: State): boolean {
	const kept = [sessions, completed, recent, publishQueue, problems].some(({ length }) => length > 0);
	const watched = [...workingCopies.values()].some(({ owners }) => owners !== undefined && owners.length > 0);
	return !kept && !watched && !recovery;
}
