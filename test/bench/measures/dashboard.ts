// The dashboard as the editor draws it, in a real browser: 100,000 pull requests in 10,000 sessions, first drawn, told of one more, and narrowed.
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { AnalyticsRow } from '../../../src/core/analytics/row.ts';
import type { ToDashboard } from '../../../src/dashboard/protocol.ts';
import { HistoryFeed } from '../../../src/extension/dashboardHistory.ts';
import { launchBrowser } from '../../editor/browser.ts';
import { root } from '../../editor/paths.ts';
import { measure, median, type Row, shown } from '../measure.ts';

const SESSIONS = 10_000;
const EACH = 10;
const ROUNDS = 5;
const REFRESHES = 5;
const FIRST_GOAL_MS = 300;
const REFRESH_GOAL_MS = 50;
/** A task that holds the page up for longer than this is felt as a halt: web.dev/articles/rail. */
const TASK_GOAL_MS = 300;
const HOUR = 60 * 60_000;
const BEGIN = Date.UTC(2024, 0, 1);
const NOW = BEGIN + SESSIONS * HOUR;
const ORIGIN = 'http://dashboard.test';

/** What stands in for the editor in the page; all times in ms. */
declare const stage: {
	/** Gives what is to be shown first. */
	take(messages: ToDashboard[]): void;
	first(): Promise<number>;
	refresh(message: ToDashboard): Promise<number>;
	narrow(author: string): Promise<number>;
	longest(): number;
};

const PAGE = `<!DOCTYPE html><html lang="en"><title>Dashboard</title><body class="view"><main id="root"></main></body></html>`;

/** How long something took, ms. */
interface Time {
	/** Until it was painted, by the clock. */
	wall: number;
	/** What the page's main thread was at work for it: what is left of the time where nothing else runs on the machine. */
	work: number;
}

interface Round {
	first: Time;
	refreshes: Time[];
	narrowings: Time[];
	/** ms by the clock. */
	longest: number;
}

void measure(async () => {
	const browser = await launchBrowser();
	try {
		const rounds: Round[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
			page.on('pageerror', (error) => {
				throw error;
			});
			rounds.push(await oneRound(page));
			await page.close();
		}
		return [
			painted(
				'first paint',
				rounds.map(({ first }) => first),
				FIRST_GOAL_MS,
			),
			painted(
				'one session more',
				rounds.flatMap(({ refreshes }) => refreshes),
				REFRESH_GOAL_MS,
			),
			painted(
				'narrowed to an author',
				rounds.flatMap(({ narrowings }) => narrowings),
				REFRESH_GOAL_MS,
			),
			timeRow('dashboard, longest task of all of that', median(rounds.map(({ longest }) => longest)), TASK_GOAL_MS),
			timeRow('what one session more is told by, in the extension', median(feedTimes()), REFRESH_GOAL_MS),
		];
	} finally {
		await browser.close();
	}
});

async function oneRound(page: Page): Promise<Round> {
	await page.route(`${ORIGIN}/**`, (route) => {
		const name = new URL(route.request().url()).pathname.slice(1);
		return name === ''
			? route.fulfill({ contentType: 'text/html', body: PAGE })
			: route.fulfill({ path: path.join(root, 'dist', name) });
	});
	await page.goto(`${ORIGIN}/`);
	await page.addScriptTag({ content: STAGE });
	const messages: ToDashboard[] = [
		{ type: 'history', whole: true, rows: Array.from({ length: SESSIONS }, (_, n) => row(n)) },
		{ type: 'state', now: NOW, state: { stage: 'ready', others: [], waiting: [], notices: [], problems: [] } },
	];
	const debug = await page.context().newCDPSession(page);
	await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
	const worked = async () => {
		const { metrics } = await debug.send('Performance.getMetrics');
		return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
	};
	const timed = async (wall: () => Promise<number>): Promise<Time> => {
		const before = await worked();
		return { wall: await wall(), work: (await worked()) - before };
	};
	await page.evaluate((given) => stage.take(JSON.parse(given)), JSON.stringify(messages));
	const first = await timed(() => page.evaluate(() => stage.first()));
	const refreshes: Time[] = [];
	const narrowings: Time[] = [];
	for (let n = 0; n < REFRESHES; n++) {
		const message: ToDashboard = { type: 'history', whole: false, rows: [row(SESSIONS + n)] };
		refreshes.push(await timed(() => page.evaluate((given) => stage.refresh(given), message)));
		narrowings.push(await timed(() => page.evaluate((given) => stage.narrow(given), `Person ${n}`)));
		await page.evaluate((given) => stage.narrow(given), '');
	}
	return { first, refreshes, narrowings, longest: await page.evaluate(() => stage.longest()) };
}

/**
 * The source of `stage`. A time ends when the task after the frame begins: then the frame was painted. Text, since a
 * function of this file would call helpers of the compiler that the page lacks.
 */
const STAGE = `
var stage = (() => {
	let longest = 0;
	let messages;
	const observer = new PerformanceObserver((list) => note(list.getEntries()));
	observer.observe({ type: 'longtask' });
	const note = (entries) => { for (const { duration } of entries) longest = Math.max(longest, duration); };
	window.acquireVsCodeApi = () => ({ postMessage: (message) => message.type === 'ready' && messages.forEach((one) => window.postMessage(one, '*')), getState() {}, setState: (state) => structuredClone(state) });
	const count = () => document.getElementById('sessions')?.textContent;
	const painted = (before) => new Promise((resolve) => {
		const look = () => {
			if (count() === undefined || count() === before) return void requestAnimationFrame(look);
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => resolve(performance.now());
			port2.postMessage(undefined);
		};
		requestAnimationFrame(look);
	});
	return {
		take(given) {
			messages = given;
		},
		async first() {
			note(observer.takeRecords());
			longest = 0;
			const begun = performance.now();
			const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'dashboard.css' });
			document.head.append(style, Object.assign(document.createElement('script'), { src: 'dashboard.js' }));
			return (await painted(undefined)) - begun;
		},
		async refresh(message) {
			const before = count();
			const begun = performance.now();
			postMessage(message, '*');
			return (await painted(before)) - begun;
		},
		async narrow(author) {
			const select = document.querySelector('select[aria-label="Author"]');
			const before = count();
			const begun = performance.now();
			select.value = author;
			select.dispatchEvent(new Event('change', { bubbles: true }));
			return (await painted(before)) - begun;
		},
		longest() {
			note(observer.takeRecords());
			return longest;
		},
	};
})();`;

function row(n: number): AnalyticsRow {
	const startedAt = BEGIN + n * HOUR;
	const stamp = new Date(startedAt).toISOString().replaceAll(/[-:]/g, '');
	return {
		id: `person${n % 20}-${stamp.slice(0, 8)}-${stamp.slice(9, 13)}`,
		title: `Piece of work ${n}`,
		author: `Person ${n % 20}`,
		...(n % 3 === 0 && { agent: `Agent ${n % 4}` }),
		startedAt,
		completedAt: startedAt + (10 + (n % 40)) * 60_000,
		minutes: 10 + (n % 40),
		trigger: ['timeout', 'explicit', 'heuristic', 'closed'][n % 4]!,
		commits: 1 + (n % 30),
		files: 1 + (n % 17),
		tests: n % 3,
		docs: n % 2,
		pullRequests: Array.from({ length: EACH }, (_, pr) => n * EACH + pr + 1),
		score: n % 9,
		categories: { tests: n % 4, docs: n % 3, penalties: -(n % 2) },
	};
}

/** As after a session completed: all rows are read anew, and one is new. ms each. */
function feedTimes(): number[] {
	const read = (count: number) => Array.from({ length: count }, (_, n) => row(n));
	const feed = new HistoryFeed();
	feed.next('/shop', read(SESSIONS));
	return Array.from({ length: ROUNDS }, (_, round) => {
		const rows = read(SESSIONS + round + 1);
		const begun = performance.now();
		if (feed.next('/shop', rows)?.rows.length !== 1) throw new Error('More than the new session was told.');
		return performance.now() - begun;
	});
}

function painted(what: string, times: readonly Time[], goal: number): Row {
	const work = median(times.map((time) => time.work));
	const timed = timeRow(`dashboard, ${what} until it is painted`, median(times.map(({ wall }) => wall)), goal);
	return {
		...timed,
		beside: `the page's main thread at work ${shown(work)}`,
		values: { ...timed.values, workMs: work },
	};
}

function timeRow(what: string, ms: number, goal: number): Row {
	return {
		what: `${what}, ${SESSIONS.toLocaleString('en-US')} sessions`,
		goal: `< ${goal} ms`,
		figure: shown(ms),
		holds: ms < goal,
		values: { ms },
	};
}
