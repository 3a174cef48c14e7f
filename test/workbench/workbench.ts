import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Editor } from '../editor/editor.ts';
import { extensionId } from '../editor/manifest.ts';
import { resultsFolder } from '../editor/paths.ts';
import { until } from '../editor/until.ts';

/** How long Playwright waits for an element, ms. The first window of a server takes some seconds. */
const patience = 30_000;

/** How long a list may take to offer what is looked for, ms, before it is closed and opened again. */
const retryAfter = 3000;

/** The label in a row of a pick; its detail has a label within, too. */
const rowLabel = '.quick-input-list-row > .monaco-icon-label .label-name';

export interface WindowOptions {
	/** Absolute paths; default: the folders of the editor. */
	folders?: readonly string[];
	/** In CSS pixels. */
	width?: number;
	height?: number;
	/** The editor's display language, `de`; of its own words it has English alone, whatever this says. */
	language?: string;
}

/** A message in the corner of the window. */
export interface Toast {
	message: string;
	buttons: string[];
}

const open = new Set<Workbench>();

/** The windows that are open now: what a failed test may take a picture of. */
export function openWorkbenches(): ReadonlySet<Workbench> {
	return open;
}

/** Opens a window of the editor and waits until its workbench is drawn. */
export async function openWorkbench(editor: Editor, options: WindowOptions = {}): Promise<Workbench> {
	const { folders, width = 1280, height = 800, language } = options;
	const browser = await editor.browser();
	const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: editor.base });
	// What a language pack sets before the workbench is loaded: vs/nls.ts.
	if (language !== undefined) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
	const page = await context.newPage();
	page.setDefaultTimeout(patience);
	await page.goto(editor.url(folders));
	await page.locator('.monaco-workbench .part.statusbar').waitFor();
	const workbench = new Workbench(page);
	open.add(workbench);
	return workbench;
}

/** What a person does and sees in a window of the editor. Every method waits for what it needs; none sleeps. */
export class Workbench {
	/** For what this class has no word for. */
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Presses keys one after another: `press('Control+Alt+P', 'S')` is a chord of two. */
	async press(...keys: string[]): Promise<void> {
		for (const key of keys) {
			// By the key's place, so that a capital letter does not mean Shift.
			await this.page.keyboard.press(key.replace(/(?<=^|\+)[A-Za-z]$/, (letter) => `Key${letter.toUpperCase()}`));
		}
	}

	/** Runs a command from the palette by its full title, `Auto-PR: Start Session`. */
	async runCommand(title: string): Promise<void> {
		// The palette shows what was registered when it opened; a command may come later, with its extension.
		await until(
			async () => {
				await this.openPalette(title);
				await this.row(title).click({ timeout: retryAfter });
				return true;
			},
			Boolean,
			2 * patience,
		);
	}

	/** The titles that the palette offers for what was typed. */
	async offeredCommands(typed: string): Promise<string[]> {
		await this.openPalette(typed);
		await this.rows().first().waitFor();
		const labels = await this.rows().locator(rowLabel).allInnerTexts();
		await this.press('Escape');
		return labels.map(plain);
	}

	private async openPalette(typed: string): Promise<void> {
		if (await this.quickInput().isVisible()) {
			await this.press('Escape');
		}
		await this.press('F1');
		await this.quickInput().waitFor();
		await this.quickInput().fill(`>${typed}`);
	}

	/** The text field of the palette, a pick or an input box. */
	quickInput(): Locator {
		return this.page.locator('.quick-input-widget input[type="text"]');
	}

	/** Types into an input box or pick and confirms it. */
	async answer(text: string): Promise<void> {
		await this.quickInput().fill(text);
		await this.press('Enter');
	}

	/** The labels of the pick that is open. */
	async picks(): Promise<string[]> {
		await this.rows().first().waitFor();
		return (await this.rows().locator(rowLabel).allInnerTexts()).map(plain);
	}

	/** Chooses the row with this label in the pick that is open. */
	async pick(label: string): Promise<void> {
		await this.row(label).click();
	}

	private row(label: string): Locator {
		return this.rows()
			.filter({ has: this.page.locator(rowLabel).filter({ hasText: exactly(label) }) })
			.first();
	}

	private rows(): Locator {
		return this.page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
	}

	/** An entry of the status bar by the id that our extension gave it. */
	statusItem(id: string): Locator {
		return this.page.locator(`.statusbar-item[id="${extensionId}.${id}"]`);
	}

	/** The text of a status bar entry without its icons; waits until it is as wanted. */
	async statusText(id: string, wanted: (text: string) => boolean = (text) => text !== ''): Promise<string> {
		return until(async () => plain((await this.statusItem(id).allInnerTexts()).join()), wanted);
	}

	/** What the tooltip of a status bar entry says: its text, once the pointer rests on it. */
	async statusTooltip(id: string): Promise<string> {
		// A pointer that is there already, after a click, shows nothing.
		await this.page.mouse.move(0, 0);
		await this.statusItem(id).locator('a').hover();
		const hover = this.page.locator('.monaco-hover.workbench-hover');
		await hover.waitFor();
		const text = (await hover.allInnerTexts()).join('\n');
		await this.page.mouse.move(0, 0);
		return plain(text);
	}

	async clickStatusItem(id: string): Promise<void> {
		await this.statusItem(id).locator('a').click();
	}

	private toastElements(): Locator {
		return this.page.locator('.notifications-toasts .notification-toast');
	}

	/** The messages in the corner now. */
	async toasts(): Promise<Toast[]> {
		return this.toastElements().evaluateAll((elements) =>
			elements.map((element) => ({
				message: element.querySelector('.notification-list-item-message')?.textContent ?? '',
				buttons: [...element.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
					(button) => button.textContent ?? '',
				),
			})),
		);
	}

	/** Waits for a message in the corner that contains this text. */
	async toast(text: string): Promise<Toast> {
		const all = await until(
			() => this.toasts(),
			(toasts) => toasts.some((toast) => toast.message.includes(text)),
		);
		return all.find((toast) => toast.message.includes(text))!;
	}

	/** Presses a button of a message in the corner. */
	async clickToast(button: string): Promise<void> {
		const buttons = this.toastElements().locator('.notification-list-item-buttons-container .monaco-button');
		await buttons.filter({ hasText: exactly(button) }).click();
	}

	/** Puts all messages away. */
	async clearToasts(): Promise<void> {
		await this.runCommand('Notifications: Clear All Notifications');
		await this.toastElements().first().waitFor({ state: 'hidden' });
	}

	/** Presses a button of the modal dialog. */
	async clickDialog(button: string): Promise<void> {
		await this.page
			.locator('.monaco-dialog-box .monaco-button')
			.filter({ hasText: exactly(button) })
			.click();
	}

	/** Opens a container of the side bar by its title, unless it is open. */
	async openView(title: string): Promise<void> {
		const action = this.page.locator(`.activitybar .action-item:has([aria-label^="${title}"])`).first();
		await action.waitFor();
		if (!(await action.getAttribute('class'))?.includes('checked')) {
			await action.click();
		}
		await this.page
			.locator('.part.sidebar .composite.title')
			.filter({ hasText: new RegExp(literal(title), 'i') })
			.waitFor();
	}

	/** What is inside the webview that is shown. */
	webview(): FrameLocator {
		return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
	}

	/** Shows an output channel and returns what can be seen of it. */
	async output(channel: string, wanted: (text: string) => boolean = (text) => text !== ''): Promise<string> {
		// As in the palette: a channel may come later than the list.
		await until(
			async () => {
				await this.runCommand('Output: Show Output Channels...');
				await this.quickInput().fill(channel);
				await this.row(channel).click({ timeout: retryAfter });
				return true;
			},
			Boolean,
			2 * patience,
		);
		const lines = this.page.locator('.part.panel .view-lines');
		return until(async () => plain((await lines.allInnerTexts()).join('\n')), wanted);
	}

	/** Opens a file by quick open; `file` with `/` from the folder's top. */
	async openFile(file: string): Promise<void> {
		await this.press('Control+P');
		await this.quickInput().waitFor();
		await this.quickInput().fill(file);
		await this.pick(path.posix.basename(file));
		await this.page.locator('.editor-instance .view-lines').first().waitFor();
	}

	/** Types at the end of the open file and saves it. */
	async typeAndSave(text: string): Promise<void> {
		await this.press('Control+End');
		await this.page.keyboard.type(text);
		await this.press('Control+S');
		await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
	}

	/** Loads the window anew by the editor's own command, which first saves what is kept: a browser leaves no time for that. */
	async reload(): Promise<void> {
		await Promise.all([this.page.waitForEvent('load'), this.runCommand('Developer: Reload Window')]);
		await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
	}

	/** Takes a picture of the window into `test-results/`. Returns its path. */
	async screenshot(name: string): Promise<string> {
		mkdirSync(resultsFolder, { recursive: true });
		const file = path.join(resultsFolder, `${name.replace(/[^\w.-]+/g, '-')}.png`);
		await this.page.screenshot({ path: file, animations: 'disabled' });
		return file;
	}

	/** Closes the window. Its extension host ends a little later. */
	async close(): Promise<void> {
		open.delete(this);
		await this.page.context().close();
	}
}

/** Text as a person reads it: the editor draws spaces as U+00A0, and an icon leaves a space behind. */
function plain(text: string): string {
	return text.replaceAll('\u00a0', ' ').trim();
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${literal(text).replaceAll(' ', '[ \u00a0]')}\\s*$`);
}

function literal(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
