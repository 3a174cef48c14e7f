import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../editor/paths.ts';
import { quietSettings } from '../editor/quiet.ts';
import { removeFolder, temporaryFolder } from '../editor/temporary.ts';

/**
 * Opens a window of a desktop editor on a folder, with this extension alone and a profile of its own, which goes when
 * the window is closed.
 */
export function startDesktop(executable: string, folder: string) {
	const profile = temporaryFolder();
	const user = path.join(profile, 'user-data', 'User');
	mkdirSync(user, { recursive: true });
	writeFileSync(path.join(user, 'settings.json'), JSON.stringify(quietSettings));
	const editor = spawn(
		executable,
		[
			...['--user-data-dir', path.join(profile, 'user-data')],
			...['--extensions-dir', path.join(profile, 'extensions')],
			`--extensionDevelopmentPath=${root}`,
			...['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--new-window', '--wait'],
			folder,
		],
		{ stdio: 'ignore' },
	);
	const ended = once(editor, 'exit').then(() => removeFolder(profile));
	return {
		ended,
		async stop() {
			editor.kill();
			await ended;
		},
	};
}
