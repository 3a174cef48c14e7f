import * as vscode from 'vscode';
import { type AutoPrApi, type CurrentSession, createApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { ConfigurationProblems } from './configurationProblems.ts';
import { keepContextKeys } from './contextKeys.ts';
import { Dashboards } from './dashboards.ts';
import { hostOf } from './host.ts';
import { IdleWarning } from './idleWarning.ts';
import { Notifier } from './notifier.ts';
import { PublishActions } from './publishActions.ts';
import { Repositories } from './repositories.ts';
import { SessionActions } from './sessionActions.ts';
import { SessionDocuments } from './sessionDocuments.ts';
import { SessionTree } from './sessionTree.ts';
import { SignIn } from './signIn.ts';
import { StatusBar } from './statusBar.ts';
import { speak } from './words.ts';

/** Builds the parts and registers them; repositories are opened once the editor has gone on. */
export function activate(context: vscode.ExtensionContext): AutoPrApi {
	speak(vscode.l10n);
	const log = vscode.window.createOutputChannel('Auto-PR Sessions', { log: true });
	const notifier = new Notifier(log, context.workspaceState);
	const signIn = new SignIn(log);
	const repositories = new Repositories(hostOf(log, signIn, notifier, context.extensionPath), notifier);
	const publishing = new PublishActions(signIn, log, notifier);
	const actions = new SessionActions(publishing, notifier);
	const dashboards = new Dashboards({
		extensionUri: context.extensionUri,
		repositories,
		actions,
		publishing,
		signIn,
		notifier,
	});
	const tree = new SessionTree(repositories);
	context.subscriptions.push(
		log,
		repositories,
		keepContextKeys(repositories),
		new StatusBar(repositories),
		new IdleWarning(repositories, actions, notifier),
		dashboards,
		tree,
		new SessionDocuments(repositories),
		new ConfigurationProblems(repositories, notifier),
		...registerCommands({ repositories, actions, publishing, notifier, dashboards, tree, signIn, log }),
	);
	const opened = new Promise<void>((resolve) => setImmediate(resolve)).then(() => repositories.sync());
	opened.catch((error: unknown) => notifier.failedInBackground(error));
	log.info(`Auto-PR Sessions ${context.extension.packageJSON.version} is active.`);
	const changes = new vscode.EventEmitter<CurrentSession | undefined>();
	const { api, subscription } = createApi(
		{ ready: opened, current: () => repositories.active?.view?.overview.here, onDidChange: repositories.onDidChange },
		changes,
	);
	context.subscriptions.push(changes, subscription);
	return api;
}
