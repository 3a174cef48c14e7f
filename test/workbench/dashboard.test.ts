import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
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

	function run(...args: string[]): void {
		const { status, stderr } = spawnSync(process.execPath, [cli, ...args, '--repo', repository.root], {
			encoding: 'utf8',
		});
		assert.equal(status, 0, stderr);
	}

	const page = () => workbench.webview();

	it('counts all completed sessions up below the running one', async () => {
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await workbench.openView('Auto-PR Sessions');
		await page().locator('#sessions', { hasText: '4 sessions' }).waitFor();
		await page().getByText('micro-commits became').waitFor();
		await page().locator('caption', { hasText: 'Duration' }).waitFor();
		await workbench.screenshot('dashboard-side-bar');
	});

	it('shows the same in a tab', async () => {
		await workbench.openView('Explorer');
		await workbench.runCommand('Auto-PR: Open Dashboard in Editor');
		await workbench.page.locator('.tab.active', { hasText: 'Auto-PR Sessions' }).waitFor();
		await page().locator('#sessions', { hasText: '4 sessions' }).waitFor();
		await workbench.screenshot('dashboard-tab');
		assert.deepEqual(await workbench.toasts(), []);
	});
});
