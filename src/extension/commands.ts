import * as vscode from 'vscode';
import { UserError } from '../core/userError.ts';
import type { Dashboards } from './dashboards.ts';
import { type MenuAction, menuChoices } from './menu.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import type { PublishActions } from './publishActions.ts';
import type { Repositories } from './repositories.ts';
import type { SessionActions } from './sessionActions.ts';
import type { SessionTree, TreeNode } from './sessionTree.ts';
import type { SignIn } from './signIn.ts';
import { l10n } from './words.ts';

/** What the commands work with. */
interface Parts {
	repositories: Repositories;
	actions: SessionActions;
	publishing: PublishActions;
	notifier: Notifier;
	dashboards: Dashboards;
	tree: SessionTree;
	signIn: SignIn;
	log: vscode.LogOutputChannel;
}

/** Registers every command of package.json. A command resolves when it is done; what fails is told to the user. */
export function registerCommands({
	repositories,
	actions,
	publishing,
	notifier,
	dashboards,
	tree,
	signIn,
	log,
}: Parts): vscode.Disposable[] {
	const here = <T>(act: (repository: OpenRepository) => Promise<T>) => onRepository(repositories, act);
	const commands: Record<string, (argument: unknown) => unknown> = {
		'autoPr.start': (title) => here((it) => actions.start(it, typeof title === 'string' ? title : undefined)),
		'autoPr.end': () => here((repository) => actions.end(repository)),
		'autoPr.showStatus': () => showMenu(repositories, run),
		'autoPr.discard': () => here((repository) => actions.discard(repository)),
		'autoPr.publish': () => here((repository) => publishing.publish(repository)),
		'autoPr.createPullRequest': () =>
			here(async (it) => (await import('./rare.ts')).createPullRequest(it, signIn, notifier)),
		'autoPr.setUp': () => here(async (it) => (await import('./rare.ts')).setUpRepository(it)),
		'autoPr.undoSetUp': () => here(async (it) => (await import('./rare.ts')).undoSetUpOf(it)),
		'autoPr.showChanges': async (node) => {
			const { showChanges, shownOf } = await import('./showChanges.ts');
			// From the tree the row says which repository is meant.
			if (node !== undefined) return showChanges(shownOf(node as TreeNode, (node as TreeNode).repository), notifier);
			return here((repository) => showChanges(shownOf(undefined, repository), notifier));
		},
		'autoPr.showOlderSessions': (node) => tree.showOlder((node as TreeNode).repository),
		'autoPr.restoreBackup': () => here(async (it) => (await import('./rare.ts')).restoreFromBackup(it)),
		'autoPr.openDashboard': () => vscode.commands.executeCommand('autoPr.dashboard.focus'),
		'autoPr.openDashboardInEditor': () => dashboards.openTab(),
		'autoPr.showLog': () => log.show(),
	};
	/** The menu also offers what is no command of its own. */
	const run = (action: MenuAction): unknown => {
		if (action === 'keepGoing') return here((repository) => actions.keepGoing(repository));
		if (action === 'manageTrust') return vscode.commands.executeCommand('workbench.trust.manage');
		return commands[`autoPr.${action}`]?.(undefined);
	};
	return Object.entries(commands).map(([id, command]) =>
		vscode.commands.registerCommand(id, async (argument: unknown) => {
			try {
				return await command(argument);
			} catch (error) {
				notifier.failed(error);
				return undefined;
			}
		}),
	);
}

async function onRepository<T>(
	repositories: Repositories,
	act: (repository: OpenRepository) => Promise<T>,
): Promise<T | undefined> {
	if (!vscode.workspace.isTrusted) {
		throw new UserError(l10n.t('This folder is not trusted, so nothing is tracked here: trust it first.'));
	}
	const repository = await choose(repositories);
	return repository && act(repository);
}

/** The repository that is meant; asks where that is not clear. Undefined when the user does not say. */
async function choose(repositories: Repositories): Promise<OpenRepository | undefined> {
	// A command may be the first thing that happens in a window.
	if (!repositories.active) await repositories.sync();
	const { active, all, standing } = repositories;
	if (!active) {
		if (standing.stage === 'failed') throw new UserError(standing.sentence);
		throw new UserError(l10n.t('No git repository is open: open a folder of one, or run git init.'));
	}
	if (repositories.isClear) return active;
	const rows = all.map((repository) => ({ label: repository.name, description: repository.workTree, repository }));
	return (await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('In which repository?') }))?.repository;
}

async function showMenu({ standing }: Repositories, run: (action: MenuAction) => unknown): Promise<void> {
	const choices = menuChoices(standing, Date.now());
	const choice = await vscode.window.showQuickPick(choices, { placeHolder: l10n.t('Auto-PR Sessions') });
	if (choice) await run(choice.action);
}
