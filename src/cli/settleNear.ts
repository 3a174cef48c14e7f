import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CONFIGURATION_FILE, type Settled, settleText } from '../app/settle.ts';
import { UserError } from '../core/userError.ts';
import { readFileIfExists } from '../files/atomicFile.ts';

/**
 * The configuration of the repository that a folder is in, found without git: a CI job may have no checkout, and the defaults
 * apply then.
 * @throws UserError when the folder does not exist.
 */
export async function settleNear(folder: string): Promise<Settled> {
	const start = path.resolve(folder);
	if (!(await isFolder(start))) throw new UserError(`${start} is no folder: give one of a git repository.`);
	for (let here = start; ; here = path.dirname(here)) {
		if (await exists(path.join(here, '.git'))) {
			return settleText(await readFileIfExists(path.join(here, ...CONFIGURATION_FILE.split('/')), here));
		}
		if (here === path.dirname(here)) return settleText(undefined);
	}
}

async function isFolder(place: string): Promise<boolean> {
	return (await stat(place).catch(() => undefined))?.isDirectory() ?? false;
}

/** `.git` is a folder, or in linked work trees and submodules a file. */
async function exists(place: string): Promise<boolean> {
	return (await stat(place).catch(() => undefined)) !== undefined;
}
