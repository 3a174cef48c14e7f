import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { SetUpStep } from '../app/setUp.ts';
import type { OpenRepository } from './openRepository.ts';
import { l10n } from './words.ts';

/** Shows what set-up would write, asks once, and does it. */
export async function setUpRepository({ workspace, workTree, name }: OpenRepository): Promise<void> {
	const { planSetUp, setUp } = await import('../app/setUp.ts');
	const plan = await planSetUp(workspace);
	if (plan.some(({ state }) => state === 'to do')) {
		const go = l10n.t('Set Up');
		const question = l10n.t('Set up {0} for Auto-PR Sessions?', name);
		const options = { modal: true, detail: detailOf(plan, workTree) };
		if ((await vscode.window.showInformationMessage(question, options, go)) !== go) return;
		const left = (await setUp(workspace)).filter(({ state }) => state !== 'done');
		if (left.length === 0) void vscode.window.showInformationMessage(l10n.t('{0} is set up.', name));
		for (const { what } of left) void vscode.window.showWarningMessage(what);
		return;
	}
	const byHand = plan.filter(({ state }) => state === 'by hand');
	for (const { what } of byHand) void vscode.window.showWarningMessage(what);
	if (byHand.length === 0) void vscode.window.showInformationMessage(l10n.t('{0} is set up already.', name));
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
