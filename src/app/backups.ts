import { parseArchive, sessionsIn } from '../store/archiveFile.ts';
import type { Backup, BackupReason } from '../store/backups.ts';
import { parseState } from '../store/stateFile.ts';
import type { Workspace } from './workspace.ts';

/** What a set of our files holds. */
interface Contents {
	/** Ids of the open sessions. */
	open: string[];
	/** Ids of the completed sessions, each once. */
	completed: string[];
}

/** What restoring a backup would change, by session ids. */
export interface RestorePreview {
	backup: Backup;
	holds: Contents;
	/** Sessions that would be open again, or be known again. */
	back: string[];
	/** Sessions that would be gone; the backup that is made first keeps them. */
	gone: string[];
}

/** Keeps a copy of the state and the archive; undefined when the newest one holds the same. */
export async function backUp(workspace: Workspace, why: BackupReason): Promise<Backup | undefined> {
	await workspace.hideFiles();
	return workspace.store.backUp(why);
}

/** Keeps a copy when the newest one is older than an hour. */
export async function backUpWhenDue(workspace: Workspace): Promise<Backup | undefined> {
	return (await workspace.store.isBackupDue()) ? backUp(workspace, 'due') : undefined;
}

/**
 * What each backup holds, and what would change with it, newest first. A damaged one is left out.
 */
export async function previewBackups({ store }: Workspace): Promise<RestorePreview[]> {
	const now = contentsOf(await store.textsOf(undefined));
	const previews: RestorePreview[] = [];
	for (const backup of await store.backups()) {
		const texts = await store.textsOf(backup.name).catch(() => undefined);
		if (texts) previews.push(compared(backup, contentsOf(texts), now));
	}
	return previews;
}

/** Puts a backup's files in place, after a backup of those that are there. */
export async function restore({ store }: Workspace, name: string): Promise<{ restored: Backup; undo?: Backup }> {
	return store.restore(name);
}

function compared(backup: Backup, holds: Contents, now: Contents): RestorePreview {
	const [before, after] = [new Set([...now.open, ...now.completed]), new Set([...holds.open, ...holds.completed])];
	const reopened = holds.open.filter((id) => !now.open.includes(id));
	const back = [...new Set([...reopened, ...[...after].filter((id) => !before.has(id))])];
	return { backup, holds, back, gone: [...before].filter((id) => !after.has(id)) };
}

function contentsOf(texts: ReadonlyMap<string, string>): Contents {
	const completed = new Set<string>();
	const open: string[] = [];
	for (const [path, text] of texts) {
		try {
			if (path.endsWith('session_state.json')) {
				const state = parseState(text);
				open.push(...state.sessions.map(({ id }) => id));
				for (const { id } of state.completed) completed.add(id);
			} else if (path.endsWith('.jsonl')) {
				for (const [, id] of text.matchAll(/^\{"session_id":"([^"]+)"/gm)) completed.add(id!);
			} else for (const { id } of sessionsIn(parseArchive(text)).sessions) completed.add(id);
		} catch {
			// A damaged file holds nothing to compare; restoring sets it aside in the backup that is made first.
		}
	}
	return { open, completed: [...completed] };
}
