import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Action, ToDashboard } from '../dashboard/protocol.ts';
import { readToExtension } from '../dashboard/protocol.ts';
import { dashboardState } from './dashboardState.ts';
import type { Notifier } from './notifier.ts';
import { oneAtATime } from './oneAtATime.ts';
import type { PublishActions } from './publishActions.ts';
import type { Repositories } from './repositories.ts';
import type { SessionActions } from './sessionActions.ts';

/** The dashboard in the side bar: sends its state whenever something changes and it can be seen. */
export class DashboardView implements vscode.WebviewViewProvider, vscode.Disposable {
	readonly #files: vscode.Uri;
	readonly #repositories: Repositories;
	readonly #actions: SessionActions;
	readonly #publishing: PublishActions;
	readonly #notifier: Notifier;
	readonly #subscriptions: vscode.Disposable[];
	readonly #send = oneAtATime(() => this.#sendState());
	#view: vscode.WebviewView | undefined;

	constructor(
		extensionUri: vscode.Uri,
		repositories: Repositories,
		actions: SessionActions,
		publishing: PublishActions,
		notifier: Notifier,
	) {
		this.#files = vscode.Uri.joinPath(extensionUri, 'dist');
		this.#repositories = repositories;
		this.#actions = actions;
		this.#publishing = publishing;
		this.#notifier = notifier;
		this.#subscriptions = [
			vscode.window.registerWebviewViewProvider('autoPr.dashboard', this),
			repositories.onDidChange(() => this.#show()),
		];
	}

	dispose(): void {
		for (const subscription of this.#subscriptions) subscription.dispose();
		this.#view = undefined;
	}

	resolveWebviewView(view: vscode.WebviewView): void {
		this.#view = view;
		view.webview.options = { enableScripts: true, localResourceRoots: [this.#files] };
		const subscriptions = [
			view.webview.onDidReceiveMessage((message) => this.#heard(message)),
			view.onDidChangeVisibility(() => this.#show()),
			view.onDidDispose(() => {
				for (const subscription of subscriptions) subscription.dispose();
				if (this.#view === view) this.#view = undefined;
			}),
		];
		view.webview.html = htmlOf(view.webview, this.#files);
	}

	#show(): void {
		if (this.#view?.visible) this.#send().catch((error: unknown) => this.#notifier.failedInBackground(error));
	}

	async #sendState(): Promise<void> {
		const { standing, active } = this.#repositories;
		const completed = standing.stage === 'ready' && active ? await active.completed() : [];
		const message: ToDashboard = { type: 'state', state: dashboardState(standing, completed), now: Date.now() };
		await this.#view?.webview.postMessage(message);
	}

	#heard(message: unknown): void {
		const read = readToExtension(message);
		if (read?.type === 'ready') this.#show();
		if (read?.type === 'act') {
			this.#act(read.action, read.session).catch((error: unknown) => this.#notifier.failed(error));
		}
	}

	async #act(action: Action, session: string | undefined): Promise<void> {
		const { active } = this.#repositories;
		switch (action) {
			case 'openFolder':
				await vscode.commands.executeCommand('workbench.action.files.openFolder');
				return;
			case 'manageTrust':
				await vscode.commands.executeCommand('workbench.trust.manage');
				return;
			case 'showLog':
				await vscode.commands.executeCommand('autoPr.showLog');
				return;
			case 'tryAgain':
				await this.#repositories.sync();
				return;
		}
		if (!active || !vscode.workspace.isTrusted) return;
		switch (action) {
			case 'start':
				await this.#actions.start(active);
				return;
			case 'end':
				await this.#actions.end(active, session);
				return;
			case 'keepGoing':
				await this.#actions.keepGoing(active);
				return;
			case 'discard':
				await this.#actions.discard(active, session);
				return;
			case 'publish':
				await this.#publishing.publish(active);
		}
	}
}

/** The page: nothing loads but our one script and style sheet. */
function htmlOf(webview: vscode.Webview, files: vscode.Uri): string {
	const nonce = randomBytes(16).toString('base64');
	const script = webview.asWebviewUri(vscode.Uri.joinPath(files, 'dashboard.js'));
	const style = webview.asWebviewUri(vscode.Uri.joinPath(files, 'dashboard.css'));
	const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Auto-PR Sessions</title>
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
