import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_FILE } from '../../app/settle.ts';
import { Workspace } from '../../app/workspace.ts';
import { type Difference, differencesOf } from '../../core/configuration.ts';
import { annotation } from '../../files/githubActions.ts';
import { terminalHost } from '../host.ts';
import { type CommonOptions, show } from '../output.ts';

interface ValidateOptions extends CommonOptions {
	annotations?: boolean;
	/** Lists what differs from the defaults, too: no problem, so the exit code is the same. */
	differences?: boolean;
}

export async function validate(options: ValidateOptions): Promise<number> {
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	const { problems, configuration } = await workspace.settle();
	const file = path.relative(process.cwd(), workspace.configurationFile);
	const lines = problems.map(({ line, column, message }) =>
		options.annotations
			? annotation('warning', message, { file: CONFIGURATION_FILE, line, column })
			: `${file}:${line}:${column}: ${message}`,
	);
	if (lines.length === 0 && !options.annotations) {
		const exists = existsSync(workspace.configurationFile);
		lines.push(exists ? `${file} is right.` : `There is no ${file}, so the defaults apply.`);
	}
	const differences = options.differences ? differencesOf(configuration) : undefined;
	if (differences && !options.annotations) lines.push(...describeDifferences(differences));
	const json = problems.map(({ line, column, key, message }) => ({ line, column, key: key ?? null, message }));
	show(
		options,
		{
			file: CONFIGURATION_FILE,
			problems: json,
			...(differences && { differences: differences.map(({ usual, ...it }) => ({ ...it, default: usual })) }),
		},
		lines,
	);
	return problems.length > 0 ? 1 : 0;
}

function describeDifferences(differences: readonly Difference[]): string[] {
	if (differences.length === 0) return ['Every value is the default.'];
	return differences.map(
		({ key, value, usual }) => `${key} is ${JSON.stringify(value)}; the default is ${JSON.stringify(usual)}.`,
	);
}
