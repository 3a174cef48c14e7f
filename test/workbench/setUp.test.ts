import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('setting a repository up in the editor', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;
	let atFirst: Map<string, string>;

	before(async () => {
		repository = await makeShop();
		// What a team has already: neither the person's hook of Cursor nor the unreadable settings of Claude Code may suffer.
		await repository.write({
			'.cursor/hooks.json': '{\n\t"version": 1,\n\t"hooks": { "stop": [{ "command": "say done" }] }\n}\n',
			'.claude/settings.json': '{ "model": \n',
			'.mcp.json': '[]\n',
		});
		editor = await startEditor({ folders: [repository.root] });
		workbench = await openWorkbench(editor);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		atFirst = await files();
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
	});

	/** Every file outside git's own folders, with its bytes: what the person sees of the repository. */
	async function files(): Promise<Map<string, string>> {
		const found = new Map<string, string>();
		for (const name of (await readdir(repository.root, { recursive: true })).sort()) {
			const file = path.join(repository.root, name);
			if (/^\.git\b(?!hub)/.test(name) || name.startsWith(path.join('.cursor', 'data'))) continue;
			if ((await stat(file)).isFile()) found.set(name, await readFile(file, 'utf8'));
		}
		return found;
	}

	const open = async () => {
		await workbench.runCommand('Auto-PR: Set Up Repository');
		await workbench.page.getByText('nothing is written yet').first().waitFor();
	};
	const confirm = () => workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
	const dialog = () => workbench.page.locator('.monaco-dialog-box');

	it('offers the parts, the usual ones chosen', async () => {
		const before = await files();
		await open();
		const rows = await workbench.picks();
		assert.ok(rows.length >= 8, rows.join());
		await workbench.screenshot('set-up-parts');
		await workbench.press('Escape');
		assert.deepEqual(await files(), before);
	});

	it('says what it will write, and writes nothing without the yes', async () => {
		const before = await files();
		await open();
		await confirm();
		await dialog().waitFor();
		await workbench.screenshot('set-up-question');
		const question = (await dialog().textContent()) ?? '';
		for (const file of ['.cursor/hooks.json', 'session_config.yaml', 'prepare-commit-msg'])
			assert.ok(question.includes(file), question);
		await workbench.press('Escape');
		await dialog().waitFor({ state: 'detached' });
		assert.deepEqual(await files(), before);
	});

	it('writes after the yes, and adds to what was there', async () => {
		await open();
		await confirm();
		await workbench.clickDialog('Set Up');
		await workbench.toast('is set up.');
		await workbench.screenshot('set-up-done');
		const hooks = JSON.parse((await files()).get(path.join('.cursor', 'hooks.json')) ?? '');
		assert.deepEqual(
			hooks.hooks.stop.map(({ command }: { command: string }) => command === 'say done'),
			[true, false],
		);
		await workbench.clearToasts();
	});

	it('changes nothing when it is run again', async () => {
		const before = await files();
		await open();
		await confirm();
		await workbench.toast('is set up already.');
		assert.deepEqual(await files(), before);
		await workbench.clearToasts();
	});

	it('says in one message what is left to do by hand, however much it is', async () => {
		const before = await files();
		await open();
		await workbench.pick('Claude Code');
		await workbench.pick('Tools for agents (MCP)');
		await confirm();
		await dialog().waitFor();
		await workbench.screenshot('set-up-by-hand');
		await workbench.clickDialog('Set Up');
		const { message } = await workbench.toast('2 things are left for you');
		assert.match(message, / is set up\. 2 things are left for you to do\.$/);
		assert.equal((await workbench.toasts()).length, 1);
		await workbench.clickToast('Show');
		await dialog().waitFor();
		await workbench.screenshot('set-up-left');
		assert.match(
			(await dialog().textContent()) ?? '',
			/\.claude\/settings\.json is not JSON[\s\S]*\.mcp\.json is not JSON/,
		);
		await workbench.press('Escape');
		for (const broken of [path.join('.claude', 'settings.json'), '.mcp.json'])
			assert.equal((await files()).get(broken), before.get(broken));
	});

	it('leaves the repository as it was when it is taken back, after a yes', async () => {
		const hook = path.join(repository.root, '.git', 'hooks', 'prepare-commit-msg');
		await stat(hook);
		await workbench.runCommand('Auto-PR: Take Set-Up Back…');
		await dialog().waitFor();
		await workbench.screenshot('set-up-undo');
		await workbench.clickDialog('Take Back');
		await workbench.toast('is taken back.');
		assert.deepEqual(await files(), atFirst);
		await assert.rejects(stat(hook));
		assert.doesNotMatch(await repository.git('status', '--porcelain'), /\.cursor\/data|docs/);
	});
});
