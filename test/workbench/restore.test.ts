import assert from 'node:assert/strict';
import { openStore } from '../../src/store/sessionStore.ts';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import { until } from '../editor/until.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('restoring a backup', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;
	let id: string;

	before(async () => {
		repository = await makeShop();
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await repository.commit('wip: cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await workbench.statusText('autoPr.status', (text) => /1 commit/.test(text));
		const store = openStore(repository.root);
		id = (await store.read()).sessions[0]!.id;
		await store.backUp('asked');
		await store.update((state) => void state.sessions.splice(0));
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
	});

	const rows = () => workbench.page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
	const open = async () => (await openStore(repository.root).read()).sessions.map((session) => session.id);

	it('shows what each backup holds, and what would change', async () => {
		await workbench.runCommand('Auto-PR: Restore from Backup…');
		await rows()
			.filter({ hasText: `Brings back ${id}` })
			.first()
			.waitFor();
		assert.match((await rows().first().textContent()) ?? '', /1 open, 0 completed/);
		await workbench.screenshot('restore-pick');
	});

	it('asks before it replaces anything', async () => {
		await rows()
			.filter({ hasText: `Brings back ${id}` })
			.first()
			.click();
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('What is there now is backed up first').waitFor();
		assert.match((await dialog.textContent()) ?? '', new RegExp(`Brings back ${id}`));
		assert.deepEqual(await open(), []);
		await workbench.screenshot('restore-question');
	});

	it('restores it, and offers to undo that', async () => {
		await workbench.clickDialog('Restore');
		await workbench.toast('is restored.');
		assert.deepEqual(await open(), [id]);
		await workbench.statusText('autoPr.status', (text) => /1 commit/.test(text));
		await workbench.screenshot('restore-done');
		await workbench.clickToast('Undo');
		await until(open, (ids) => ids.length === 0);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
	});
});
