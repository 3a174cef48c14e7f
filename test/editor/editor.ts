import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { UserError } from '../../src/core/userError.ts';
import { launchBrowser } from './browser.ts';
import { root, vsixFile } from './paths.ts';
import { provision } from './provision.ts';
import { quietGit, quietSettings } from './quiet.ts';
import { startServer } from './server.ts';
import { removeFolder, temporaryFolder } from './temporary.ts';

export interface EditorOptions {
	/**
	 * `packaged` installs the .vsix as a user does. `development` runs the checkout with nothing packaged: for host
	 * tests, since the workbench then shows no toasts. `none` is a bare editor.
	 */
	extension?: 'packaged' | 'development' | 'none';
	/** Absolute path of another extension's folder, to be packaged and installed beside ours. */
	neighbour?: string;
	/** Absolute paths of the folders that the window opens; several make a multi-root workspace, none an empty window. */
	folders?: readonly string[];
	/** The user's settings, over `quietSettings`. `{ 'git.enabled': false }` turns the built-in git extension off. */
	settings?: Record<string, unknown>;
	/** What the extension finds in its environment besides our own. Undefined removes a variable. */
	env?: NodeJS.ProcessEnv;
	/** False: the workbench asks whether the folder is trusted. */
	trusted?: boolean;
}

/** A real VS Code server whose workbench any number of browser windows may show. */
export interface Editor {
	/** `http://127.0.0.1:PORT` */
	base: string;
	/** Temporary folder of this run, with the server's logs under `server-data`; removed by `stop`. */
	folder: string;
	/** The address of a window on other folders than the editor's own; `payload` as in VS Code's `?payload=`. */
	url(folders?: readonly string[], payload?: readonly (readonly [string, string])[]): string;
	/** The browser that the windows share, started when first asked for. */
	browser(): Promise<Browser>;
	/** What the server and its extension host wrote so far. */
	log(): string;
	/** Resolves when the server has ended, whoever ended it. */
	ended: Promise<void>;
	/** Ends browser, server and extension hosts, and removes the run's folder. */
	stop(): Promise<void>;
}

/**
 * Starts a web workbench, making or updating the server that it needs first.
 *
 * @throws UserError where this machine cannot run one, or nothing is packaged yet
 */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
	const { extension = 'packaged', neighbour, folders = [], settings = {}, env = {}, trusted = true } = options;
	if (extension === 'packaged' && !existsSync(vsixFile)) {
		throw new UserError(`There is no ${vsixFile}: make it with "npm run package".`);
	}
	provision();
	const folder = temporaryFolder();
	try {
		const server = await startServer({
			folder,
			settings: { ...quietSettings, ...settings },
			env: { ...quietGit, ...env },
			development: extension === 'development',
			trusted,
			vsix: [
				...(extension === 'packaged' ? [vsixFile] : []),
				...(neighbour === undefined ? [] : [packed(neighbour, folder)]),
			],
		});
		let browser: Promise<Browser> | undefined;
		return {
			base: server.base,
			folder,
			url: (other = folders, payload = []) => windowUrl(server.base, folder, other, payload),
			browser() {
				browser ??= launchBrowser();
				return browser;
			},
			log: server.log,
			ended: server.ended,
			async stop() {
				// Whoever asked for a browser that did not start knows of it.
				await (await browser?.catch(() => undefined))?.close();
				await server.stop();
			},
		};
	} catch (error) {
		removeFolder(folder);
		throw error;
	}
}

/** Packages an extension's folder into another folder. Returns the file. */
function packed(extension: string, into: string): string {
	const file = path.join(into, `${path.basename(extension)}.vsix`);
	const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
	const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file];
	execFileSync(process.execPath, [vsce, 'package', ...options], { cwd: extension, stdio: ['ignore', 'pipe', 'pipe'] });
	return file;
}

/** The name under which the workbench knows a path on its server: the authority is that of the page. */
export function remoteUri(base: string, file: string): string {
	return `vscode-remote://${new URL(base).host}${file}`;
}

function windowUrl(
	base: string,
	runFolder: string,
	folders: readonly string[],
	payload: readonly (readonly [string, string])[],
): string {
	const query = new URLSearchParams();
	const [first, ...more] = folders;
	if (more.length > 0) {
		query.set('workspace', writeWorkspace(runFolder, folders));
	} else if (first) {
		query.set('folder', first);
	}
	query.set('payload', JSON.stringify([...payload, ['skipWelcome', 'true']]));
	return `${base}/?${query}`;
}

/** Writes a multi-root workspace file into a folder and returns its path. */
export function writeWorkspace(into: string, folders: readonly string[]): string {
	const file = path.join(into, `${folders.map((folder) => path.basename(folder)).join('+')}.code-workspace`);
	writeFileSync(file, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }));
	return file;
}
