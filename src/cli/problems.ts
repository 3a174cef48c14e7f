import { CONFIGURATION_FILE } from '../app/settle.ts';
import type { Problem } from '../core/configurationFile.ts';
import { tell } from './output.ts';

/** Says in one line what is wrong in the configuration, if anything is: work goes on with the defaults. */
export function tellProblems([first, ...more]: readonly Problem[]): void {
	if (!first) return;
	const rest = more.length === 0 ? '' : ` (and ${more.length} more: see "auto-pr validate")`;
	tell(`${CONFIGURATION_FILE}:${first.line}:${first.column}: ${first.message}${rest}`);
}
