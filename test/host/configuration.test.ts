import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { name, publisher } from '../../package.json';
import type { AutoPrApi } from '../../src/extension/api.ts';
import { until } from '../editor/until.ts';
import { openRepository, type TestRepository } from '../support/repository.ts';

const FILE = '.cursor/config/session_config.yaml';

describe('the configuration in the editor', () => {
	let repository: TestRepository;
	let uri: vscode.Uri;

	before(async () => {
		const extension = vscode.extensions.getExtension<AutoPrApi>(`${publisher}.${name}`);
		await (await extension?.activate())?.whenReady();
		repository = openRepository(vscode.workspace.workspaceFolders![0]!.uri.fsPath);
		uri = vscode.Uri.file(path.join(repository.root, FILE));
	});

	after(async () => {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await vscode.workspace.fs.delete(vscode.Uri.file(path.join(repository.root, '.cursor/config')), {
			recursive: true,
		});
	});

	/** The problems as the panel lists them: line and column from 1. */
	const shown = (): string[] =>
		vscode.languages
			.getDiagnostics(uri)
			.filter(({ source }) => source === 'Auto-PR')
			.map(({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`);

	it('is looked at as one types, before it is saved', async () => {
		await repository.write({ [FILE]: 'timeout_minutes: 45\n' });
		const editor = await vscode.window.showTextDocument(uri);
		await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'idle_warning_minuts: 10\nagents: [Acme, 7]\n'));
		await until(shown, (problems) => problems.length === 2);
		assert.deepEqual(shown(), [
			'2:1 There is no key idle_warning_minuts. Did you mean idle_warning_minutes?',
			'3:16 An entry of agents is not a text, so it is left out.',
		]);
		assert.equal(editor.document.isDirty, true);
	});

	it('is mended by quick fixes', async () => {
		for (const [line, title] of [
			[1, 'Rename to idle_warning_minutes'],
			[2, 'Remove 7 from the list'],
		] as const) {
			const at = vscode.languages.getDiagnostics(uri).find(({ range }) => range.start.line === line)!.range;
			const actions = await until(
				async () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, at),
				(offered) => offered.some((action) => action.title === title),
			);
			const fix = actions.find((action) => action.title === title)!;
			assert.equal(await vscode.workspace.applyEdit(fix.edit!), true);
			await until(shown, (problems) => !problems.some((problem) => problem.startsWith(`${line + 1}:`)));
		}
		const document = vscode.window.activeTextEditor!.document;
		assert.equal(document.getText(), 'timeout_minutes: 45\nidle_warning_minutes: 10\nagents: [Acme]\n');
		assert.deepEqual(shown(), []);
	});

	it('keeps to its own file', async () => {
		const other = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'timeout_minuts: 5\n' });
		await vscode.window.showTextDocument(other);
		assert.deepEqual(vscode.languages.getDiagnostics(other.uri), []);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
	});
});
