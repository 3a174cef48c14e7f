import { rmdir } from 'node:fs/promises';
import { hasCode } from './fileError.ts';

/** Removes a folder, unless it holds something or is none. */
export async function removeIfEmpty(folder: string): Promise<void> {
	try {
		await rmdir(folder);
	} catch (error) {
		if (!hasCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw error;
	}
}
