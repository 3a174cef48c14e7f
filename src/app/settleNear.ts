import { existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/userError.ts';
import { CONFIGURATION_FILE, type Settled, settleText } from './settle.ts';

/**
 * The configuration of the repository that a folder is in, found without git: a CI job may have no checkout, and the defaults
 * apply then. Asks the file system at once rather than with promises, whose module costs a short run more than the questions.
 * @throws UserError when the folder does not exist.
 */
export async function settleNear(folder: string): Promise<Settled> {
	const start = path.resolve(folder);
	if (!isFolder(start)) throw new UserError(`${start} is no folder: give one of a git repository.`);
	for (let here = start; ; here = path.dirname(here)) {
		// `.git` is a folder, or in linked work trees and submodules a file.
		if (existsSync(path.join(here, '.git'))) return settleText(await configurationIn(here));
		if (here === path.dirname(here)) return settleText(undefined);
	}
}

/** The file's text, read with care where there is one; undefined where there is none. */
async function configurationIn(workTree: string): Promise<string | undefined> {
	let place = workTree;
	for (const name of CONFIGURATION_FILE.split('/')) {
		place = path.join(place, name);
		const found = lstatSync(place, { throwIfNoEntry: false });
		if (!found) return undefined;
		if (found.isSymbolicLink()) break;
	}
	const { readFileIfExists } = await import('../files/atomicFile.ts');
	return readFileIfExists(path.join(workTree, ...CONFIGURATION_FILE.split('/')), workTree);
}

function isFolder(place: string): boolean {
	return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
