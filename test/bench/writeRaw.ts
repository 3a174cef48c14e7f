import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** The least that a durable replacement of a file takes: write, fsync, rename, fsync of the folder. */
export function writeRaw(file: string, text: string): void {
	const temporary = openSync(`${file}.tmp`, 'w');
	writeSync(temporary, text);
	fsyncSync(temporary);
	closeSync(temporary);
	renameSync(`${file}.tmp`, file);
	if (process.platform === 'win32') return;
	const folder = openSync(path.dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}
