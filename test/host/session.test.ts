import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { name, publisher } from '../../package.json';
import type { AutoPrApi } from '../../src/extension/extension.ts';
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
