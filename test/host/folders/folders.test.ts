import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { name, publisher } from '../../../package.json';
import type { AutoPrApi } from '../../../src/extension/api.ts';
import { until } from '../../editor/until.ts';
import { makeRepository, openRepository, type TestRepository } from '../../support/repository.ts';

/** How many files and folders this process watches. */
const watches = () => process.getActiveResourcesInfo().filter((kind) => kind === 'FSEventWrap').length;

const stateFileOf = (root: string) => path.join(root, '.cursor/data/session_state.json');

describe('a window with several repositories, without the built-in git extension', () => {
	let repositories: TestRepository[];

	before(async () => {
		const extension = vscode.extensions.getExtension<AutoPrApi>(`${publisher}.${name}`);
		await (await extension?.activate())?.whenReady();
		repositories = vscode.workspace.workspaceFolders!.map(({ uri }) => openRepository(uri.fsPath));
		assert.equal(repositories.length, 2);
	});

	it('tracks each of them', async () => {
		for (const repository of repositories) await repository.commit('wip: cart', { 'cart.ts': '1' });
		for (const { root } of repositories) await until(() => existsSync(stateFileOf(root)), Boolean);
	});

	it('acts on the one whose file is looked at', async () => {
		const [, second] = repositories;
		await vscode.window.showTextDocument(vscode.Uri.file(path.join(second!.root, 'cart.ts')));
		const id = await vscode.commands.executeCommand<string>('autoPr.end');
		assert.match(id, /^alice-/);
		const archive = path.join(second!.root, 'docs/metrics/auto_pr_sessions.json');
		assert.equal(existsSync(archive), true);
	});

	it('opens what is added and lets go of what is removed, with every watch', async () => {
		const added = await makeRepository();
		await added.commit('Start', { 'README.md': '# New\n' });
		const before = watches();
		const count = vscode.workspace.workspaceFolders!.length;
		try {
			for (let round = 0; round < 20; round++) {
				vscode.workspace.updateWorkspaceFolders(count, 0, { uri: vscode.Uri.file(added.root) });
				await until(watches, (now) => now > before);
				await until(
					() => vscode.workspace.workspaceFolders!.length,
					(now) => now === count + 1,
				);
				vscode.workspace.updateWorkspaceFolders(count, 1);
				await until(watches, (now) => now === before);
			}
		} finally {
			await added.dispose();
		}
	});
});
