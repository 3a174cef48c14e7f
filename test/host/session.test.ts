import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { name, publisher } from '../../package.json';
import type { AutoPrApi } from '../../src/extension/api.ts';
import { until } from '../editor/until.ts';
import { openRepository, type TestRepository } from '../support/repository.ts';

interface StateFile {
	sessions: Record<string, { commits: unknown[]; title?: string }>;
}

describe('a session in the editor', () => {
	let repository: TestRepository;

	before(async () => {
		const extension = vscode.extensions.getExtension<AutoPrApi>(`${publisher}.${name}`);
		await (await extension?.activate())?.whenReady();
		repository = openRepository(vscode.workspace.workspaceFolders![0]!.uri.fsPath);
	});

	const stateOf = (): StateFile =>
		JSON.parse(readFileSync(path.join(repository.root, '.cursor/data/session_state.json'), 'utf8'));
	const archive = () => {
		const file = path.join(repository.root, 'docs/metrics/auto_pr_sessions.json');
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	};

	it('starts by command, takes in the commits of plain git, and ends by command with a record', async () => {
		const id = await vscode.commands.executeCommand<string>('autoPr.start', 'the cart');
		assert.equal(stateOf().sessions[id]?.title, 'the cart');
		for (const number of [1, 2, 3]) await repository.commit(`Cart, step ${number}`, { 'cart.ts': `${number}` });
		await until(
			() => stateOf().sessions[id]?.commits.length,
			(count) => count === 3,
		);
		assert.equal(await vscode.commands.executeCommand('autoPr.end'), id);
		assert.deepEqual(Object.keys(stateOf().sessions), []);
		assert.ok(archive().includes(id));
	});

	it('is shown as one diff, from commits alone', async () => {
		await vscode.commands.executeCommand('autoPr.start', 'the shelf');
		await repository.commit('Shelf, step 1', { 'shelf.ts': 'one\n' });
		await repository.commit('Shelf, step 2', { 'shelf.ts': 'two\n' });
		await until(
			() =>
				vscode.extensions.getExtension<AutoPrApi>(`${publisher}.${name}`)!.exports.getCurrentSession()?.commits.length,
			(count) => count === 2,
		);
		await vscode.commands.executeCommand('autoPr.showChanges');
		const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
		await until(labels, (all) => all.some((label) => label.startsWith('the shelf')));
		const shown = await until(
			() => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'auto-pr').map((it) => it.getText()),
			(texts) => texts.length > 0,
		);
		assert.deepEqual(shown, ['two\n']);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
		await vscode.commands.executeCommand('autoPr.end');
	});

	it('is told to other extensions', async () => {
		const api = vscode.extensions.getExtension<AutoPrApi>(`${publisher}.${name}`)!.exports;
		const heard: (string | undefined)[] = [];
		const subscription = api.onDidChangeSession((session) => heard.push(session?.id));
		try {
			const id = await vscode.commands.executeCommand<string>('autoPr.start', 'for others');
			assert.equal(api.version, 1);
			assert.equal(api.getCurrentSession()?.title, 'for others');
			await vscode.commands.executeCommand('autoPr.end');
			assert.equal(api.getCurrentSession(), undefined);
			assert.deepEqual([heard[0], heard.at(-1)], [id, undefined]);
		} finally {
			subscription.dispose();
		}
	});

	it('leaves the work tree clean', async () => {
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('is found by an automatic commit alone', async () => {
		await repository.commit('wip: prices', { 'price.ts': '1' });
		await until(
			() => Object.values(stateOf().sessions).map(({ commits }) => commits.length),
			(counts) => counts.length === 1 && counts[0] === 1,
		);
		await vscode.commands.executeCommand('autoPr.end');
	});
});
