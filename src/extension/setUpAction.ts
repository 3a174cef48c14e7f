import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { SetUpStep } from '../app/setUp.ts';
import { PARTS, type Part } from '../app/setUpFiles.ts';
import type { OpenRepository } from './openRepository.ts';
import { l10n, told } from './words.ts';

/** Lets the user choose the parts, shows what set-up would write, asks once, and does it. */
export async function setUpRepository(repository: OpenRepository): Promise<void> {
	const { workspace, name } = repository;
	const { planSetUp, setUp, usualParts } = await import('../app/setUp.ts');
	const parts = await chooseParts(name, await usualParts(workspace));
	if (!parts) return;
	const plan = await planSetUp(workspace, parts);
	if (!plan.some(({ state }) => state === 'to do')) {
		const byHand = plan.filter(({ state }) => state === 'by hand');
		void tell(l10n.t('{0} is set up already.', name), byHand);
		return;
	}
	const go = l10n.t('Set Up');
	const question = l10n.t('Set up {0} for Auto-PR Sessions?', name);
	if (!(await agreed(question, planText(plan, repository.workTree), go))) return;
	const left = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Window, title: l10n.t('Setting up…') },
		async () => (await setUp(workspace, parts)).filter(({ state }) => state !== 'done'),
	);
	await repository.watchAgents();
	void tell(l10n.t('{0} is set up.', name), left);
}

/** Shows what would be taken away, asks once, and leaves the repository as it was before set-up. */
export async function undoSetUpOf(repository: OpenRepository): Promise<void> {
	const { workspace, workTree, name } = repository;
	const { planSetUp, undoSetUp } = await import('../app/setUp.ts');
	const plan = await planSetUp(workspace, PARTS);
	// The exclude list is kept without set-up, too.
	const there = plan.filter(({ state, part }) => state === 'done' && part !== 'exclude');
	if (there.length === 0) {
		void vscode.window.showInformationMessage(l10n.t('Nothing is set up in {0}.', name));
		return;
	}
	const go = l10n.t('Take Back');
	const question = l10n.t('Take the set-up of {0} back?', name);
	const heading = l10n.t('To be taken away; what was in these files before stays:');
	if (!(await agreed(question, [heading, ...partLines(there, workTree)].join('\n'), go))) return;
	const kept = await undoSetUp(workspace);
	await repository.watchAgents();
	void tell(l10n.t('The set-up of {0} is taken back.', name), kept);
}

/** The parts that are wanted, the usual ones chosen already; undefined when the user leaves. */
async function chooseParts(name: string, usual: readonly Part[]): Promise<Part[] | undefined> {
	const rows = PARTS.map((part) => ({ ...partWords(part), part, picked: usual.includes(part) }));
	const title = l10n.t('Set up {0}: nothing is written yet', name);
	const placeHolder = l10n.t('What to set up? You see every file before it is written.');
	const chosen = await vscode.window.showQuickPick(rows, { title, placeHolder, canPickMany: true });
	return chosen && chosen.length > 0 ? chosen.map(({ part }) => part) : undefined;
}

/** What a part is called, and what it is good for. */
function partWords(part: Part): { label: string; detail: string } {
	const words: Record<Part, { label: string; detail: string }> = {
		configuration: {
			label: l10n.t('Configuration'),
			detail: l10n.t("The team's settings, each with its meaning; all at their defaults"),
		},
		hook: {
			label: l10n.t('Commit hook'),
			detail: l10n.t('Adds the Session-Id trailer to the commits of a running session'),
		},
		exclude: {
			label: l10n.t("git's exclude list"),
			detail: l10n.t('Keeps the live state out of commits and out of git status'),
		},
		'merge-driver': {
			label: l10n.t('Merge driver'),
			detail: l10n.t('Merges the analytics record session by session, where the team commits it'),
		},
		workflows: {
			label: l10n.t('GitHub workflow and action'),
			detail: l10n.t('Score each session once in GitHub Actions'),
		},
		cursor: {
			label: l10n.t('Cursor'),
			detail: l10n.t('Hooks that keep the session going while its agent works; slash commands'),
		},
		claude: {
			label: l10n.t('Claude Code'),
			detail: l10n.t('Hooks that keep the session going while it works; slash commands'),
		},
		mcp: {
			label: l10n.t('Tools for agents (MCP)'),
			detail: l10n.t('Let an agent start, see and end its session; "auto-pr" has to be on the path'),
		},
	};
	return words[part];
}

async function agreed(question: string, detail: string, go: string): Promise<boolean> {
	return (await vscode.window.showInformationMessage(question, { modal: true, detail }, go)) === go;
}

/** The whole plan: what is written, by part, and what is not, in sentences. */
function planText(plan: readonly SetUpStep[], workTree: string): string {
	const at = (state: SetUpStep['state']) => plan.filter((step) => step.state === state);
	const sections: [string, string[]][] = [
		[l10n.t('To be written:'), partLines(at('to do'), workTree)],
		[l10n.t('Left for you:'), at('by hand').map(({ what }) => `• ${told(what)}`)],
		[l10n.t('There already:'), partLines(at('done'), workTree)],
	];
	return sections
		.flatMap(([heading, lines]) => (lines.length > 0 ? [[heading, ...lines].join('\n')] : []))
		.join('\n\n');
}

/** A line for each part: its files, below the top of the work tree, and what else there is to know. */
function partLines(steps: readonly SetUpStep[], workTree: string): string[] {
	return PARTS.flatMap((part) => {
		const own = steps.filter((step) => step.part === part);
		if (own.length === 0) return [];
		const files = own.map(({ path }) => relative(workTree, path).split(sep).join('/'));
		const notes = new Set(own.flatMap(({ note }) => (note === undefined ? [] : told(note))));
		return [[`• ${partWords(part).label}: ${files.join(', ')}.`, ...notes].join(' ')];
	});
}

/** One message, however much is left to do by hand. */
async function tell(sentence: string, left: readonly SetUpStep[]): Promise<void> {
	const [only, ...more] = left;
	if (!only) {
		await vscode.window.showInformationMessage(sentence);
		return;
	}
	if (more.length === 0) {
		await vscode.window.showWarningMessage(`${sentence} ${told(only.what)}`);
		return;
	}
	const show = l10n.t('Show');
	const warning = `${sentence} ${l10n.t('{0} things are left for you to do.', left.length)}`;
	if ((await vscode.window.showWarningMessage(warning, show)) !== show) return;
	const detail = left.map(({ what }) => `• ${told(what)}`).join('\n');
	await vscode.window.showInformationMessage(l10n.t('Left for you'), { modal: true, detail });
}
