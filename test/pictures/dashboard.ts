// `npm run pictures`: takes docs/images/*.png, the report of a real history and a session's page, as they are made by the command line. With
// `--look FOLDER` also each of them as narrow as a side bar and wide, in light, dark and both of high contrast, to be looked at.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../editor/browser.ts';
import { root } from '../editor/paths.ts';
import { makeShop } from '../editor/shop.ts';

const cli = path.join(root, 'dist', 'cli.js');
/** A public history, kept beside the repository. */
const history = path.resolve(root, '../shared/histories/autopr.jsonl');
const images = path.join(root, 'docs', 'images');

/** What an agent did in the picture: message and files of each commit. */
const commits: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
	['Auto-PR: src (1 files)', { 'src/cart.ts': 'export const cart: string[] = [];\n' }],
	['wip: prices in cents', { 'src/price.ts': 'export const price = (cents: number) => cents / 100;\n' }],
	[
		'fix: an empty cart costs nothing',
		{ 'src/cart.ts': 'export const total = 0;\nexport const cart: string[] = [];\n' },
	],
	[
		'checkpoint: tests for the cart',
		{ 'test/cart.test.ts': "import '../src/cart.ts';\n\nit('is empty at first', () => {});\n" },
	],
	['checkpoint: describe the cart', { 'docs/cart.md': '# The cart\n\nIt holds what is to be bought.\n' }],
];

async function take(): Promise<void> {
	const { values } = parseArgs({ options: { look: { type: 'string' } } });
	const folder = mkdtempSync(path.join(tmpdir(), 'auto-pr-pictures-'));
	const browser = await launchBrowser();
	try {
		const report = path.join(folder, 'report.html');
		autoPr(['analytics', '--history', history, '--html', report]);
		const session = await sessionReport(path.join(folder, 'session.html'));
		for (const colorScheme of ['light', 'dark'] as const) {
			const page = await open(browser, report, 1000);
			await page.emulateMedia({ colorScheme });
			await page.screenshot({ path: path.join(images, `report-${colorScheme}.png`), animations: 'disabled' });
			await page.close();
			const its = await open(browser, session, 700);
			await its.emulateMedia({ colorScheme });
			await openSession(its);
			await its.screenshot({ path: path.join(images, `session-${colorScheme}.png`), fullPage: true });
			await its.close();
		}
		if (values.look !== undefined) await look(browser, { report, session }, values.look);
		console.log(images);
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function look(browser: Browser, files: Readonly<Record<string, string>>, to: string): Promise<void> {
	mkdirSync(to, { recursive: true });
	for (const [name, file] of Object.entries(files)) {
		for (const width of [200, 1000]) {
			const page = await open(browser, file, width);
			if (name === 'session') await openSession(page);
			for (const colorScheme of ['light', 'dark'] as const) {
				for (const contrast of ['no-preference', 'more'] as const) {
					await page.emulateMedia({ colorScheme, contrast });
					const picture = `${name}-${width}-${colorScheme}${contrast === 'more' ? '-contrast' : ''}.png`;
					await page.screenshot({ path: path.join(to, picture), fullPage: true, animations: 'disabled' });
				}
			}
			await page.close();
		}
	}
}

/** The report of a repository in which a session has just completed. */
async function sessionReport(file: string): Promise<string> {
	const shop = await makeShop();
	try {
		const here = ['--repo', shop.root];
		autoPr(['start', '--title', 'The cart', ...here]);
		for (const [message, files] of commits) await shop.commit(message, files);
		autoPr(['end', ...here]);
		autoPr(['analytics', '--html', file, ...here]);
		return file;
	} finally {
		await shop.dispose();
	}
}

function autoPr(args: readonly string[]): void {
	execFileSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function open(browser: Browser, file: string, width: number): Promise<Page> {
	const page = await browser.newPage({ viewport: { width, height: 1140 } });
	await page.goto(pathToFileURL(file).href);
	return page;
}

async function openSession(page: Page): Promise<void> {
	await page.locator('[data-session]').first().click();
	await page.locator('.session-page .commits').waitFor();
}

take().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
