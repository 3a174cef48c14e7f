import * as vscode from 'vscode';
import type { Repositories } from './repositories.ts';
import { setting } from './settings.ts';
import { statusLook } from './statusLook.ts';
import { tooltipLines } from './tooltip.ts';
import { l10n } from './words.ts';

const MINUTE = 60_000;

/** Left of the editor's own entries for problems, which have 50: it is looked at as often. */
const PRIORITY = 60;

/** The one status bar entry. Its minutes advance while a session runs and somebody is at the window. */
export class StatusBar implements vscode.Disposable {
	readonly #item = vscode.window.createStatusBarItem('autoPr.status', vscode.StatusBarAlignment.Left, PRIORITY);
	readonly #repositories: Repositories;
	readonly #subscriptions: vscode.Disposable[];
	#minutes: NodeJS.Timeout | undefined;
	/** What is there: the editor works for each value that it is given, the same or not. */
	#drawn: string | undefined;

	constructor(repositories: Repositories) {
		this.#repositories = repositories;
		this.#item.name = l10n.t('Auto-PR Session');
		this.#item.command = 'autoPr.showStatus';
		const draw = () => this.#draw();
		this.#subscriptions = [
			this.#item,
			repositories.onDidChange(draw),
			vscode.window.onDidChangeWindowState(draw),
			vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('autoPr') && draw()),
		];
	}

	dispose(): void {
		clearTimeout(this.#minutes);
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	#draw(): void {
		const { standing } = this.#repositories;
		const now = Date.now();
		const whenIdle = setting('statusBar.whenIdle');
		const look = statusLook(standing, { whenIdle, warns: setting('idleWarning') !== 'off', now });
		const lines = tooltipLines(standing, now);
		this.#advanceLater(now);
		const drawn = JSON.stringify([look, lines]);
		if (drawn === this.#drawn) return;
		this.#drawn = drawn;
		if (!look) {
			this.#item.hide();
			return;
		}
		this.#item.text = look.text;
		this.#item.tooltip = tooltipOf(lines);
		this.#item.accessibilityInformation = { label: look.spoken, role: 'button' };
		this.#item.backgroundColor = look.warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
		this.#item.show();
	}

	/** Draws again when the next minute of the session is full. */
	#advanceLater(now: number): void {
		clearTimeout(this.#minutes);
		this.#minutes = undefined;
		const { standing } = this.#repositories;
		const here = standing.stage === 'ready' ? standing.view.overview.here : undefined;
		const { focused, active } = vscode.window.state;
		if (!here || !focused || !active) return;
		const counted = here.status === 'warning' ? here.lastActivityAt : here.startedAt;
		const untilNext = MINUTE - (Math.max(0, now - counted) % MINUTE);
		// A second at least, should the clock stand a moment before the minute.
		this.#minutes = setTimeout(() => this.#draw(), Math.max(1000, untilNext));
	}
}

function tooltipOf(lines: ReturnType<typeof tooltipLines>): vscode.MarkdownString {
	const tooltip = new vscode.MarkdownString('', true);
	for (const { label, text } of lines) {
		if (label !== undefined) tooltip.appendMarkdown('**').appendText(label).appendMarkdown('** ');
		// Word by word, since appendText makes spaces that no line breaks at.
		for (const word of text.split(' ')) tooltip.appendText(word).appendMarkdown(' ');
		tooltip.appendMarkdown('\n\n');
	}
	return tooltip;
}
