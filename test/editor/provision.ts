import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../src/core/userError.ts';
import { findBrowser, isLowest, nodeOf, serverHome, serverMainOf, serverPins, vscodeOf } from './paths.ts';

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
/** The two addons without a prebuilt binary that are needed: output channels, and ending with the parent. */
const addons = {
	'@vscode/spdlog': 'build/Release/spdlog.node',
	[isLowest ? 'native-watchdog' : '@vscode/native-watchdog']: 'build/Release/watchdog.node',
};

/**
 * Makes sure that the pinned VS Code server and a Chromium are there. The first run takes about a minute,
 * later ones nothing. Needs npm's registry; make, g++ and python3 for two addons.
 *
 * @throws UserError where this machine cannot have them.
 */
export function provision(): void {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new UserError(
			`The web workbench runs on Linux x64 only, and this is ${process.platform} ${process.arch}: use the desktop editor.`,
		);
	}
	const current = isCurrent(serverHome);
	installDebianPackages(current);
	if (!current) {
		installServer();
	}
}

/** The lock file pins every byte; the stamp is written last, so a half-made tree never counts. */
function isCurrent(home: string): boolean {
	const lock = path.join(home, 'package-lock.json');
	return (
		existsSync(path.join(home, '.provisioned')) &&
		existsSync(lock) &&
		readFileSync(lock, 'utf8') === readFileSync(path.join(serverPins, 'package-lock.json'), 'utf8')
	);
}

/** Made beside its place and renamed into it: two runs may do this at once, and a failed one leaves nothing half-made. */
function installServer(): void {
	const part = `${serverHome}.part-${process.pid}`;
	try {
		mkdirSync(part, { recursive: true });
		for (const file of ['package.json', 'package-lock.json']) {
			copyFileSync(path.join(serverPins, file), path.join(part, file));
		}
		installInto(part);
		writeFileSync(path.join(part, '.provisioned'), readFileSync(path.join(serverPins, 'package-lock.json')));
		if (!isCurrent(serverHome)) {
			rmSync(serverHome, { recursive: true, force: true });
			renameSync(part, serverHome);
		}
	} finally {
		rmSync(part, { recursive: true, force: true });
	}
}

function installInto(home: string): void {
	const vscode = vscodeOf(home);
	const nodeHome = path.dirname(path.dirname(nodeOf(home)));
	const withServersNode = {
		PATH: `${path.join(nodeHome, 'bin')}${path.delimiter}${process.env.PATH}`,
		// The headers that node-gyp would download otherwise.
		npm_config_nodedir: nodeHome,
	};
	// Without scripts: code-server's own needs libraries for addons that are never loaded here, and refuses other Nodes.
	run('npm', ['ci', '--ignore-scripts', ...quiet], home);
	// Not `npm ci`: npm finds the shrinkwrap that is shipped inside out of step (EUSAGE).
	run('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], vscode, withServersNode);
	run('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], path.join(vscode, 'extensions'), withServersNode);
	run('npm', ['rebuild', ...Object.keys(addons), ...quiet], vscode, withServersNode);
	for (const [name, binary] of Object.entries(addons)) {
		if (!existsSync(path.join(vscode, 'node_modules', name, binary))) {
			throw new UserError(`npm rebuild made no ${binary} of ${name} in ${vscode}: install make, g++ and python3.`);
		}
	}
	run(nodeOf(home), [serverMainOf(home), '--version'], home);
}

/** @param serverIsThere - then the compiler for its addons is not needed. */
function installDebianPackages(serverIsThere: boolean): void {
	const missing = [
		...(findBrowser() ? [] : ['chromium', 'fonts-dejavu-core']),
		...(isOnPath('git') ? [] : ['git']),
		...(serverIsThere ? [] : ['make', 'g++', 'python3'].filter((tool) => !isOnPath(tool))),
	];
	if (missing.length === 0) {
		return;
	}
	if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
		throw new UserError(
			`The web workbench needs ${missing.join(', ')}: install them (Debian, Ubuntu: apt-get install ${missing.join(' ')}), or set CHROMIUM_PATH to a Chromium.`,
		);
	}
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	run('apt-get', ['update', '-qq'], '/', env);
	run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], '/', env);
}

function isOnPath(tool: string): boolean {
	return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, tool)));
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
	console.error(`[editor] ${command} ${args.join(' ')}`);
	execFileSync(command, args, { cwd, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	provision();
}
