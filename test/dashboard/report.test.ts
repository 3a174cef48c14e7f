import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { autoPr } from '../../src/cli/testing.ts';
import type { Analytics } from '../../src/core/analytics/analytics.ts';
import { launchBrowser } from '../editor/browser.ts';
import { findBrowser, resultsFolder } from '../editor/paths.ts';
import { readTables, tablesOf } from './charts.ts';

const START = Date.UTC(2025, 10, 19, 12);
const MINUTE = 60_000;
const REPORT = ['analytics', '--history', 'h.jsonl', '--html'];
const EVIL = '</script><img src=x onerror=alert(1)>';

/** A history of five pieces of work of two authors; one author's name is markup. */
function history(): string {
	const commits = [0, 5, 10, 300, 305, 1500, 1505, 3000, 4500].map((minute, index) => {
		const author = index % 9 < 5 ? 'Alice' : EVIL;
		const at = new Date(START + minute * MINUTE).toISOString();
		return {
			sha: String(index + 1).padStart(40, '0'),
			parents: index === 0 ? [] : [String(index).padStart(40, '0')],
			author,
			committer: author,
			authored: at,
			committed: at,
			message: 'wip: step',
			files: [`M src/file${index}.ts`],
			file_count: 1,
		};
	});
	return commits.map((commit) => `${JSON.stringify(commit)}\n`).join('');
}

/** What axe finds. The page's own policy lets no other script in, so axe comes by way of the debugger. */
function violations(page: Page): Promise<unknown> {
	return page.evaluate(
		`${axe.source};axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
			violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + failureSummary)))`,
	);
}

describe('the report', function () {
	this.timeout(120_000);
	let folder: string;
	let browser: Browser;
	let page: Page;
	let figures: Analytics;
	const requests: string[] = [];

	before(async function () {
		if (!findBrowser()) this.skip();
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-report-'));
		await writeFile(path.join(folder, 'h.jsonl'), history());
		const run = await autoPr([...REPORT, 'r.html', '--json'], { cwd: folder });
		assert.equal(run.code, 0, run.stderr);
		figures = JSON.parse(run.stdout);
		browser = await launchBrowser();
		page = await browser.newPage({ viewport: { width: 200, height: 800 } });
		page.on('request', (request) => requests.push(request.url()));
		page.on('pageerror', (error) => assert.fail(error));
		await page.goto(pathToFileURL(path.join(folder, 'r.html')).href);
	});
	after(async () => {
		await browser?.close();
		if (folder) await rm(folder, { recursive: true, force: true });
	});

	it('shows the figures of auto-pr analytics --json', async () => {
		assert.ok(figures.sessions >= 3);
		assert.equal(await page.locator('.saved').textContent(), `${figures.noiseSaved} %`);
		for (const table of await page.getByText('As a table').all()) await table.click();
		await page.locator('th', { hasText: '23:00' }).waitFor();
		assert.deepEqual(await page.evaluate(readTables), tablesOf(figures));
	});

	it('asks for nothing from anywhere, and takes no name for markup', async () => {
		assert.equal(requests.length, 1);
		assert.equal(await page.locator('img').count(), 0);
		assert.ok((await page.locator('.people').first().textContent())?.includes(EVIL));
	});

	it('fits into a side bar', async () => {
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 200);
	});

	for (const scheme of ['light', 'dark'] as const) {
		for (const contrast of ['no-preference', 'more'] as const) {
			it(`can be read and used by everybody: ${scheme}, contrast ${contrast}`, async () => {
				await page.emulateMedia({ colorScheme: scheme, contrast });
				assert.deepEqual(await violations(page), []);
			});
		}
	}

	it('has each colour that its style sheet asks for', async () => {
		const css = await page.evaluate(() => document.querySelector('style')?.textContent ?? '');
		const given = new Set([...css.matchAll(/--vscode-([\w-]+):/g)].map(([, name]) => name));
		// One that may be missing is followed by another, or by what is no colour of the editor's.
		const asked = [...css.matchAll(/var\(--vscode-([\w-]+)(?:, ?(?:var\(--vscode-([\w-]+)\)|[^)]))?/g)];
		assert.ok(asked.length > 20);
		const missing = asked.filter(
			([whole, name, other]) => !given.has(name) && !(other === undefined ? whole.includes(',') : given.has(other)),
		);
		assert.deepEqual(
			missing.map(([whole]) => whole),
			[],
		);
	});

	it('has the colours of high contrast for whoever asks for more', async () => {
		const colours = async (contrast: 'no-preference' | 'more') => {
			await page.emulateMedia({ colorScheme: 'dark', contrast });
			return page.evaluate(() => {
				const { color, backgroundColor } = getComputedStyle(document.body);
				return [color, backgroundColor];
			});
		};
		assert.deepEqual(await colours('more'), ['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
		assert.deepEqual(await colours('no-preference'), ['rgb(204, 204, 204)', 'rgb(31, 31, 31)']);
	});

	it("says on a session's page where its commits are not in the report, and goes back by key", async () => {
		const first = page.locator('[data-session]').first();
		const name = await first.textContent();
		await first.focus();
		await page.keyboard.press('Enter');
		await page.getByText('This report has the commits of its newest sessions only.').waitFor();
		await page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, name);
		await page.getByRole('button', { name: 'All sessions' }).press('Enter');
		await page.locator('#sessions').waitFor();
		await page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, name);
	});

	it('hands its sessions out as a file', async () => {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'CSV' }).click(),
		]);
		assert.equal(download.suggestedFilename(), 'sessions.csv');
		const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
		assert.equal(lines.length, figures.sessions + 1);
	});

	it('narrows to the sessions behind a figure by key, and back', async () => {
		const alice = page.getByRole('button', { name: 'Alice', exact: true });
		await alice.focus();
		await page.keyboard.press('Enter');
		const expected = figures.authors.find(({ name }) => name === 'Alice')?.sessions;
		await page.locator('#sessions', { hasText: new RegExp(`^${expected} `) }).waitFor();
		await page.getByRole('button', { name: 'Show all', exact: false }).first().click();
		await page.locator('#sessions', { hasText: new RegExp(`^${figures.sessions} `) }).waitFor();
	});

	it('is in English, byte for byte, where no other language is asked for', async () => {
		const run = await autoPr([...REPORT, 'en.html', '--language', 'en'], { cwd: folder });
		assert.equal(run.code, 0, run.stderr);
		const [unasked, asked] = await Promise.all(
			['r.html', 'en.html'].map((name) => readFile(path.join(folder, name), 'utf8')),
		);
		const withoutMoment = (html: string) => html.replace(/"made":\d+/, '');
		assert.equal(withoutMoment(asked!), withoutMoment(unasked!));
		assert.match(unasked!, /^<!DOCTYPE html>\n<html lang="en">/);
	});

	it('is in German, its numbers and moments too, where that is asked for', async () => {
		const run = await autoPr([...REPORT, 'de.html', '--language', 'de'], { cwd: folder });
		assert.equal(run.code, 0, run.stderr);
		const german = await browser.newPage({ viewport: { width: 200, height: 800 }, locale: 'en-US' });
		german.on('pageerror', (error) => assert.fail(error));
		await german.goto(pathToFileURL(path.join(folder, 'de.html')).href);
		assert.equal(await german.evaluate(() => document.documentElement.lang), 'de');
		const text = (await german.locator('#root').textContent()) ?? '';
		assert.match(text, /Aus 9 Mikro-Commits wurden \d Bewertungen/);
		assert.match(text, /Auto-PR Sessions · \d\d\.\d\d\.\d{4}, \d\d:\d\d UTC/);
		assert.ok(text.includes('19.11.2025'), text);
		for (const english of ['Sessions that', 'By itself', 'Commits per session', 'sessions'])
			assert.ok(!text.includes(english), english);
		assert.equal(await german.evaluate(() => document.documentElement.scrollWidth), 200);
		assert.deepEqual(await violations(german), []);
		await german.screenshot({ path: path.join(resultsFolder, 'report-de.png'), fullPage: true });
		await german.close();
	});

	for (const [options, sentence] of [
		[['--html', 'x.html', '--language', 'xx'], '--language takes one of en, de, not "xx".'],
		[['--html', 'x.html', '--language', '../../de'], '--language takes one of en, de, not "../../de".'],
		[['--language', 'de'], '--language is that of the page: give --html with the file to write it to.'],
	] as const) {
		it(`says so of ${options.join(' ')}, and writes nothing`, async () => {
			const run = await autoPr(['analytics', '--history', 'h.jsonl', ...options], { cwd: folder });
			assert.deepEqual(run, { code: 2, stdout: '', stderr: `${sentence}\n` });
			await assert.rejects(readFile(path.join(folder, 'x.html')), { code: 'ENOENT' });
		});
	}
});
