// `npm start`: a real editor with the extension, and a repository in which a scripted agent commits every few seconds.
// `npm start -- --commits 12 --seconds 2` ends by itself after so many commits.
import { execSync } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { UserError } from '../../src/core/userError.ts';
import { findUsersDesktop } from '../editor/desktop.ts';
import { startEditor } from '../editor/editor.ts';
import { root } from '../editor/paths.ts';
import { makeShop } from '../editor/shop.ts';
import { work } from './agent.ts';
import { startDesktop } from './desktopWindow.ts';

/** What is running on the screen. */
interface Shown {
	/** Resolves when the person closed it. */
	ended: Promise<void>;
	stop(): Promise<void>;
}

/** Where the agent of a forgotten demo stops: at 4 s a commit, after an hour. */
const mostCommits = 900;

async function show(folder: string): Promise<Shown> {
	const desktop = await findUsersDesktop();
	if ('executable' in desktop) {
		console.log(`Opening ${desktop.executable}. Close its window to end the demo.`);
		return startDesktop(desktop.executable, folder);
	}
	console.log(`No desktop editor: ${desktop.why}. Starting the web workbench instead.`);
	const editor = await startEditor({ folders: [folder] });
	console.log(`\nOpen ${editor.url()}\nand press Ctrl+C here to end.\n`);
	return editor;
}

function count(name: string, value: string): number {
	const number = Number(value);
	if (!Number.isFinite(number) || number <= 0) {
		throw new UserError(`--${name} takes a number above 0, not "${value}".`);
	}
	return number;
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { commits: { type: 'string' }, seconds: { type: 'string' } } });
	const commits = count('commits', values.commits ?? String(mostCommits));
	const every = count('seconds', values.seconds ?? '4') * 1000;
	console.log('Building and packaging the extension.');
	// By a shell, because npm is a batch file on Windows.
	execSync('npm run --silent package', { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	const stopping = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => stopping.abort());
	}
	const repository = await makeShop();
	try {
		const shown = await show(repository.root);
		console.log(`The agent works in ${repository.root}`);
		const stopped = once(stopping.signal, 'abort');
		const tell = (message: string) => console.log(`  ${message}`);
		const worked = work(repository, { every, commits, signal: stopping.signal, tell });
		// The window stays open when the agent has nothing more to do, unless a number of commits was asked for.
		const finished = values.commits ? worked : worked.then(() => shown.ended);
		await Promise.race([shown.ended, stopped, finished]);
		stopping.abort();
		await worked;
		await shown.stop();
	} finally {
		await repository.dispose();
	}
}

main().catch((error) => {
	console.error(error instanceof UserError ? error.message : error);
	process.exitCode = 1;
});
