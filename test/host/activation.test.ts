import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { name, publisher } from '../../package.json';

interface Manifest {
	contributes: { commands: { command: string }[] };
}

function extension(): vscode.Extension<unknown> {
	const found = vscode.extensions.getExtension(`${publisher}.${name}`);
	assert.ok(found, 'the editor does not know the extension');
	return found;
}

describe('activation', () => {
	it('succeeds in a folder with a repository', async () => {
		await extension().activate();
		assert.equal(extension().isActive, true);
	});

	it('registers every command that the manifest contributes', async () => {
		await extension().activate();
		const { commands } = (extension().packageJSON as Manifest).contributes;
		assert.ok(commands.length > 0);
		const registered = new Set(await vscode.commands.getCommands(true));
		const missing = commands.map(({ command }) => command).filter((command) => !registered.has(command));
		assert.deepEqual(missing, []);
	});
});
