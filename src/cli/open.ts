import path from 'node:path';
import { Workspace } from '../app/workspace.ts';
import { terminalHost } from './host.ts';
import type { CommonOptions } from './output.ts';
import { tellProblems } from './problems.ts';

/**
 * Opens the working copy that a command is about, and says when its configuration has mistakes.
 * @throws UserError where there is none.
 */
export async function openWorkspace(options: CommonOptions): Promise<Workspace> {
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	tellProblems((await workspace.settle()).problems);
	return workspace;
}
