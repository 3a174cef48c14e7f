import * as vscode from 'vscode';
import { previewBackups, type RestorePreview, restore } from '../app/backups.ts';
import type { OpenRepository } from './openRepository.ts';
import { l10n } from './words.ts';

/** Shows what each backup holds and what would change, asks once, and restores it. */
export async function restoreFromBackup(repository: OpenRepository): Promise<void> {
	const previews = await previewBackups(repository.workspace);
	if (previews.length === 0) {
		void vscode.window.showInformationMessage(
			l10n.t('There is no backup yet: one is made hourly while sessions change.'),
		);
		return;
	}
	const rows = previews.map((preview) => ({
		label: new Date(preview.backup.madeAt).toLocaleString(),
		description: l10n.t('{0} open, {1} completed', preview.holds.open.length, preview.holds.completed.length),
		detail: changeOf(preview),
		preview,
	}));
	const chosen = await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Restore which backup?') });
	if (!chosen) return;
	const go = l10n.t('Restore');
	const question = l10n.t('Restore the backup of {0}?', chosen.label);
	const detail = `${chosen.detail}\n\n${l10n.t('What is there now is backed up first, so that this can be undone.')}`;
	if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, go)) !== go) return;
	const { undo } = await restore(repository.workspace, chosen.preview.backup.name);
	await repository.refresh();
	void offerUndo(repository, chosen.label, undo?.name);
}

async function offerUndo(repository: OpenRepository, label: string, undo: string | undefined): Promise<void> {
	const button = l10n.t('Undo');
	const sentence = l10n.t('The backup of {0} is restored.', label);
	const buttons = undo === undefined ? [] : [button];
	if ((await vscode.window.showInformationMessage(sentence, ...buttons)) !== button || undo === undefined) return;
	await restore(repository.workspace, undo);
	await repository.refresh();
}

function changeOf({ back, gone }: RestorePreview): string {
	if (back.length + gone.length === 0) return l10n.t('Changes no session');
	const parts = [];
	if (back.length > 0) parts.push(l10n.t('Brings back {0}', listOf(back)));
	if (gone.length > 0) parts.push(l10n.t('Takes away {0}', listOf(gone)));
	return parts.join(' · ');
}

function listOf(ids: readonly string[]): string {
	return ids.length <= 3 ? ids.join(', ') : l10n.t('{0} and {1} more', ids.slice(0, 3).join(', '), ids.length - 3);
}
