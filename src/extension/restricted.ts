import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { waitingIn } from '../app/publishQueue.ts';
import type { Overview } from '../app/status.ts';
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
	const state = parseState(source);
	const { sessions, problems } = state;
	const real = await realpath(top);
	const here = sessions.find((session) => session.workingCopy === real);
	return {
		...(here && { here }),
		others: sessions.filter((session) => session !== here),
		queue: waitingIn(state),
		notices: problems,
	};
}
