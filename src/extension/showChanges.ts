import * as vscode from 'vscode';
import { UserError } from '../core/userError.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import { withCancel } from './progress.ts';
import { diffRows } from './sessionDocuments.ts';
import type { TreeNode } from './sessionTree.ts';
import { l10n } from './words.ts';

/** What is to be shown: commits, and what they are called together. */
interface Shown {
	repository: OpenRepository;
	title: string;
	shas: readonly string[];
}

/** Shows what a session or commit changed, as a whole, in the editor's own diff editor for several files. */
export async function showChanges({ repository, title, shas }: Shown, notifier: Notifier): Promise<void> {
	const files = await withCancel(l10n.t('Comparing…'), notifier, async () => {
		const { sessionDiff } = await import('../app/sessionDiff.ts');
		return sessionDiff(repository.workspace, shas);
	});
	if (!files) return;
	if (files.length === 0) throw new UserError(l10n.t('{0} changed no file, all in all.', title));
	await vscode.commands.executeCommand('vscode.changes', title, diffRows(repository, files));
}

/** The session with this id among the open ones; without one, the session here. */
export function openSessionShown(repository: OpenRepository, id: string | undefined): Shown {
	const other = repository.view?.overview.others.find((session) => session.id === id);
	if (!other) return shownOf(undefined, repository);
	return { repository, title: other.title ?? other.id, shas: other.commits.map(({ sha }) => sha) };
}

/** What a row of the tree shows; without a row, the session here. */
export function shownOf(node: TreeNode | undefined, active: OpenRepository): Shown {
	if (node?.kind === 'commit') {
		const { sha, message } = node.commit;
		return { repository: node.repository, title: `${sha.slice(0, 7)} ${message.split(/\r?\n/, 1)[0]}`, shas: [sha] };
	}
	if (node?.kind === 'session') {
		const { id, title, shas } = node.session;
		return { repository: node.repository, title: title ?? id, shas };
	}
	const here = active.view?.overview.here;
	if (!here?.commits.length) throw new UserError(l10n.t('No session with commits is running here.'));
	return { repository: active, title: here.title ?? here.id, shas: here.commits.map(({ sha }) => sha) };
}
