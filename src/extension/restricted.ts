import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Overview, overviewOf } from '../app/status.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { parseState } from '../store/stateFile.ts';
import { mainWorkTreeOf } from './findRepository.ts';

/**
 * What the state file of a folder that is not trusted tells; undefined when there is none. Starts no process and writes
 * nothing, also when the file is damaged.
 */
export async function readRestricted(top: string): Promise<Overview | undefined> {
	const root = await mainWorkTreeOf(top);
	const source = await readFileIfExists(join(root, '.cursor', 'data', 'session_state.json'), root);
	if (source === undefined) return undefined;
	return overviewOf(parseState(source), await realpath(top));
}
