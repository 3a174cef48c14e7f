import { join } from 'node:path';

/** Where the live state, what is kept for its recovery, and what only this machine is to see lie: never committed. */
const PRIVATE_FOLDER = ['.cursor', 'data'];

/** Where completed sessions lie: `shared` may be committed by the team, `private` never is. */
export type ArchiveHome = 'shared' | 'private';

const ARCHIVE_FOLDERS: Readonly<Record<ArchiveHome, readonly string[]>> = {
	shared: ['docs', 'metrics'],
	private: PRIVATE_FOLDER,
};

/** Names of the archive's files: the newest sessions, and those of a year. */
export const ARCHIVE_NAME = 'auto_pr_sessions.json';
export const YEAR_NAME = /^auto_pr_sessions-(\d{4})\.jsonl$/;

const SCORE_NAME = 'reward_scores.json';

export function yearName(year: number): string {
	return `auto_pr_sessions-${String(year).padStart(4, '0')}.jsonl`;
}

/** The places of our files below the main work tree at `root`. */
export function stateFileIn(root: string): string {
	return join(root, ...PRIVATE_FOLDER, 'session_state.json');
}

/** How long our own operations took: a line for each. */
export function measurementsFileIn(root: string): string {
	return join(root, ...PRIVATE_FOLDER, 'measurements.log');
}

export function backupFolderIn(root: string): string {
	return join(root, ...PRIVATE_FOLDER, 'backups');
}

export function archiveFolderIn(root: string, home: ArchiveHome): string {
	return join(root, ...ARCHIVE_FOLDERS[home]);
}

/** A path below `root` with `/`, as backups name their files. */
export function archivePathOf(home: ArchiveHome, name: string): string {
	return [...ARCHIVE_FOLDERS[home], name].join('/');
}

export const STATE_PATH = [...PRIVATE_FOLDER, 'session_state.json'].join('/');

/** The scores that a team keeps beside the archive, and the lock of those who write them, out of git's sight. */
export function scoreFileIn(root: string): string {
	return join(root, ...ARCHIVE_FOLDERS.shared, SCORE_NAME);
}

/** Whether a file of that folder is one that figures are made from: of the archive, or the scores. */
export function isHistoryName(name: string): boolean {
	return name === ARCHIVE_NAME || name === SCORE_NAME || YEAR_NAME.test(name);
}

export function scoreLockIn(root: string): string {
	return join(root, ...PRIVATE_FOLDER, 'reward_scores.lock');
}
