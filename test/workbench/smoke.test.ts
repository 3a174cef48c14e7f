import assert from 'node:assert/strict';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('a new window on a repository', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		repository = await makeShop();
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor);
	});

	after(async () => {
		await editor?.stop();
		await repository?.dispose();
	});

	it('starts the extension, which logs to its own output channel', async () => {
		assert.match(await workbench.output('Auto-PR Sessions'), /\S/);
	});

	it('opens without asking or telling anything', async () => {
		assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
		assert.deepEqual(await workbench.toasts(), []);
	});
});
