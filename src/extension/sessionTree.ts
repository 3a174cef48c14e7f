import * as vscode from 'vscode';
import type { Commit } from '../core/commit.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import type { OpenRepository } from './openRepository.ts';
import type { Repositories } from './repositories.ts';
import { ago, commits, files, l10n } from './words.ts';

/** How many completed sessions are listed at a time. */
const PAGE = 50;

/** A row of the tree. */
export type TreeNode =
	| { kind: 'repository'; repository: OpenRepository }
	| { kind: 'session'; repository: OpenRepository; session: ListedSession }
	| { kind: 'commit'; repository: OpenRepository; commit: Commit }
	| { kind: 'older'; repository: OpenRepository };

/** What the tree shows of a session, open or completed. */
interface ListedSession {
	id: string;
	title?: string;
	author: string;
	/** Full names, oldest first. */
	shas: readonly string[];
	fileCount: number;
	/** Undefined while it runs. */
	trigger?: string;
	/** ms UTC: its end, or its last activity. */
	at: number;
}

/** The view "Sessions": open and completed sessions, newest first, with their commits. Reads only what is unfolded. */
export class SessionTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	readonly #repositories: Repositories;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #view: vscode.TreeView<TreeNode>;
	readonly #subscription: vscode.Disposable;
	/** How many completed sessions of a repository are listed. */
	readonly #listed = new WeakMap<OpenRepository, number>();

	constructor(repositories: Repositories) {
		this.#repositories = repositories;
		this.#view = vscode.window.createTreeView('autoPr.sessions', { treeDataProvider: this, showCollapseAll: true });
		this.#subscription = repositories.onDidChange(() => this.#changed.fire());
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#view.dispose();
		this.#changed.dispose();
	}

	/** Lists the next page of a repository's completed sessions. */
	showOlder(repository: OpenRepository): void {
		this.#listed.set(repository, (this.#listed.get(repository) ?? PAGE) + PAGE);
		this.#changed.fire();
	}

	async getChildren(node?: TreeNode): Promise<TreeNode[]> {
		if (!node) {
			const { all } = this.#repositories;
			const [only] = all;
			if (!only) return [];
			return all.length === 1 ? this.#sessionsOf(only) : all.map((it) => ({ kind: 'repository', repository: it }));
		}
		if (node.kind === 'repository') return this.#sessionsOf(node.repository);
		if (node.kind !== 'session') return [];
		const { readCommits } = await import('../git/history.ts');
		const { repository, session } = node;
		const found = await readCommits(repository.workspace.location, session.shas);
		return found.reverse().map((commit) => ({ kind: 'commit', repository, commit }));
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		switch (node.kind) {
			case 'repository': {
				const item = new vscode.TreeItem(node.repository.name, vscode.TreeItemCollapsibleState.Expanded);
				item.iconPath = new vscode.ThemeIcon('repo');
				item.id = node.repository.workTree;
				return item;
			}
			case 'session':
				return sessionItem(node);
			case 'commit':
				return commitItem(node);
			case 'older': {
				const item = new vscode.TreeItem(l10n.t('Show older sessions'), vscode.TreeItemCollapsibleState.None);
				item.command = { command: 'autoPr.showOlderSessions', title: '', arguments: [node] };
				return item;
			}
		}
	}

	async #sessionsOf(repository: OpenRepository): Promise<TreeNode[]> {
		const { here, others = [] } = repository.view?.overview ?? {};
		const most = this.#listed.get(repository) ?? PAGE;
		// One more than is listed tells whether there are older ones.
		const completed = await repository.newestCompleted(most + 1);
		const sessions = [...(here ? [here] : []), ...others].map(listedOpen);
		const rows: TreeNode[] = [...sessions, ...completed.slice(0, most).map(listedCompleted)].map((session) => ({
			kind: 'session',
			repository,
			session,
		}));
		return completed.length > most ? [...rows, { kind: 'older', repository }] : rows;
	}
}

function listedOpen({ id, title, author, commits: made, files: changed, lastActivityAt }: Session): ListedSession {
	const shas = made.map(({ sha }) => sha);
	return { id, ...(title !== undefined && { title }), author, shas, fileCount: changed.size, at: lastActivityAt };
}

function listedCompleted(session: CompletedSession): ListedSession {
	const { id, title, author, commits: shas, filesChanged, trigger, completedAt } = session;
	return { id, ...(title !== undefined && { title }), author, shas, fileCount: filesChanged, trigger, at: completedAt };
}

function sessionItem({ repository, session }: Extract<TreeNode, { kind: 'session' }>): vscode.TreeItem {
	const { id, title, author, shas, fileCount, trigger, at } = session;
	const state = shas.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
	const item = new vscode.TreeItem(title ?? id, state);
	const when = trigger === undefined ? l10n.t('running') : ago(Date.now() - at);
	item.id = `${repository.workTree} ${id}`;
	item.description = `${commits(shas.length)} · ${when}`;
	item.iconPath = new vscode.ThemeIcon(trigger === undefined ? 'layers-active' : 'layers');
	item.contextValue = shas.length > 0 ? 'sessionWithCommits' : 'session';
	item.tooltip = [id, author, commits(shas.length), files(fileCount), trigger ?? l10n.t('running')].join('\n');
	item.accessibilityInformation = { label: `${title ?? id}, ${commits(shas.length)}, ${when}` };
	if (shas.length > 0) item.command = showChanges({ kind: 'session', repository, session });
	return item;
}

function commitItem(node: Extract<TreeNode, { kind: 'commit' }>): vscode.TreeItem {
	const { sha, message, author, authoredAt, files: changed } = node.commit;
	const item = new vscode.TreeItem(message.split(/\r?\n/, 1)[0] ?? '', vscode.TreeItemCollapsibleState.None);
	item.description = sha.slice(0, 7);
	item.iconPath = new vscode.ThemeIcon('git-commit');
	item.tooltip = [message.trim(), author.name, files(changed.length), ago(Date.now() - authoredAt)].join('\n');
	item.command = showChanges(node);
	return item;
}

function showChanges(node: TreeNode): vscode.Command {
	return { command: 'autoPr.showChanges', title: l10n.t('Show Changes'), arguments: [node] };
}
