import { type Configuration, defaultConfiguration } from '../core/configuration.ts';
import type { Problem } from '../core/configurationFile.ts';
import { compileRules, type Rules } from '../core/rules.ts';

/** The configuration's place below the top of the work tree. */
export const CONFIGURATION_FILE = '.cursor/config/session_config.yaml';

/** The configuration in force, and what was wrong in its file. */
export interface Settled {
	configuration: Configuration;
	rules: Rules;
	problems: Problem[];
}

/** Makes a configuration file's text ready for deciding; undefined where there is no file. */
export async function settleText(text: string | undefined): Promise<Settled> {
	if (text === undefined) {
		const configuration = defaultConfiguration();
		const { rules } = await compileRules(configuration);
		return { configuration, rules, problems: [] };
	}
	// The YAML reader is loaded only where there is YAML.
	const { parseConfiguration } = await import('../core/configurationFile.ts');
	const { configuration, problems, placeOf } = parseConfiguration(text);
	const { rules, bad } = await compileRules(configuration);
	for (const { index, reason } of bad) {
		problems.push({
			...placeOf('auto_pr_patterns', index),
			key: 'auto_pr_patterns',
			message: `This pattern is left out, since RE2 does not take it: ${reason}.`,
		});
	}
	return { configuration, rules, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}
