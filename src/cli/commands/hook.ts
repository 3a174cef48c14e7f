import path from 'node:path';
import { observe } from '../../app/observe.ts';
import { Workspace } from '../../app/workspace.ts';
import { isAgentKey, noteOfPayload } from '../../core/agentHooks.ts';
import { leaveAgentNote } from '../../git/agentNotes.ts';
import { terminalHost } from '../host.ts';
import { readWhole } from '../input.ts';
import { type CommonOptions, show, tell } from '../output.ts';

/** Far above any payload: an edit's holds the text before and after. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Answers 1 when it fails, never 2: to agents, that means to stop what they do. */
export async function hook(agent: string, options: CommonOptions): Promise<number> {
	try {
		const note = isAgentKey(agent) ? noteOfPayload(agent, await readWhole('-', MOST_BYTES)) : undefined;
		if (!note) {
			tell(`Standard input is no JSON object that a hook of "${agent}" gives.`);
			return 1;
		}
		const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
		await leaveAgentNote(workspace.location, note);
		await observe(workspace);
		show(options, {}, ['{}']);
		return 0;
	} catch (error) {
		tell((error as Error).message);
		return 1;
	}
}
