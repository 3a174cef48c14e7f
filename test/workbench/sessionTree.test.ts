import assert from 'node:assert/strict';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the tree of sessions', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		repository = await makeShop();
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor);
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
	});

	const row = (text: RegExp) => workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

	it('lists the running session', async () => {
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await repository.commit('wip: cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await repository.commit('wip: prices', { 'src/price.ts': 'export const price = 1;\n', 'src/shop.ts': 'open\n' });
		await workbench.statusText('autoPr.status', (text) => /2 commits/.test(text));
		await workbench.runCommand('Auto-PR Sessions: Focus on Sessions View');
		await row(/alice-.*2 commits · running/).waitFor();
	});

	it('shows its changes in one editor at a click, and its commits below it', async () => {
		await row(/alice-/).click();
		await workbench.page
			.locator('.tab.active')
			.filter({ hasText: /^alice-/ })
			.waitFor();
		await workbench.page.locator('.editor-instance').getByText('price.ts').first().waitFor();
		await row(/alice-/)
			.locator('.monaco-tl-twistie')
			.click();
		await row(/wip: prices/).waitFor();
		await workbench.screenshot('session-tree');
		assert.deepEqual(await workbench.toasts(), []);
	});
});
