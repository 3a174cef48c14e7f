// What a person in the editor feels: activation in the real extension host, the way of a commit into the status bar of the real workbench, and
// what runs while nothing happens.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Editor, remoteUri, startEditor } from '../../editor/editor.ts';
import { root } from '../../editor/paths.ts';
import { until } from '../../editor/until.ts';
import { makeRepository } from '../makeRepository.ts';
import { measure, median, quantile, type Row, shown } from '../measure.ts';

const WINDOWS = 5;
const COMMITS = 100;
const BURST = 20;
const STATUS = '[id$="autoPr.status"]';

/** What `measured.cjs` tells. */
interface Event {
	/** ms UTC. */
	at: number;
	/** The process id of the extension host. */
	host: number;
	activateMs?: number;
	loadMs?: number;
	process?: string;
	timer?: number;
}

void measure(async (folder) => {
	const repository = path.join(folder, 'repository');
	await makeRepository(repository);
	const extension = measuredExtension(path.join(folder, 'extension'));
	const eventsFile = path.join(folder, 'events');
	writeFileSync(eventsFile, '');
	const events = () =>
		readFileSync(eventsFile, 'utf8')
			.split('\n')
			.filter(Boolean)
			.map((line): Event => JSON.parse(line));
	const editor = await startEditor({
		extension: 'development',
		folders: [repository],
		env: { AUTO_PR_BENCH_EVENTS: eventsFile },
	});
	try {
		const activations: Event[] = [];
		let page = await openWindow(editor, extension, repository);
		for (let window = 1; ; window++) {
			activations.push(
				(
					await until(
						async () => events().filter((it) => it.activateMs !== undefined),
						(it) => it.length >= window,
					)
				).at(-1)!,
			);
			if (window === WINDOWS) break;
			await page.close();
			page = await openWindow(editor, extension, repository);
		}
		// The host of a window that is closed may live on for a while, should the window come back.
		const { host } = activations.at(-1)!;
		const since = (at: number) => events().filter((event) => event.host === host && event.at >= at);
		await page.locator(STATUS).waitFor();
		await watchStatus(page);
		const delays: number[] = [];
		let from = Date.now();
		for (let n = 1; n <= COMMITS; n++) {
			const made = commit(repository, n);
			delays.push(Math.max(0, (await shownAt(page, n)) - made));
			// A commit of a person at work, not of a burst.
			await sleep(100);
		}
		const single = processesOf(since(from));
		from = Date.now();
		for (let n = COMMITS + 1; n <= COMMITS + BURST; n++) commit(repository, n);
		await shownAt(page, COMMITS + BURST);
		const burst = processesOf(since(from));
		// A minute after a commit publishing looks for its pull request, and after a minute without a key or a click the editor knows that nobody
		// is at the window.
		await sleep(75_000);
		from = Date.now();
		await sleep(60_000);
		return [activation(activations), delay(delays), processes(single, burst), quiet(since(from))];
	} finally {
		await editor.stop();
	}
});

/** The extension as it is built, with `measured.cjs` in front. */
function measuredExtension(to: string): string {
	for (const part of ['package.json', 'package.nls.json', 'dist', 'media', 'l10n']) {
		if (existsSync(path.join(root, part))) cpSync(path.join(root, part), path.join(to, part), { recursive: true });
	}
	cpSync(path.join(root, 'test/bench/measured.cjs'), path.join(to, 'measured.cjs'));
	const manifest = JSON.parse(readFileSync(path.join(to, 'package.json'), 'utf8'));
	writeFileSync(path.join(to, 'package.json'), JSON.stringify({ ...manifest, main: './measured.cjs' }));
	return to;
}

async function openWindow(editor: Editor, extension: string, repository: string): Promise<Page> {
	const page = await (await editor.browser()).newPage();
	page.setDefaultTimeout(60_000);
	await page.goto(editor.url([repository], [['extensionDevelopmentPath', remoteUri(editor.base, extension)]]));
	return page;
}

/** Notes in the page when the status bar first tells each number of commits, ms UTC. */
async function watchStatus(page: Page): Promise<void> {
	// No function in here may have a name: the compiler would call a helper of its own that the page lacks.
	await page.evaluate((selector) => {
		Object.assign(window, { autoPrSeen: new Map() });
		new MutationObserver(() => {
			const { autoPrSeen: seen } = window as unknown as Seen;
			const count = /(\d+) commits?/.exec(document.querySelector(selector)?.textContent ?? '')?.[1];
			if (count !== undefined && !seen.has(Number(count))) seen.set(Number(count), Date.now());
		}).observe(document.querySelector('.part.statusbar')!, {
			subtree: true,
			childList: true,
			characterData: true,
			attributes: true,
		});
	}, STATUS);
}

/** What `watchStatus` leaves in the page: number of commits to ms UTC. */
interface Seen {
	autoPrSeen: Map<number, number>;
}

/** When the status bar told this number of commits, ms UTC. */
async function shownAt(page: Page, commits: number): Promise<number> {
	const handle = await page.waitForFunction((wanted) => (window as unknown as Seen).autoPrSeen.get(wanted), commits, {
		polling: 20,
	});
	return (await handle.jsonValue())!;
}

/** Commits by plain git, and returns when git had done so, ms UTC. */
function commit(repository: string, n: number): number {
	appendFileSync(path.join(repository, 'README.md'), `${n}\n`);
	const { status } = spawnSync('git', ['commit', '--quiet', '--all', '--message', `wip: ${n}`], { cwd: repository });
	if (status !== 0) throw new Error('git commit failed.');
	return Date.now();
}

function processesOf(events: readonly Event[]): string[] {
	return events.flatMap(({ process }) => (process === undefined ? [] : [process]));
}

function activation(activations: readonly Event[]): Row {
	const activateMs = median(activations.map((it) => it.activateMs!));
	const loadMs = median(activations.map((it) => it.loadMs!));
	const { size } = statSync(path.join(root, 'dist/extension.js'));
	return {
		what: 'activation, our own code, in the real extension host',
		goal: '< 15 ms, bundle < 200 KB',
		figure: `${shown(activateMs)}, bundle ${(size / 1000).toFixed(0)} KB`,
		beside: `loading the bundle ${shown(loadMs)}`,
		holds: activateMs < 15 && size < 200_000,
		values: { activateMs, loadMs, bytes: size },
	};
}

function delay(delays: readonly number[]): Row {
	const [middle, last] = [median(delays), quantile(delays, 0.99)];
	return {
		what: 'commit by plain git until the status bar shows it',
		goal: 'median < 150 ms, p99 < 400 ms',
		figure: `median ${shown(middle)}, p99 ${shown(last)}`,
		holds: middle < 150 && last < 400,
		values: { medianMs: middle, p99Ms: last },
	};
}

function processes(single: readonly string[], burst: readonly string[]): Row {
	const each = single.length / COMMITS;
	return {
		what: 'processes for each observed commit',
		goal: '1 at most, however many commits arrive together',
		figure: `${each.toFixed(2)}; ${burst.length} for ${BURST} commits in a burst`,
		holds: each <= 1 && burst.length <= BURST,
		values: { each, burst: burst.length },
	};
}

function quiet(idle: readonly Event[]): Row {
	const started = idle.filter(({ process }) => process !== undefined).length;
	const timers = idle.filter(({ timer }) => timer !== undefined).length;
	// Whoever has to mend it needs to know where it comes from.
	for (const event of idle) console.error(JSON.stringify(event));
	return {
		what: 'a minute in which nothing happens',
		goal: '0 processes, 0 timers under one second',
		figure: `${started} processes, ${timers} timers`,
		holds: started === 0 && timers === 0,
		values: { processes: started, timers },
	};
}
