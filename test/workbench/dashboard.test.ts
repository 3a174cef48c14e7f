import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readTables, tablesOf } from '../dashboard/charts.ts';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import { until } from '../editor/until.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const cli = path.resolve('dist/cli.js');

describe('the dashboard', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		repository = await makeShop();
		for (const title of ['The cart', 'Prices in cents', 'A search', 'Sign-in']) await completeSession(title);
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor);
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
	});

	async function completeSession(title: string): Promise<void> {
		run('start', '--title', title);
		await repository.commit(`wip: ${title}`, { [`src/${title}.ts`]: `// ${title}\n` });
		run('end');
	}

	function run(...args: string[]): string {
		const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--repo', repository.root], {
			encoding: 'utf8',
		});
		assert.equal(status, 0, stderr);
		return stdout;
	}

	const page = () => workbench.webview();
	const narrowed = () => page().locator('#sessions', { hasText: '1 session' }).waitFor();

	it('counts all completed sessions up below the running one', async () => {
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await workbench.openView('Auto-PR Sessions');
		await page().locator('#sessions', { hasText: '4 sessions' }).waitFor();
		await page().getByText('micro-commits became').waitFor();
		await page().locator('caption', { hasText: 'Duration' }).waitFor();
		await workbench.screenshot('dashboard-side-bar');
		for (const table of await page().getByText('As a table').all()) await table.click();
		await page().locator('th', { hasText: '23:00' }).waitFor();
		const figures = JSON.parse(run('analytics', '--json'));
		assert.deepEqual(await page().locator('.analytics').evaluate(readTables), tablesOf(figures));
	});

	it('keeps its filter while it is hidden, and when the window is loaded anew', async () => {
		await page().getByRole('searchbox').fill('cents');
		await narrowed();
		await workbench.openView('Explorer');
		await page().locator('#sessions').waitFor({ state: 'detached' });
		await workbench.openView('Auto-PR Sessions');
		await narrowed();
		await workbench.reload();
		await narrowed();
		assert.equal(await page().getByRole('searchbox').inputValue(), 'cents');
		await page().getByRole('button', { name: 'Show all' }).click();
	});

	it('shows the same in a tab', async () => {
		await workbench.openView('Explorer');
		await workbench.runCommand('Auto-PR: Open Dashboard in Editor');
		await workbench.page.locator('.tab.active', { hasText: 'Auto-PR Sessions' }).waitFor();
		await page().locator('#sessions', { hasText: '4 sessions' }).waitFor();
		await workbench.screenshot('dashboard-tab');
		assert.deepEqual(await workbench.toasts(), []);
	});

	it('shows the tab, its filter and the page that was open when the window is loaded anew', async () => {
		await page().getByRole('searchbox').fill('cart');
		await narrowed();
		await page().getByRole('button', { name: 'The cart', exact: true }).click();
		await page().getByText('wip: The cart').waitFor();
		await workbench.reload();
		await page().getByText('wip: The cart').waitFor();
		await workbench.screenshot('dashboard-session-page');
		await page().getByRole('button', { name: 'All sessions' }).click();
		await narrowed();
		await page().getByRole('button', { name: 'Show all' }).click();
		await page().locator('#sessions', { hasText: '4 sessions' }).waitFor();
	});

	it('writes nothing where the question for a file is put away', async () => {
		await page().getByRole('button', { name: 'CSV' }).click();
		await untilAsked('sessions.csv');
		await workbench.screenshot('dashboard-export');
		await workbench.press('Escape');
		await workbench.quickInput().waitFor({ state: 'hidden' });
		assert.equal(existsSync(path.join(repository.root, 'sessions.csv')), false);
	});

	for (const [format, name, holds] of [
		['CSV', 'sessions.csv', /^id,author,[^\r]*\r\nalice-(?:[^\r]*\r\n){4}$/],
		['JSON', 'sessions.json', /"figures": \{\s+"sessions": 4,/],
		['Markdown', 'sessions.md', /\*\*4 micro-commits became 4 scores/],
	] as const) {
		it(`exports what it shows as ${format}, and opens the file`, async () => {
			await page().getByRole('button', { name: format }).click();
			await untilAsked(name);
			await workbench.press('Enter');
			await workbench.toast(`4 sessions were written to ${name}.`);
			assert.match(await readFile(path.join(repository.root, name), 'utf8'), holds);
			await workbench.clickToast('Open');
			await workbench.page.locator('.tab.active', { hasText: name }).waitFor();
			await workbench.runCommand('View: Close Editor');
			await page().locator('#sessions').waitFor();
		});
	}

	it('exports no more than the filter lets through', async () => {
		await page().getByRole('searchbox').fill('cart');
		await narrowed();
		await page().getByRole('button', { name: 'CSV' }).click();
		await untilAsked('sessions.csv');
		await workbench.answer(path.join(repository.root, 'cart.csv'));
		await workbench.toast('1 session was written to cart.csv.');
		const lines = (await readFile(path.join(repository.root, 'cart.csv'), 'utf8')).trimEnd().split('\r\n');
		assert.deepEqual([lines.length, /The cart/.test(lines[1] ?? '')], [2, true]);
		await workbench.clearToasts();
	});

	it('folds many problems of the configuration into a line, which opens the Problems panel', async () => {
		const wrong = 'timeout_minutes: 1\nidle_warning_minutes: none\nauto_pr_patterns: 7\nunheard_of: 1\n';
		await repository.write({ '.cursor/config/session_config.yaml': wrong });
		await repository.commit('wip: more', { 'src/more.ts': '// more\n' });
		await workbench.openView('Explorer');
		const card = page().getByRole('region', { name: 'Configuration' });
		await card.getByText('4 problems in the session configuration').waitFor();
		const top = async (name: string) => (await page().getByRole('region', { name }).boundingBox())!.y;
		assert.ok((await top('Running session')) < (await top('Configuration')));
		await card.getByRole('button', { name: 'Show Problems' }).click();
		await workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'unheard_of' }).waitFor();
		await workbench.screenshot('dashboard-problems');
	});

	/** Waits for the editor's question for a file, this name proposed. */
	async function untilAsked(name: string): Promise<void> {
		await workbench.quickInput().waitFor();
		await until(
			() => workbench.quickInput().inputValue(),
			(value) => value.endsWith(`/${name}`),
		);
	}
});
