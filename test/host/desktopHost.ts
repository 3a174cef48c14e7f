import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { writeWorkspace } from '../editor/editor.ts';
import { root } from '../editor/paths.ts';
import { quietGit, quietSettings } from '../editor/quiet.ts';
import { removeFolder, temporaryFolder } from '../editor/temporary.ts';
import type { HostRun } from './hostRun.ts';

/** Runs tests in the extension host of a desktop editor. Returns its exit code. */
export async function runInDesktop(executable: string, run: HostRun): Promise<number> {
	const folder = temporaryFolder();
	try {
		const user = path.join(folder, 'user-data', 'User');
		mkdirSync(user, { recursive: true });
		writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...run.settings }));
		const [only, ...more] = run.folders;
		const opened = more.length > 0 ? [writeWorkspace(folder, run.folders)] : only ? [only] : [];
		return await runTests({
			vscodeExecutablePath: executable,
			extensionDevelopmentPath: root,
			extensionTestsPath: run.tests,
			extensionTestsEnv: { ...quietGit, ...run.env },
			launchArgs: [
				...opened,
				...['--user-data-dir', path.join(folder, 'user-data')],
				...['--extensions-dir', path.join(folder, 'extensions')],
			],
		});
	} catch (error) {
		const { code } = error as { code?: number };
		if (code === undefined) {
			throw error;
		}
		return code;
	} finally {
		removeFolder(folder);
	}
}
