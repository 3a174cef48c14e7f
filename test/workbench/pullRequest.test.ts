import assert from 'node:assert/strict';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import { until } from '../editor/until.ts';
import { type GitHubServer, startGitHubServer } from '../github-server/server.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe("creating a session's pull request in the editor", () => {
	let github: GitHubServer;
	let remote: TestRepository;
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		github = await startGitHubServer();
		github.addRepository({ owner: 'octo', name: 'demo' });
		remote = await makeRepository();
		repository = await makeShop();
		await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		await repository.git('remote', 'set-url', '--push', 'origin', remote.root);
		await repository.git('switch', '--quiet', '--create', 'cart');
		editor = await startEditor({
			folders: [repository.root],
			env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token },
		});
		workbench = await openWorkbench(editor);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await repository.commit('wip: cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await workbench.statusText('autoPr.status', (text) => /1 commit/.test(text));
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
		await remote?.dispose();
		await github?.close();
	});

	const pulls = () => [...(github.state.repositories.get('octo/demo')?.issues.values() ?? [])];

	it('sends nothing before the yes', async () => {
		await workbench.runCommand('Auto-PR: Create Pull Request…');
		await workbench.page.getByText('The title of the pull request').first().waitFor();
		// Drafted from the branch.
		assert.equal(await workbench.quickInput().inputValue(), 'Cart');
		await workbench.answer('The cart');
		await workbench.page.locator('.monaco-dialog-box').waitFor();
		await workbench.screenshot('pull-request-question');
		assert.deepEqual(pulls(), []);
		assert.equal(await remote.git('branch', '--list'), '');
	});

	it('pushes and creates it then', async () => {
		await workbench.clickDialog('Push and Create');
		await workbench.toast('Pull request #1 is open.');
		const [pull] = pulls();
		assert.equal(pull?.title, 'The cart');
		assert.match(pull?.body ?? '', /`src`: 1 file[\s\S]*\n\nSession-Id: alice-/);
		assert.equal(await remote.git('rev-parse', 'cart'), await repository.git('rev-parse', 'HEAD'));
		assert.deepEqual(github.violations, []);
	});

	it('brings it up to date the next time, after a yes', async () => {
		await workbench.clearToasts();
		await repository.commit('wip: prices', { 'lib/price.ts': 'export const price = 1;\n' });
		await workbench.statusText('autoPr.status', (text) => /2 commits/.test(text));
		await workbench.runCommand('Auto-PR: Create Pull Request…');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('Update pull request #1?').waitFor();
		await dialog.getByText('The cart').waitFor();
		await workbench.screenshot('pull-request-update');
		await workbench.clickDialog('Push and Update');
		await workbench.toast('Pull request #1 is up to date.');
		assert.match(pulls()[0]?.body ?? '', /`lib`: 1 file/);
		assert.equal(pulls().length, 1);
	});

	it('says so where somebody took the summary out', async () => {
		await workbench.clearToasts();
		pulls()[0]!.body = 'Mine alone.';
		await workbench.runCommand('Auto-PR: Create Pull Request…');
		await workbench.page.locator('.monaco-dialog-box').getByText('Its title and text stay').waitFor();
		await workbench.clickDialog('Push and Update');
		await workbench.toast('Pull request #1 is up to date.');
		assert.match(pulls()[0]?.body ?? '', /^Mine alone\.\n\nSession-Id: alice-\S+$/);
	});

	it('is cancelled while GitHub lets it wait, and says nothing more', async () => {
		await workbench.clearToasts();
		github.failNext({ status: 'timeout', match: /^GET .*\/pulls/ });
		await workbench.runCommand('Auto-PR: Create Pull Request…');
		await workbench.toast('Drafting the pull request…');
		await workbench.screenshot('pull-request-cancel');
		await workbench.clickToast('Cancel');
		await until(
			() => workbench.toasts(),
			(toasts) => toasts.length === 0,
		);
		assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
	});
});
