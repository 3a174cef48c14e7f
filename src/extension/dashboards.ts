import * as vscode from 'vscode';
import type { DashboardParts } from './dashboardPage.ts';
import { l10n } from './words.ts';

const TAB = 'autoPr.dashboardTab';

/** The dashboard in the side bar, and in a tab of its own. Their code is read when the first of them is shown. */
export class Dashboards implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
	readonly #parts: DashboardParts;
	readonly #subscriptions: vscode.Disposable[];
	#tab: vscode.WebviewPanel | undefined;

	constructor(parts: DashboardParts) {
		this.#parts = parts;
		this.#subscriptions = [
			vscode.window.registerWebviewViewProvider('autoPr.dashboard', this),
			vscode.window.registerWebviewPanelSerializer(TAB, this),
		];
	}

	dispose(): void {
		for (const subscription of this.#subscriptions) subscription.dispose();
		this.#tab?.dispose();
	}

	/** Shows the tab; there is one at most. */
	async openTab(): Promise<void> {
		if (this.#tab) {
			this.#tab.reveal();
			return;
		}
		const title = l10n.t('Auto-PR Sessions');
		await this.deserializeWebviewPanel(vscode.window.createWebviewPanel(TAB, title, vscode.ViewColumn.Active));
	}

	async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
		const page = await this.#pageOn(view, 'view');
		const visibility = view.onDidChangeVisibility(() => page.show());
		view.onDidDispose(() => {
			visibility.dispose();
			page.dispose();
		});
	}

	/** Draws a tab: a new one, or one that was open when the window was closed. */
	async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
		this.#tab = panel;
		panel.iconPath = vscode.Uri.joinPath(this.#parts.extensionUri, 'media', 'icon.png');
		const page = await this.#pageOn(panel, 'tab');
		const visibility = panel.onDidChangeViewState(() => page.show());
		panel.onDidDispose(() => {
			visibility.dispose();
			page.dispose();
			if (this.#tab === panel) this.#tab = undefined;
		});
	}

	async #pageOn(surface: vscode.WebviewView | vscode.WebviewPanel, place: 'view' | 'tab') {
		const { DashboardPage } = await import('./dashboardPage.ts');
		return new DashboardPage(surface, place, this.#parts);
	}
}
