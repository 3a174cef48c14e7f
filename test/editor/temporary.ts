import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new temporary folder for a run of an editor: a short path without links, since sockets are made in it. */
export function temporaryFolder(): string {
	return realpathSync(mkdtempSync(path.join(tmpdir(), 'apr-')));
}

/** Removes a folder; tries again while Windows still holds a file in it. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
