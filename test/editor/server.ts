import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeOf, serverHome, serverMainOf } from './paths.ts';
import { readable } from './until.ts';

/** How long a server may take to listen, ms. It needs 200 on an idle machine. */
const startLimit = 60_000;

export interface ServerOptions {
	/** A short path for everything that the run writes; removed when the server ends. */
	folder: string;
	/** The user's settings. */
	settings: Record<string, unknown>;
	/** What the server, its extension host and so the extension find in their environment besides our own. */
	env: NodeJS.ProcessEnv;
	/** Packaged extensions to install. */
	vsix: readonly string[];
	/** Lets a URL name an extension under development and its tests. The workbench then shows no toasts. */
	development: boolean;
	/** False: the workbench asks whether the folder is trusted. */
	trusted: boolean;
}

/** A VS Code server that listens on this machine alone. */
export interface Server {
	/** `http://127.0.0.1:PORT` */
	base: string;
	/** What it and its extension host wrote on their standard output and error so far. */
	log(): string;
	/** Resolves when the server has ended, whoever ended it. */
	ended: Promise<void>;
	stop(): Promise<void>;
}

/** Starts a VS Code server on a free port. It ends with this process, however that ends. */
export async function startServer(options: ServerOptions): Promise<Server> {
	const { folder } = options;
	const user = path.join(folder, 'user-data/User');
	mkdirSync(user, { recursive: true });
	writeFileSync(path.join(user, 'settings.json'), JSON.stringify(options.settings, null, '\t'));
	const places = [
		'--accept-server-license-terms',
		...['--server-data-dir', path.join(folder, 'server-data')],
		...['--user-data-dir', path.join(folder, 'user-data')],
		...['--extensions-dir', path.join(folder, 'extensions')],
	];
	for (const vsix of options.vsix) install(vsix, places);
	const child = spawn(
		process.execPath,
		[
			path.join(import.meta.dirname, 'guard.mjs'),
			folder,
			nodeOf(serverHome),
			serverMainOf(serverHome),
			...places,
			...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
			...(options.development ? ['--enable-smoke-test-driver'] : []),
			...(options.trusted ? ['--disable-workspace-trust'] : []),
			...['--disable-telemetry', '--disable-experiments'],
		],
		{
			// A socket's path is limited to 108 bytes, and these vanish with the run.
			env: { ...process.env, TMPDIR: folder, XDG_RUNTIME_DIR: folder, ...options.env },
			stdio: ['pipe', 'pipe', 'pipe'],
			detached: true,
		},
	);
	return running(child, folder);
}

async function running(child: ChildProcess, folder: string): Promise<Server> {
	const file = createWriteStream(path.join(folder, 'server.log'));
	file.on('error', () => {}); // The folder goes before the last words come.
	let log = '';
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const port = await new Promise<string>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`The VS Code server did not start:\n${log}`)), startLimit);
		const hear = (data: Buffer) => {
			file.write(data);
			log += data;
			const found = /Extension host agent listening on (\d+)/.exec(log)?.[1];
			if (found) {
				clearTimeout(timer);
				resolve(found);
			}
		};
		child.stdout?.on('data', hear);
		child.stderr?.on('data', hear);
		ended.then(() => {
			clearTimeout(timer);
			reject(new Error(`The VS Code server ended:\n${log}`));
		});
	});
	return {
		base: `http://127.0.0.1:${port}`,
		log: () => log,
		ended,
		async stop() {
			child.stdin?.end();
			await ended;
		},
	};
}

function install(vsix: string, places: string[]): void {
	const args = [serverMainOf(serverHome), ...places, '--install-extension', vsix, '--force'];
	try {
		const said = execFileSync(nodeOf(serverHome), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
		if (!/was successfully installed/.test(said)) {
			throw new Error(said);
		}
	} catch (error) {
		throw new Error(`The server did not install ${vsix}: ${readable(error)}`);
	}
}
