import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { until } from '../editor/until.ts';
import type { GitHubServer } from '../github-server/server.ts';
import { openRepository, type TestRepository } from '../support/repository.ts';
import { openOnGitHub } from './onGitHub.ts';
import type { Workbench } from './workbench.ts';

describe("creating a session's pull request in the editor", () => {
	let github: GitHubServer;
	let remote: TestRepository;
	let repository: TestRepository;
	let opened: Awaited<ReturnType<typeof openOnGitHub>>;
	let workbench: Workbench;

	before(async () => {
		opened = await openOnGitHub();
		({ github, remote, repository, workbench } = opened);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await repository.commit('wip: cart', { 'src/cart.ts': 'export const cart = [];\n' });
		await workbench.statusText('autoPr.status', (text) => /1 commit/.test(text));
	});

	after(() => opened?.close());

	const pulls = () => [...(github.state.repositories.get('octo/demo')?.issues.values() ?? [])];

	const page = () => workbench.webview();

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
		await workbench.clearToasts();
	});

	it("brings it up to date by the dashboard's button, after another yes", async () => {
		await repository.commit('wip: prices', { 'lib/price.ts': 'export const price = 1;\n' });
		await workbench.statusText('autoPr.status', (text) => /2 commits/.test(text));
		await workbench.openView('Auto-PR Sessions');
		await page()
			.getByRole('region', { name: 'Running session' })
			.getByRole('button', { name: 'Create Pull Request…' })
			.click();
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('Update pull request #1?').waitFor();
		await workbench.screenshot('pull-request-update');
		assert.doesNotMatch(pulls()[0]?.body ?? '', /`lib`/);
		await workbench.clickDialog('Push and Update');
		await workbench.toast('Pull request #1 is up to date.');
		assert.match(pulls()[0]?.body ?? '', /`lib`: 1 file/);
		assert.equal(await remote.git('rev-parse', 'cart'), await repository.git('rev-parse', 'HEAD'));
		await workbench.clearToasts();
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

	it('opens it in the browser by its number', async () => {
		await page().getByRole('button', { name: 'Open pull request #1' }).click();
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('https://github.com/octo/demo/pull/1').waitFor();
		await workbench.press('Escape');
		await dialog.waitFor({ state: 'detached' });
	});

	it('creates that of a session of another work tree by its own button', async () => {
		const root = path.join(repository.root, '.git', 'other');
		await repository.git('worktree', 'add', '--quiet', '-b', 'search', root, 'main');
		const other = openRepository(root);
		run('start', '--title', 'The search', '--repo', root);
		await other.commit('wip: search', { 'src/search.ts': 'export const search = 1;\n' });
		run('status', '--repo', root);
		const elsewhere = page().getByRole('region', { name: 'Open elsewhere' });
		await elsewhere.getByText('1 commit').waitFor();
		await elsewhere.getByRole('button', { name: /^Create Pull Request of session alice-/ }).click();
		await workbench.page.getByText('The title of the pull request').first().waitFor();
		assert.equal(await workbench.quickInput().inputValue(), 'The search');
		await workbench.press('Enter');
		await workbench.page.locator('.monaco-dialog-box').getByText('from search into main?').waitFor();
		await workbench.screenshot('pull-request-elsewhere');
		await workbench.clickDialog('Push and Create');
		await workbench.toast('Pull request #2 is open.');
		assert.deepEqual([pulls()[1]?.title, pulls()[1]?.pull?.headRef], ['The search', 'search']);
		assert.equal(await remote.git('rev-parse', 'search'), await other.git('rev-parse', 'HEAD'));
		await elsewhere.getByRole('button', { name: 'Open pull request #2' }).waitFor();
		await workbench.clearToasts();
	});

	it('says why where it cannot be created from here', async () => {
		const other = openRepository(path.join(repository.root, '.git', 'other'));
		await other.git('switch', '--quiet', '--detach');
		await other.git('branch', '--quiet', '-D', 'search');
		await page()
			.getByRole('button', { name: /^Create Pull Request of session alice-/ })
			.click();
		await workbench.toast('is gone from this repository, so there is nothing to push.');
		await workbench.screenshot('pull-request-refused');
		assert.equal(pulls().length, 2);
		assert.deepEqual(github.violations, []);
	});

	function run(...args: string[]): void {
		const { status, stderr } = spawnSync(process.execPath, [path.resolve('dist/cli.js'), ...args], {
			encoding: 'utf8',
		});
		assert.equal(status, 0, stderr);
	}
});
