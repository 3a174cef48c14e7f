import * as vscode from 'vscode';
import { readSessionDetails } from '../app/sessionDetails.ts';
import { analyse } from '../core/analytics/analytics.ts';
import { exportFile } from '../core/analytics/exportFile.ts';
import { type Filter, filtered } from '../core/analytics/filter.ts';
import { UserError } from '../core/userError.ts';
import type { DetailsMessage, ExportFormat } from '../dashboard/protocol.ts';
import type { OpenRepository } from './openRepository.ts';
import { l10n } from './words.ts';

/** What the page of a completed session shows; why there is nothing, where it cannot be read. */
export async function readDetails({ workspace }: OpenRepository, session: string): Promise<DetailsMessage> {
	try {
		return { type: 'details', session, details: await readSessionDetails(workspace, session) };
	} catch (error) {
		if (!(error instanceof UserError)) workspace.host.log.error((error as Error).message);
		return { type: 'details', session, failed: (error as Error).message };
	}
}

/** Asks for a file, and writes the completed sessions that a filter lets through. */
export async function exportSessions(
	repository: OpenRepository,
	{ format, filter }: { format: ExportFormat; filter: Filter },
): Promise<void> {
	const rows = filtered(await repository.history(), filter);
	const { name, text } = exportFile(format, rows, analyse(rows));
	const folder = vscode.Uri.file(repository.workTree);
	const target = await vscode.window.showSaveDialog({
		title: l10n.t('Export Sessions'),
		defaultUri: vscode.Uri.joinPath(folder, name),
	});
	if (!target) return;
	await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
	const open = l10n.t('Open');
	const file = vscode.workspace.asRelativePath(target);
	const sentence =
		rows.length === 1
			? l10n.t('1 session was written to {0}.', file)
			: l10n.t('{0} sessions were written to {1}.', rows.length, file);
	if ((await vscode.window.showInformationMessage(sentence, open)) === open)
		await vscode.window.showTextDocument(target);
}
