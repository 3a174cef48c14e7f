import path from 'node:path';
import { CONFIGURATION_FILE } from '../app/settle.ts';
import { Workspace } from '../app/workspace.ts';
import { terminalHost } from './host.ts';
import { type CommonOptions, tell } from './output.ts';

/**
 * Opens the working copy that a command is about, and says when its configuration has mistakes: work goes on with the defaults.
 * @throws UserError where there is none.
 */
export async function openWorkspace(options: CommonOptions): Promise<Workspace> {
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	const { problems } = await workspace.settle();
	const [first, ...more] = problems;
	if (first) {
		const rest = more.length === 0 ? '' : ` (and ${more.length} more: see "auto-pr validate")`;
		tell(`${CONFIGURATION_FILE}:${first.line}:${first.column}: ${first.message}${rest}`);
	}
	return workspace;
}
