import { closeSync, fsync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

type Sync = (file: number) => void | Promise<void>;

/** Waiting for the disk, or for a thread that does. */
export const syncs = { inPlace: fsyncSync as Sync, byThread: promisify(fsync) as Sync };

/** The least that a durable replacement of a file takes: write, fsync, rename, fsync of the folder. */
export async function writeRaw(file: string, text: string, sync: Sync): Promise<void> {
	const temporary = openSync(`${file}.tmp`, 'w');
	writeSync(temporary, text);
	await sync(temporary);
	closeSync(temporary);
	renameSync(`${file}.tmp`, file);
	if (process.platform === 'win32') return;
	const folder = openSync(path.dirname(file), 'r');
	await sync(folder);
	closeSync(folder);
}
