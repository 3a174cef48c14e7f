import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { SetUpStep } from '../app/setUp.ts';
import { PARTS, type Part } from '../app/setUpFiles.ts';
import type { OpenRepository } from './openRepository.ts';
import { l10n } from './words.ts';

/** Lets the user choose the parts, shows what set-up would write, asks once, and does it. */
export async function setUpRepository(repository: OpenRepository): Promise<void> {
	const { workspace, workTree, name } = repository;
	const { planSetUp, setUp, usualParts } = await import('../app/setUp.ts');
	const parts = await chooseParts(name, await usualParts(workspace));
	if (!parts) return;
	const plan = await planSetUp(workspace, parts);
	if (plan.some(({ state }) => state === 'to do')) {
		const go = l10n.t('Set Up');
		const question = l10n.t('Set up {0} for Auto-PR Sessions?', name);
		const options = { modal: true, detail: detailOf(plan, workTree) };
		if ((await vscode.window.showInformationMessage(question, options, go)) !== go) return;
		const left = (await setUp(workspace, parts)).filter(({ state }) => state !== 'done');
		await repository.watchAgents();
		if (left.length === 0) void vscode.window.showInformationMessage(l10n.t('{0} is set up.', name));
		for (const { what } of left) void vscode.window.showWarningMessage(what);
		return;
	}
	const byHand = plan.filter(({ state }) => state === 'by hand');
	for (const { what } of byHand) void vscode.window.showWarningMessage(what);
	if (byHand.length === 0) void vscode.window.showInformationMessage(l10n.t('{0} is set up already.', name));
}

/** The parts that are wanted, the usual ones chosen already; undefined when the user leaves. */
async function chooseParts(name: string, usual: readonly Part[]): Promise<Part[] | undefined> {
	const labels: Record<Part, string> = {
		configuration: l10n.t('Configuration, with comments'),
		hook: l10n.t('Commit hook'),
		exclude: l10n.t("git's exclude list"),
		'merge-driver': l10n.t('Merge driver of the analytics record'),
		workflows: l10n.t('GitHub: workflow and action'),
		cursor: l10n.t('Cursor: hooks and slash commands'),
		claude: l10n.t('Claude Code: hooks and slash commands'),
		mcp: l10n.t('Tools for agents (MCP)'),
	};
	const rows = PARTS.map((part) => ({ label: labels[part], part, picked: usual.includes(part) }));
	const title = l10n.t('Set up {0}: nothing is written yet', name);
	const chosen = await vscode.window.showQuickPick(rows, { title, canPickMany: true });
	return chosen && chosen.length > 0 ? chosen.map(({ part }) => part) : undefined;
}

function detailOf(plan: readonly SetUpStep[], workTree: string): string {
	const heading: Record<SetUpStep['state'], string> = {
		'to do': l10n.t('To be written:'),
		'by hand': l10n.t('Left for you:'),
		done: l10n.t('There already:'),
	};
	const parts = (['to do', 'by hand', 'done'] as const).flatMap((state) => {
		const steps = plan.filter((step) => step.state === state);
		if (steps.length === 0) return [];
		const lines = steps.map(({ what, path }) => `• ${what} (${relative(workTree, path)})`);
		return [[heading[state], ...lines].join('\n')];
	});
	return parts.join('\n\n');
}
