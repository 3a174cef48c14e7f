import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { analyse } from '../../src/core/analytics/analytics.ts';
import type { AnalyticsRow } from '../../src/core/analytics/row.ts';
import { judgeHealth } from '../../src/core/health/health.ts';
import type { OpenSession, Sessions, ToDashboard } from '../../src/dashboard/protocol.ts';
import { launchBrowser } from '../editor/browser.ts';
import { findBrowser, resultsFolder, root } from '../editor/paths.ts';
import { readTables, tablesOf } from './charts.ts';
import { THEMES, themeCss } from './themes.ts';

const NOW = Date.UTC(2025, 10, 19, 15);
const MINUTE = 60_000;

/** Two warnings, and figures that are good. */
const ILL = judgeHealth({
	orphans: Array.from({ length: 6 }, (_, index) => `alice-20251119-14${10 + index}`),
	ended: [],
	stateBytes: 3 * 1024 ** 2,
	discarded: 0,
	operations: [{ operation: 'observe', times: 300, median: 12.2, p99: 48 }],
});

function row(number: number): AnalyticsRow {
	return {
		id: `alice-2025111${number}-0900`,
		title: `Piece ${number}`,
		author: number % 2 === 0 ? 'Alice' : 'Bob',
		startedAt: Date.UTC(2025, 10, 10 + number, 9),
		completedAt: Date.UTC(2025, 10, 10 + number, 9, 20),
		minutes: 20,
		trigger: 'timeout',
		commits: 4,
		files: 3,
		tests: 1,
		docs: 0,
		pullRequests: [],
	};
}

function details(number: number): ToDashboard {
	const at = row(number).startedAt;
	return {
		type: 'details',
		session: row(number).id,
		details: {
			commits: [
				{ sha: 'a'.repeat(40), subject: 'wip: <b>cart</b>', at, files: 2 },
				{ sha: 'b'.repeat(40), subject: 'wip: test', at: at + 5 * MINUTE, files: 1 },
			],
			missing: 1,
			files: [
				{ path: 'src/cart.test.ts', kind: 'A', score: 1 },
				{ path: 'src/cart.ts', kind: 'M', score: 0 },
			],
			score: {
				total: 1,
				decision: 'REQUEST_CHANGES',
				breakdown: { tests: 1, penalties: 0 },
				reasons: [{ category: 'tests', points: 1, because: 'A test was added.', paths: ['src/cart.test.ts'] }],
			},
			problems: [],
		},
	};
}

function openSession(id: string, given: Partial<OpenSession> = {}): OpenSession {
	const times = { startedAt: NOW - 12 * MINUTE, lastActivityAt: NOW - 2 * MINUTE };
	const counts = { commits: 3, files: 2, tests: 1, docs: 0 };
	return { id, author: 'Alice', status: 'active', ...times, ...counts, pullRequests: [], ...given };
}

function state(given: Partial<Sessions> = {}): ToDashboard {
	return {
		type: 'state',
		now: NOW,
		state: { stage: 'ready', others: [], waiting: [], notices: [], problems: [], ...given },
	};
}

function says(text: string, sentences: readonly string[]): void {
	for (const sentence of sentences) assert.ok(text.includes(sentence), `${sentence}\n${text}`);
}

/** In the page: buttons and figures whose words do not fit into them. */
function cutOff(): string[] {
	return [...document.querySelectorAll<HTMLElement>('button, .card, td, th, dd, dt, li, summary, h1, h2, p')]
		.filter(
			(element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
		)
		.map((element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 80)}`);
}

describe('the dashboard in the editor', function () {
	this.timeout(120_000);
	let browser: Browser;
	let page: Page;

	before(async function () {
		if (!findBrowser()) this.skip();
		browser = await launchBrowser();
	});
	after(() => browser?.close());

	beforeEach(async () => {
		page = await browser.newPage({ viewport: { width: 200, height: 900 } });
		page.on('pageerror', (error) => assert.fail(error));
		await page.setContent(
			'<!DOCTYPE html><html lang="en"><title>Dashboard</title><body class="view"><main id="root"></main></body></html>',
		);
		await page.addStyleTag({ path: path.join(root, 'dist', 'dashboard.css') });
		await load();
	});
	afterEach(() => page.close());

	/** What the editor does each time it draws the view: `kept` is what the view kept before. */
	async function load(kept?: unknown): Promise<void> {
		await page.evaluate(() => document.getElementById('root')!.replaceChildren());
		const content = `
			var editor = { kept: ${JSON.stringify(kept)}, posted: [] };
			var acquireVsCodeApi = () => ({
				postMessage: (message) => editor.posted.push(message),
				getState: () => editor.kept,
				setState: (next) => { editor.kept = next; },
			});`;
		await page.addScriptTag({ content });
		await page.addScriptTag({ path: path.join(root, 'dist', 'dashboard.js') });
	}

	const send = (message: ToDashboard) => page.evaluate((data) => window.postMessage(data, '*'), message);
	// biome-ignore lint/suspicious/noExplicitAny: what the stand-in for the editor was given.
	const editor = (): Promise<any> => page.evaluate('editor');
	const sessions = (count: string) => page.locator('#sessions', { hasText: count }).waitFor();

	it('asks for what it shows, and counts it up below the running session', async () => {
		assert.deepEqual((await editor()).posted, [{ type: 'ready' }]);
		await send({ type: 'history', whole: true, rows: [1, 2, 3, 4].map(row) });
		await send(state({ here: openSession('alice-20251119-1448') }));
		await sessions('4 sessions');
		assert.match((await page.locator('.headline').textContent()) ?? '', /16 micro-commits became 4 scores/);
		const top = async (selector: string) => (await page.locator(selector).first().boundingBox())!.y;
		assert.ok((await top('[aria-label="Running session"]')) < (await top('.headline')));
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 200);
	});

	it('adds a session that completes to those that it has', async () => {
		await send({ type: 'history', whole: true, rows: [1, 2].map(row) });
		await send(state());
		await sessions('2 sessions');
		await send({ type: 'history', whole: false, rows: [{ ...row(2), commits: 9 }, row(3)] });
		await sessions('3 sessions');
		assert.match((await page.locator('.headline').textContent()) ?? '', /17 micro-commits/);
	});

	it('keeps its filter and the order of its list when it is drawn anew', async () => {
		await send({ type: 'history', whole: true, rows: [1, 2, 3, 4, 5].map(row) });
		await send(state());
		await page.getByRole('combobox', { name: 'Author' }).selectOption('Alice');
		await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Longest first');
		await sessions('2 sessions');
		const { kept } = await editor();
		await load(kept);
		await send({ type: 'history', whole: true, rows: [1, 2, 3, 4, 5].map(row) });
		await sessions('2 sessions');
		assert.equal(await page.getByRole('combobox', { name: 'Sort by' }).inputValue(), 'longest');
	});

	it('ends and discards a session of another working copy', async () => {
		await send(state({ others: [openSession('bob-20251119-1400'), openSession('eve-20251119-1410')] }));
		await page.getByRole('button', { name: 'End session eve-20251119-1410' }).click();
		await page.getByRole('button', { name: 'Discard session bob-20251119-1400' }).click();
		assert.deepEqual((await editor()).posted.slice(1), [
			{ type: 'act', action: 'end', session: 'eve-20251119-1410' },
			{ type: 'act', action: 'discard', session: 'bob-20251119-1400' },
		]);
	});

	it('offers the pull request of another session once it has a commit, and shows those that are there', async () => {
		const others = [
			openSession('bob-20251119-1400', { pullRequests: Array.from({ length: 1000 }, (_, index) => index + 1) }),
			openSession('eve-20251119-1410', { commits: 0 }),
		];
		await send(state({ others }));
		await page.getByRole('button', { name: 'Create Pull Request of session bob-20251119-1400' }).click();
		await page.getByRole('button', { name: 'Open pull request #1000' }).click();
		assert.deepEqual((await editor()).posted.slice(1), [
			{ type: 'act', action: 'createPullRequest', session: 'bob-20251119-1400' },
			{ type: 'pullRequest', number: 1000 },
		]);
		assert.equal(await page.getByRole('button', { name: /^Create Pull Request of session eve-/ }).count(), 0);
		assert.equal(await page.getByRole('button', { name: /^Open pull request/ }).count(), 10);
		await page.getByText('and 990 more').waitFor();
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 200);
	});

	it('lists hundreds of other sessions a page at a time', async () => {
		const others = Array.from({ length: 200 }, (_, number) => openSession(`bob-20251119-${1000 + number}`));
		await send(state({ others }));
		const listed = page.getByRole('region', { name: 'Open elsewhere' }).getByRole('listitem');
		await listed.first().waitFor();
		assert.equal(await listed.count(), 10);
		await page.getByRole('button', { name: 'Show 10 more' }).click();
		await listed.nth(19).waitFor();
	});

	it('tells since when the session runs, and what would complete it', async () => {
		await send(state({ here: openSession('alice-20251119-1448', { completes: 'after 30 min without activity' }) }));
		const card = page.getByRole('region', { name: 'Running session' });
		await card.getByText('Completes after 30 min without activity.').waitFor();
		assert.match((await card.textContent()) ?? '', /since \d\d:48/);
	});

	it('keeps the session above what is wrong in the configuration, and folds much of it into one line', async () => {
		const problems = ['one', 'two', 'three', 'four'].map((text, line) => `session_config.yaml:${line}:1: ${text}`);
		const notices = ['a', 'b', 'c'].map((name) => `File ${name} was set aside.`);
		await send(state({ here: openSession('alice-20251119-1448'), problems, notices }));
		const card = page.getByRole('region', { name: 'Configuration' });
		await card.getByText('4 problems in the session configuration').waitFor();
		const top = async (selector: string) => (await page.locator(selector).first().boundingBox())!.y;
		assert.ok((await top('[aria-label="Running session"]')) < (await top('[aria-label="Configuration"]')));
		assert.ok((await card.boundingBox())!.height < 110);
		assert.equal(await card.getByText('three').count(), 0);
		await page.screenshot({ path: path.join(resultsFolder, 'dashboard-narrow-problems.png') });
		await card.getByRole('button', { name: 'Show Problems' }).click();
		assert.deepEqual((await editor()).posted.at(-1), { type: 'act', action: 'showProblems' });
		assert.equal(await page.getByText('File b was set aside.').isVisible(), false);
		await page.getByText('3 messages about the stored files').click();
		await page.getByText('File b was set aside.').waitFor();
	});

	it('says a problem or two as they are', async () => {
		await send(state({ problems: ['session_config.yaml:1:18: too small'] }));
		await page.getByRole('region', { name: 'Configuration' }).getByText('too small').waitFor();
	});

	it("opens a session's page, and goes back to where it was", async () => {
		await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
		await send(state());
		await page.getByRole('button', { name: 'Piece 2', exact: true }).click();
		assert.deepEqual((await editor()).posted.at(-1), { type: 'open', session: row(2).id });
		await page.getByText('Reading its commits…').waitFor();
		await send({ type: 'details', session: row(1).id, failed: 'Of another page.' });
		await send(details(2));
		await page.getByText('wip: <b>cart</b>').waitFor();
		assert.equal(await page.getByText('Of another page.').count(), 0);
		assert.match((await page.locator('.reasons').textContent()) ?? '', /A test was added\. src\/cart\.test\.ts/);
		assert.match((await page.locator('.files').textContent()) ?? '', /cart\.ts/);
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 200);
		await page.getByRole('button', { name: 'All sessions' }).click();
		await sessions('3 sessions');
		await page.waitForFunction(() => document.activeElement?.textContent === 'Piece 2');
	});

	it('has the same page open when it is drawn anew, and asks for its details again', async () => {
		await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
		await send(state());
		await page.getByRole('button', { name: 'Piece 2', exact: true }).click();
		const { kept } = await editor();
		await load(kept);
		await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
		await page.getByRole('heading', { name: 'Piece 2' }).waitFor();
		assert.deepEqual((await editor()).posted.at(-1), { type: 'open', session: row(2).id });
	});

	it('says so where the commits are gone, and where they cannot be read', async () => {
		await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
		await send(state());
		await page.getByRole('button', { name: 'Piece 3', exact: true }).click();
		const { id } = row(3);
		await send({ type: 'details', session: id, details: { commits: [], missing: 4, files: [], problems: [] } });
		await page.getByText('Its commits are not in this clone').waitFor();
		await send({ type: 'details', session: id, failed: 'git was not found.' });
		await page.getByText('git was not found.').waitFor();
	});

	it('narrows to the sessions with a score, and exports what it shows', async () => {
		const scored = { ...row(2), score: 4.5, categories: { tests: 3, penalties: -1.5 } };
		await send({ type: 'history', whole: true, rows: [row(1), scored, row(3)] });
		await send(state());
		await page.getByRole('button', { name: 'mean score: 4.5' }).click();
		await sessions('1 session');
		await page.getByRole('button', { name: 'CSV' }).click();
		assert.deepEqual((await editor()).posted.at(-1), { type: 'export', format: 'csv', filter: { scored: true } });
		await page.getByRole('button', { name: 'Show all' }).first().click();
		await page.locator('.categories').getByRole('button', { name: 'Penalties' }).click();
		await sessions('1 session');
	});

	it('leads from each figure to the sessions behind it, also by its bar', async () => {
		const rows = [1, 2, 3, 4].map((number) => ({
			...row(number),
			...(number === 4 && { minutes: 45, trigger: 'closed' }),
		}));
		await send({ type: 'history', whole: true, rows });
		await send(state());
		for (const name of ['sessions: 4', 'commits: 16', 'median duration: 20 min']) {
			await page.getByRole('button', { name, exact: true }).click();
			assert.equal(await page.evaluate(() => document.activeElement?.id), 'sessions');
		}
		const bar = (name: string) => page.getByRole('row', { name }).locator('.bar');
		await bar('30–59 min').click();
		await sessions('1 session');
		await page.getByRole('button', { name: 'Show all' }).first().click();
		await sessions('4 sessions');
		await bar('timed out').click();
		await sessions('3 sessions');
	});

	it('has in every chart the numbers that the figures have', async () => {
		const rows = Array.from({ length: 9 }, (_, index): AnalyticsRow => {
			const number = index + 1;
			const score = { score: 3 * number - 8, categories: { tests: number / 2, penalties: -number } };
			return {
				...row(number),
				...(number % 3 === 0 && { agent: 'Cursor' }),
				minutes: number ** 3,
				commits: 5 * index,
				trigger: ['timeout', 'explicit', 'heuristic', 'closed', 'orphaned'][number % 5]!,
				pullRequests: Array.from({ length: index }, (_, pull) => pull + 1),
				...(number > 2 && score),
			};
		});
		await send({ type: 'history', whole: true, rows });
		await send(state());
		for (const table of await page.getByText('As a table').all()) await table.click();
		await page.locator('th', { hasText: '23:00' }).waitFor();
		assert.deepEqual(await page.evaluate(readTables), tablesOf(analyse(rows)));
		await page.locator('summary', { hasText: 'Mean points by category' }).click();
		const chart = page.getByRole('figure').filter({ hasText: 'Penalties' });
		await chart.getByText('-9 to 0').waitFor();
		await page.screenshot({ path: path.join(resultsFolder, 'dashboard-categories.png'), fullPage: true });
	});

	it('draws a mean score below nothing downwards', async () => {
		const rows = [1, 2, 3].map((number) => ({ ...row(number), score: 4 * number - 6 }));
		await send({ type: 'history', whole: true, rows });
		await send(state());
		const chart = page.getByRole('figure').filter({ hasText: 'Mean score' });
		await chart.getByText('-2 to 6').waitFor();
		const boxes = await Promise.all((await chart.locator('rect:not(.hit)').all()).map((bar) => bar.boundingBox()));
		const [below, low, high] = boxes.map((box) => box!);
		assert.ok(below!.y >= low!.y + low!.height - 0.5, 'it begins where the others end');
		assert.ok(Math.abs(high!.height - 3 * below!.height) < 0.5, `${high!.height} is not three times ${below!.height}`);
	});

	it('counts 100,000 pull requests in 10,000 sessions up, and draws no more of them than fit', async () => {
		const rows = Array.from({ length: 10_000 }, (_, number) => ({
			...row(1),
			id: `alice-${number}`,
			startedAt: row(1).startedAt + number * 60 * MINUTE,
			pullRequests: Array.from({ length: 10 }, (_, index) => 10 * number + index),
		}));
		await send({ type: 'history', whole: true, rows });
		await send(state());
		await page.getByRole('button', { name: 'pull requests: 100,000' }).waitFor();
		await sessions('10,000 sessions');
		assert.equal(await page.locator('[data-session]').count(), 25);
		const drawn = await page.evaluate(() => document.querySelectorAll('*').length);
		assert.ok(drawn < 2000, `${drawn} elements`);
	});

	it('moves nothing of itself: there is nothing for those who asked for less motion to miss', async () => {
		await send({ type: 'history', whole: true, rows: [1, 2, 3, 4].map(row) });
		await send({ type: 'health', health: ILL });
		await send(state({ here: openSession('alice-20251119-1448') }));
		await sessions('4 sessions');
		const moving = await page.evaluate(() =>
			[...document.querySelectorAll('*')].flatMap((element) => {
				const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
				const still = transitionDuration === '0s' && animationName === 'none' && scrollBehavior === 'auto';
				return still ? [] : [element.outerHTML.slice(0, 80)];
			}),
		);
		assert.deepEqual(moving, []);
	});

	describe('in a German editor', () => {
		beforeEach(async () => {
			const words = await readFile(path.join(root, 'l10n', 'bundle.l10n.de.json'), 'utf8');
			await page.goto('about:blank');
			await page.setContent(
				`<!DOCTYPE html><html lang="de"><title>Dashboard</title><body class="view"><main id="root"></main>
				<script type="application/json" id="words">${words}</script></body></html>`,
			);
			await page.addStyleTag({ path: path.join(root, 'dist', 'dashboard.css') });
			await page.addStyleTag({ content: themeCss('dark') });
			await page.addScriptTag({ content: axe.source });
			await load();
		});

		/** Every word, as a reader sees it, in a side bar however narrow; `name`: of the pictures. */
		async function fits(name: string): Promise<string> {
			for (const width of [300, 200]) {
				await page.setViewportSize({ width, height: 900 });
				assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
				assert.deepEqual(await page.evaluate(cutOff), []);
				await page.screenshot({ path: path.join(resultsFolder, `${name}-de-${width}.png`), fullPage: true });
			}
			assert.deepEqual(await violations(), []);
			return (await page.locator('#root').textContent()) ?? '';
		}

		it('speaks German, also what the core, git and GitHub tell in English', async () => {
			const rows = [1, 2, 3].map((number) => ({
				...row(number),
				commits: 1000,
				score: 4.5,
				categories: { tests: 2.5 },
			}));
			await send({ type: 'history', whole: true, rows });
			await send({ type: 'health', health: ILL });
			await send(
				state({
					here: openSession('alice-20251119-1448', {
						status: 'warning',
						title: 'Der Warenkorb',
						agent: 'Cursor',
						because: 'it was made by Cursor, a coding agent',
					}),
					others: [openSession('bob-20251119-1400', { author: 'Bob' })],
					waiting: [
						{
							session: 'eve-20251119-1300',
							why: 'Could not list the pull requests from wip in octo/demo: sign in to github.com, or set GITHUB_TOKEN.',
						},
					],
					problems: ['.cursor/config/session_config.yaml:3:1: There is no key timout. Did you mean timeout_minutes?'],
				}),
			);
			await sessions('3 Sitzungen');
			await page.getByText('Zahlen', { exact: true }).click();
			const text = await fits('dashboard');
			says(text, [
				'Aus 3.000 Mikro-Commits wurden 3 Bewertungen',
				'Der letzte Commit ist automatisch: er stammt von Cursor, einem Coding-Agenten.',
				'Die Pull Requests von wip in octo/demo aufzulisten ist nicht möglich: Melden Sie sich bei github.com an',
				'session_config.yaml:3:1: Es gibt keinen Schlüssel timout. Meinten Sie timeout_minutes?',
				'Verwaiste Sitzungen: 6 (höchstens 5)',
				'„auto-pr cleanup“ schließt sie hier ab',
				'Commits erfassen: Median 13 ms, 99 % innerhalb von 48 ms (von 300)',
			]);
		});

		it("gives the reasons of a session's score in German", async () => {
			await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
			await send(state());
			await page.getByRole('button', { name: 'Piece 2', exact: true }).click();
			await send({
				type: 'details',
				session: row(2).id,
				details: {
					commits: [],
					missing: 4,
					files: [{ path: 'src/cart.ts', kind: 'M', score: 0.5 }],
					score: {
						total: -3,
						decision: 'BLOCK',
						blocker: 'A critical finding in the changed files (sql.injection): the total is at most -3.',
						breakdown: { bug_fix: 1, tests: -1.5, house_style: 1 },
						reasons: [
							{
								category: 'bug_fix',
								points: 1,
								because:
									'A bug fix, with a regression test; without an entry in a log of fixes and a documented pattern.',
								paths: ['src/cart.ts'],
							},
							{ category: 'tests', points: -1.5, because: 'Coverage is 12.5 %, under 20 %.' },
							{ category: 'house_style', points: 1, because: 'Tabs, as we like them.' },
						],
					},
					problems: ['.cursor/reward_rubric.yaml: There is no key "speed" in a rubric, so it has no effect.'],
				},
			});
			await page.getByText('Bewertung', { exact: true }).first().waitFor();
			const text = await fits('session-page');
			says(text, [
				'Ein kritischer Befund in den geänderten Dateien (sql.injection): Die Bewertung beträgt höchstens -3.',
				'Eine Fehlerbehebung, mit Regressionstest; ohne Eintrag',
				'Die Abdeckung beträgt 12,5 %, weniger als 20 %.',
				'Tabs, as we like them.',
				'.cursor/reward_rubric.yaml: Eine Rubrik hat keinen Schlüssel "speed", er bleibt ohne Wirkung.',
			]);
		});

		it('says in German why it does not track', async () => {
			const sentence = 'git was not found: install it, or add its folder to PATH.';
			await send({ type: 'state', now: NOW, state: { stage: 'failed', sentence } });
			await page.getByText('Git wurde nicht gefunden: Installieren Sie es').waitFor();
			await fits('failed');
		});
	});

	it('says once why several sessions wait', async () => {
		const why = 'Offline.';
		await send(state({ waiting: ['a', 'b', 'c', 'd', 'e', 'f'].map((session) => ({ session, why })) }));
		await page.getByText('Waiting to be published').waitFor();
		assert.equal(await page.getByText(why).count(), 1);
		assert.equal(await page.getByText('f', { exact: true }).count(), 0);
		await page.getByRole('button', { name: 'Show 1 more' }).click();
		await page.getByText('f', { exact: true }).waitFor();
		assert.equal(await page.getByText(why).count(), 1);
	});

	it('says so where no session has completed yet', async () => {
		await send({ type: 'history', whole: true, rows: [] });
		await send(state());
		await page.getByText('Sessions that completed are counted up and listed here.').waitFor();
	});

	it('tells of health in one quiet line while all is well, with the figures a click away', async () => {
		await send({ type: 'health', health: judgeHealth({ orphans: [], ended: [], stateBytes: 2000 }) });
		await send(state());
		const card = page.getByRole('region', { name: 'Health' });
		await card.getByText('all is well').waitFor();
		assert.equal(await card.getByText('State size: 2 KiB').isVisible(), false);
		await card.getByText('Figures').click();
		await card.getByText('State size: 2 KiB').waitFor();
	});

	it('warns of health with the figure, the limit and what to do', async () => {
		await send({ type: 'health', health: ILL });
		await send(state());
		const card = page.getByRole('region', { name: 'Health' });
		await card.getByText('2 warnings').waitFor();
		await card.getByText('Orphans: 6 (at most 5)').waitFor();
		await card.getByText('"auto-pr cleanup" completes them here').waitFor();
		await card.getByText('alice-20251119-1410, alice-20251119-1411').waitFor();
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 200);
	});

	for (const theme of Object.keys(THEMES)) {
		it(`can be read and used by everybody in the theme ${theme}`, async () => {
			await page.addStyleTag({ content: themeCss(theme) });
			await page.addScriptTag({ content: axe.source });
			await send({ type: 'history', whole: true, rows: [1, 2, 3, 4, 5, 6, 7, 8].map(row) });
			await send({ type: 'health', health: ILL });
			await send(
				state({
					here: openSession('alice-20251119-1448', {
						status: 'warning',
						title: 'The cart',
						agent: 'Cursor',
						completes: 'after 30 min without activity; by a commit whose title says so; by hand',
						pullRequests: [7, 8],
					}),
					others: [openSession('bob-20251119-1400', { pullRequests: [9] })],
					problems: ['one', 'two', 'three'],
					waiting: [{ session: 'eve-20251119-1300', why: 'It waits for a pull request.' }],
				}),
			);
			await sessions('8 sessions');
			await page.getByRole('button', { name: 'Alice', exact: true }).click();
			await page.getByText('As a table').first().click();
			await page.getByText('Figures', { exact: true }).click();
			await page.screenshot({ path: path.join(resultsFolder, `dashboard-${theme}.png`), fullPage: true });
			assert.deepEqual(await violations(), []);
		});
	}

	for (const theme of Object.keys(THEMES)) {
		it(`has a session's page that can be read and used by everybody in the theme ${theme}`, async () => {
			await page.addStyleTag({ content: themeCss(theme) });
			await page.addScriptTag({ content: axe.source });
			await send({ type: 'history', whole: true, rows: [1, 2, 3].map(row) });
			await send(state());
			await page.getByRole('button', { name: 'Piece 2', exact: true }).click();
			await send(details(2));
			await page.getByText('wip: test').waitFor();
			await page.screenshot({ path: path.join(resultsFolder, `session-page-${theme}.png`), fullPage: true });
			assert.deepEqual(await violations(), []);
		});
	}

	/** What axe finds wrong, each with the place. */
	function violations(): Promise<string[]> {
		const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
		return page.evaluate(
			`axe.run(${JSON.stringify(options)}).then(({ violations }) =>
				violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + failureSummary)))`,
		);
	}
});
