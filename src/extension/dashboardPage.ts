import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Filter } from '../core/analytics/filter.ts';
import type { Action, ExportFormat, ToDashboard, ToExtension } from '../dashboard/protocol.ts';
import { readToExtension } from '../dashboard/protocol.ts';
import { HistoryFeed } from './dashboardHistory.ts';
import { dashboardState } from './dashboardState.ts';
import type { Notifier } from './notifier.ts';
import { oneAtATime } from './oneAtATime.ts';
import type { OpenRepository } from './openRepository.ts';
import type { PublishActions } from './publishActions.ts';
import type { Repositories } from './repositories.ts';
import type { SessionActions } from './sessionActions.ts';
import { openSessionShown, showChanges } from './showChanges.ts';
import type { SignIn } from './signIn.ts';

/** What a dashboard works with. */
export interface DashboardParts {
	extensionUri: vscode.Uri;
	repositories: Repositories;
	actions: SessionActions;
	publishing: PublishActions;
	signIn: SignIn;
	notifier: Notifier;
}

/** Where a dashboard is: a column of the side bar, or a tab as wide as an editor. */
type Place = 'view' | 'tab';

/** A place of the editor that a dashboard is drawn in. */
interface Surface {
	readonly webview: vscode.Webview;
	readonly visible: boolean;
}

/** One drawn dashboard: sends what it shows whenever that changes and it can be seen. */
export class DashboardPage implements vscode.Disposable {
	readonly #surface: Surface;
	readonly #parts: DashboardParts;
	readonly #subscriptions: vscode.Disposable[];
	readonly #send = oneAtATime(() => this.#sendAll());
	/** What the drawn page has; undefined while there is none: a hidden page is thrown away, and asks anew when drawn again. */
	#feed: HistoryFeed | undefined;

	constructor(surface: Surface, place: Place, parts: DashboardParts) {
		this.#surface = surface;
		this.#parts = parts;
		const { webview } = surface;
		const files = vscode.Uri.joinPath(parts.extensionUri, 'dist');
		webview.options = { enableScripts: true, localResourceRoots: [files] };
		this.#subscriptions = [
			webview.onDidReceiveMessage((message) => this.#heard(message)),
			parts.repositories.onDidChange(() => this.show()),
		];
		webview.html = htmlOf(webview, files, place);
	}

	dispose(): void {
		for (const subscription of this.#subscriptions) subscription.dispose();
		this.#feed = undefined;
	}

	/** How things stand, or whether it can be seen, is new. */
	show(): void {
		if (!this.#surface.visible) this.#feed = undefined;
		else if (this.#feed) this.#send().catch((error: unknown) => this.#parts.notifier.failedInBackground(error));
	}

	async #sendAll(): Promise<void> {
		const { standing, active } = this.#parts.repositories;
		try {
			// Before the state, so that another repository is never shown with the figures of the one before.
			if (standing.stage === 'ready' && active) {
				await this.#sendHistory(active);
				const { readHealth } = await import('./rare.ts');
				await this.#post({ type: 'health', health: await readHealth(active.workspace, await active.history()) });
			}
		} finally {
			await this.#post({ type: 'state', state: dashboardState(standing), now: Date.now() });
		}
	}

	async #sendHistory(repository: OpenRepository): Promise<void> {
		const rows = await repository.history();
		const message = this.#feed?.next(repository.workTree, rows);
		if (message) await this.#post(message);
	}

	async #sendDetails(session: string): Promise<void> {
		const { active } = this.#parts.repositories;
		if (!active) return;
		const { readDetails } = await import('./rare.ts');
		await this.#post(await readDetails(active, session));
	}

	async #export(format: ExportFormat, filter: Filter): Promise<void> {
		const { active } = this.#parts.repositories;
		if (!active) return;
		const { exportSessions } = await import('./rare.ts');
		await exportSessions(active, { format, filter });
	}

	async #post(message: ToDashboard): Promise<void> {
		if (this.#feed) await this.#surface.webview.postMessage(message);
	}

	#heard(message: unknown): void {
		const read = readToExtension(message);
		if (read?.type === 'ready') {
			this.#feed = new HistoryFeed();
			this.show();
		}
		if (read) this.#answer(read).catch((error: unknown) => this.#parts.notifier.failed(error));
	}

	async #answer(read: ToExtension): Promise<void> {
		switch (read.type) {
			case 'open':
				return this.#sendDetails(read.session);
			case 'export':
				return this.#export(read.format, read.filter);
			case 'pullRequest':
				return this.#openPullRequest(read.number);
			case 'act':
				return this.#act(read.action, read.session);
		}
	}

	async #openPullRequest(number: number): Promise<void> {
		const { active } = this.#parts.repositories;
		if (!active || !vscode.workspace.isTrusted) return;
		const { openOnForge } = await import('./rare.ts');
		await openOnForge(active, number);
	}

	async #act(action: Action, session: string | undefined): Promise<void> {
		const { repositories, actions, publishing, signIn, notifier } = this.#parts;
		const { active } = repositories;
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
			case 'showProblems':
				await vscode.commands.executeCommand('workbench.actions.view.problems');
				return;
			case 'tryAgain':
				await repositories.sync();
				return;
		}
		if (!active || !vscode.workspace.isTrusted) return;
		switch (action) {
			case 'start':
				await actions.start(active);
				return;
			case 'end':
				await actions.end(active, session);
				return;
			case 'keepGoing':
				await actions.keepGoing(active);
				return;
			case 'discard':
				await actions.discard(active, session);
				return;
			case 'showCommits':
				await showChanges(openSessionShown(active, session), notifier);
				return;
			case 'createPullRequest':
				await (await import('./rare.ts')).createPullRequest(active, signIn, notifier, session);
				return;
			case 'publish':
				await publishing.publish(active);
		}
	}
}

/** The page: nothing loads but our one script and style sheet. */
function htmlOf(webview: vscode.Webview, files: vscode.Uri, place: Place): string {
	const nonce = randomBytes(16).toString('base64');
	const script = webview.asWebviewUri(vscode.Uri.joinPath(files, 'dashboard.js'));
	const style = webview.asWebviewUri(vscode.Uri.joinPath(files, 'dashboard.css'));
	const words = vscode.l10n.bundle;
	const language = words ? vscode.env.language : 'en';
	const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
	return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Auto-PR Sessions</title>
</head>
<body class="${place}">
<main id="root"></main>
<script type="application/json" id="words">${JSON.stringify(words ?? {}).replaceAll('<', '\\u003c')}</script>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
