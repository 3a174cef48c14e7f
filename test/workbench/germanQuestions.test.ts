import assert from 'node:assert/strict';
import type { TestRepository } from '../support/repository.ts';
import { openOnGitHub } from './onGitHub.ts';
import type { Workbench } from './workbench.ts';

describe('what is asked in a German window', () => {
	let remote: TestRepository;
	let repository: TestRepository;
	let opened: Awaited<ReturnType<typeof openOnGitHub>>;
	let workbench: Workbench;

	before(async () => {
		opened = await openOnGitHub({ language: 'de' });
		({ remote, repository, workbench } = opened);
	});

	after(() => opened?.close());

	it('has its commands, its status bar and its menu in German', async () => {
		await workbench.statusText('autoPr.status', (text) => text === 'Keine Sitzung');
		await workbench.runCommand('Auto-PR: Sitzung starten');
		await repository.commit('wip: cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await workbench.statusText('autoPr.status', (text) => text.startsWith('1 Commit '));
		assert.match(await workbench.statusTooltip('autoPr.status'), /Letzter Commit/);
		await workbench.clickStatusItem('autoPr.status');
		assert.ok((await workbench.picks()).includes('Sitzung beenden'));
		await workbench.screenshot('german-menu');
		await workbench.press('Escape');
	});

	it('asks in German before it writes anything', async () => {
		await workbench.runCommand('Auto-PR: Repository einrichten');
		await workbench.page.getByText('noch ist nichts geschrieben').first().waitFor();
		await workbench.screenshot('german-set-up-parts');
		await workbench.press('Enter');
		await workbench.page.locator('.monaco-dialog-box').waitFor();
		await workbench.screenshot('german-set-up');
		await workbench.press('Escape');
	});

	it('asks in German before it pushes', async () => {
		await workbench.runCommand('Auto-PR: Pull Request erstellen…');
		await workbench.page.getByText('Der Titel des Pull Requests').first().waitFor();
		await workbench.answer('Der Warenkorb');
		await workbench.page
			.locator('.monaco-dialog-box')
			.getByText('Pull Request von cart nach main erstellen?')
			.waitFor();
		await workbench.screenshot('german-pull-request');
		await workbench.press('Escape');
		assert.equal(await remote.git('branch', '--list'), '');
	});

	it('draws the dashboard in German, and tells the end of a session', async () => {
		await workbench.runCommand('Auto-PR: Dashboard im Editor öffnen');
		await workbench.webview().getByRole('button', { name: 'Sitzung beenden' }).waitFor();
		await workbench.screenshot('german-dashboard');
		await workbench.runCommand('Auto-PR: Sitzung beenden');
		await workbench.toast('ist beendet');
		await workbench.screenshot('german-end');
	});
});
