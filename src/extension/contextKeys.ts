import * as vscode from 'vscode';
import type { Repositories } from './repositories.ts';

/** Keeps what package.json's when-clauses ask for up to date: `autoPr.hasRepository`, `autoPr.sessionRunning`. */
export function keepContextKeys(repositories: Repositories): vscode.Disposable {
	const known = new Map<string, boolean>();
	const set = (key: string, value: boolean) => {
		if (known.get(key) === value) return;
		known.set(key, value);
		void vscode.commands.executeCommand('setContext', key, value);
	};
	return repositories.onDidChange(() => {
		const { standing } = repositories;
		set('autoPr.hasRepository', standing.stage === 'ready');
		set('autoPr.sessionRunning', standing.stage === 'ready' && standing.view.overview.here !== undefined);
	});
}
