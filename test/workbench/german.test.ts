import assert from 'node:assert/strict';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('a window in German', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		repository = await makeShop();
		await repository.write({ '.cursor/config/session_config.yaml': 'timout_minutes: 20\n' });
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor, { language: 'de' });
	});

	after(async () => {
		await editor?.stop();
		await repository?.dispose();
	});

	it('has the problems of the configuration in German', async () => {
		const told = await workbench.toast('Sitzungskonfiguration');
		assert.match(told.message, /hat ein Problem/);
		assert.deepEqual(told.buttons, ['Datei öffnen', 'Nicht mehr anzeigen']);
		await workbench.runCommand('Problems: Focus on Problems View');
		await workbench.page
			.locator('.markers-panel')
			.getByText('Es gibt keinen Schlüssel timout_minutes. Meinten Sie timeout_minutes?')
			.waitFor();
		await workbench.screenshot('german-problems');
	});

	it('tells errors in German', async () => {
		await workbench.runCommand('Auto-PR: Sitzung veröffentlichen');
		const { message } = await workbench.toast('Remote');
		assert.match(message, /hat kein Remote, also auch keinen Pull Request/);
		await workbench.screenshot('german-error');
	});

	it('says in the side bar why a commit is automatic, and what keeps its session from being published', async () => {
		await repository.commit('wip: the cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await workbench.openView('Auto-PR');
		await workbench.webview().getByText('Der letzte Commit ist automatisch: der Titel passt zu ^wip:.').waitFor();
		await workbench.runCommand('Auto-PR: Sitzung beenden');
		const { message } = await workbench.toast('ist beendet');
		assert.match(message, /Ihre Trailer warten: .* hat kein Remote/);
		await workbench.webview().getByText('hat kein Remote').waitFor();
		await workbench.screenshot('german-dashboard');
	});
});
