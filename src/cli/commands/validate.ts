import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_FILE } from '../../app/settle.ts';
import { Workspace } from '../../app/workspace.ts';
import { annotation } from '../../files/githubActions.ts';
import { terminalHost } from '../host.ts';
import { type CommonOptions, show } from '../output.ts';

export async function validate(options: CommonOptions & { annotations?: boolean }): Promise<number> {
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	const { problems } = await workspace.settle();
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
	const json = problems.map(({ line, column, key, message }) => ({ line, column, key: key ?? null, message }));
	show(options, { file: CONFIGURATION_FILE, problems: json }, lines);
	return problems.length > 0 ? 1 : 0;
}
