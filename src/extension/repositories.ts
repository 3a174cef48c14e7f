import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../app/host.ts';
import { UserError } from '../core/userError.ts';
import { isGitsOwn, isInside, topOf, topsOf } from './findRepository.ts';
import { FolderWatch } from './folderWatch.ts';
import type { Notifier } from './notifier.ts';
import { oneAtATime } from './oneAtATime.ts';
import type { OpenRepository, RepositoryListener } from './openRepository.ts';
import { setting } from './settings.ts';
import type { Standing } from './standing.ts';
import { l10n } from './words.ts';

/** What a work tree's top led to: a repository, what is wrong with it, or both. */
interface Opened {
	repository?: OpenRepository;
	sentence?: string;
}

/** The repositories of the window's folders: opens and closes them as folders come and go, and knows which one is active. */
export class Repositories implements vscode.Disposable {
	readonly #host: Host;
	readonly #notifier: Notifier;
	readonly #changed = new vscode.EventEmitter<void>();
	/** How things stand is new. */
	readonly onDidChange = this.#changed.event;
	/** Opens what the folders hold now and closes the rest. Resolves when all of it was looked at. */
	readonly sync = oneAtATime(() => this.#sync());
	readonly #subscriptions: vscode.Disposable[];
	/** By the top of the work tree. Two tops may lead to one repository, through a link. */
	readonly #byTop = new Map<string, Opened>();
	/** Tops inside the window's folders that an open file led to. */
	readonly #nested = new Set<string>();
	/** Of folders that may become repositories, by path. */
	readonly #waiting = new Map<string, FolderWatch>();
	#restricted: Standing | undefined;
	#followed: OpenRepository | undefined;
	#loaded = false;
	#focused = vscode.window.state.focused;
	#disposed = false;

	constructor(host: Host, notifier: Notifier) {
		this.#host = host;
		this.#notifier = notifier;
		const sync = () => this.#inBackground(this.sync());
		this.#subscriptions = [
			this.#changed,
			vscode.workspace.onDidChangeWorkspaceFolders(sync),
			vscode.workspace.onDidGrantWorkspaceTrust(sync),
			vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri)),
			vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
			vscode.window.onDidChangeWindowState(({ focused }) => this.#focusChanged(focused)),
			vscode.authentication.onDidChangeSessions(() => {
				for (const repository of this.all) repository.signInChanged();
			}),
			vscode.workspace.onDidChangeConfiguration((change) => {
				if (change.affectsConfiguration('autoPr.publish')) {
					for (const repository of this.all) repository.publishSettingChanged();
				}
			}),
		];
	}

	dispose(): void {
		this.#disposed = true;
		for (const subscription of this.#subscriptions) subscription.dispose();
		for (const watch of this.#waiting.values()) watch.close();
		for (const repository of this.all) repository.dispose();
		this.#byTop.clear();
	}

	get all(): OpenRepository[] {
		const found = [...this.#byTop.values()].flatMap(({ repository }) => repository ?? []);
		return [...new Set(found)];
	}

	/** The one of the file that was last looked at, else the first. */
	get active(): OpenRepository | undefined {
		return this.#followed ?? this.all[0];
	}

	/** Whether it is clear which repository is meant: there is one, or a file of it was looked at. */
	get isClear(): boolean {
		return this.#followed !== undefined || this.all.length === 1;
	}

	get standing(): Standing {
		const { active } = this;
		if (active?.view) return { stage: 'ready', view: active.view, several: this.all.length > 1 };
		if (this.#restricted) return this.#restricted;
		for (const { repository, sentence } of this.#byTop.values()) {
			if (sentence !== undefined && repository === active) return { stage: 'failed', sentence };
		}
		if (!this.#loaded || active) return { stage: 'loading' };
		return { stage: 'no repository', hasFolder: localFolders().length > 0 };
	}

	async #sync(): Promise<void> {
		const folders = localFolders();
		if (vscode.workspace.isTrusted) {
			this.#restricted = undefined;
			await this.#openAndClose(folders);
		} else {
			this.#restricted = await standingOfRestricted(folders);
		}
		this.#loaded = true;
		this.#follow(vscode.window.activeTextEditor);
		this.#tellChange();
	}

	async #openAndClose(folders: readonly string[]): Promise<void> {
		const wanted = new Set<string>();
		const empty = new Set<string>();
		for (const folder of folders) {
			const tops = await topsOf(folder);
			if (tops.length === 0) empty.add(folder);
			for (const top of tops) wanted.add(top);
		}
		for (const top of this.#nested) {
			if (topOf(top) === top && folders.some((folder) => isInside(top, folder))) wanted.add(top);
			else this.#nested.delete(top);
		}
		this.#close(wanted);
		this.#await(empty);
		for (const top of wanted) if (!this.#disposed) await this.#open(top);
	}

	/** Lets go of what no folder leads to any more. */
	#close(wanted: ReadonlySet<string>): void {
		const before = this.all;
		for (const [top, opened] of this.#byTop) {
			// What could not be opened is tried anew.
			if (!wanted.has(top) || !opened.repository) this.#byTop.delete(top);
		}
		const kept = new Set(this.all);
		for (const repository of before) {
			if (kept.has(repository)) continue;
			repository.dispose();
			if (this.#followed === repository) this.#followed = undefined;
			this.#host.log.info(`${repository.workTree} is closed.`);
		}
	}

	/** Watches folders without a repository for `git init`. */
	#await(empty: ReadonlySet<string>): void {
		for (const [folder, watch] of this.#waiting) {
			if (empty.has(folder)) continue;
			watch.close();
			this.#waiting.delete(folder);
		}
		for (const folder of empty) {
			if (this.#waiting.has(folder)) continue;
			this.#host.log.info(`${folder} is in no git repository.`);
			this.#waiting.set(folder, new FolderWatch(folder, '.git', () => this.#inBackground(this.sync())));
		}
	}

	async #open(top: string): Promise<void> {
		const before = this.#byTop.get(top);
		if (before && before.sentence === undefined) return;
		const opened: Opened = before?.repository ? { repository: before.repository } : {};
		this.#byTop.set(top, opened);
		try {
			if (opened.repository) {
				await opened.repository.look();
				return;
			}
			const [{ Workspace }, { OpenRepository }] = await Promise.all([
				import('../app/workspace.ts'),
				import('./openRepository.ts'),
			]);
			const workspace = await Workspace.open(top, this.#host);
			if (this.#disposed) return;
			const known = this.all.find(({ workTree }) => workTree === workspace.location.workTree);
			opened.repository = known ?? new OpenRepository(workspace, this.#listener);
			if (known) return;
			this.#host.log.info(`${workspace.location.workTree} is open.`);
			await opened.repository.open();
		} catch (error) {
			opened.sentence = (error as Error).message;
			if (!this.#disposed) this.#notifier.failedInBackground(error);
		}
	}

	readonly #listener: RepositoryListener = {
		changed: () => this.#tellChange(),
		noticed: (notice) => this.#notifier.noticed(notice),
		failed: (error) => this.#notifier.failedInBackground(error),
		unwatched: (repository, why) => {
			this.#host.log.warn(why.message);
			// Gone with its folder is an ordinary end; a watch that the system refuses is for the user to mend.
			if (topOf(repository.workTree) === repository.workTree) this.#notifier.failedInBackground(why);
			else this.#inBackground(this.sync());
		},
		publishesByItself: () => setting('publish') === 'automatic',
	};

	#follow(editor: vscode.TextEditor | undefined): void {
		if (editor?.document.uri.scheme !== 'file' || !vscode.workspace.isTrusted) return;
		const file = editor.document.uri.fsPath;
		if (!localFolders().some((folder) => isInside(file, folder))) return;
		const top = topOf(file);
		if (top !== undefined && !this.#byTop.has(top) && this.#loaded && !isGitsOwn(file)) {
			this.#nested.add(top);
			this.#inBackground(this.sync());
			return;
		}
		const repository = this.#of(file);
		if (!repository || repository === this.#followed) return;
		this.#followed = repository;
		this.#tellChange();
	}

	/** The innermost repository that a file is in. */
	#of(file: string): OpenRepository | undefined {
		let best: string | undefined;
		for (const [top, opened] of this.#byTop) {
			if (opened.repository && isInside(file, top) && top.length > (best?.length ?? 0)) best = top;
		}
		return best === undefined ? undefined : this.#byTop.get(best)?.repository;
	}

	#saved(uri: vscode.Uri): void {
		if (uri.scheme !== 'file' || isGitsOwn(uri.fsPath)) return;
		const repository = this.#of(uri.fsPath);
		if (repository) this.#inBackground(repository.noteSave(uri.fsPath));
	}

	/** Told at each pause of somebody at the keyboard, too: that is no coming back. */
	#focusChanged(focused: boolean): void {
		const cameBack = focused && !this.#focused;
		this.#focused = focused;
		if (!cameBack) return;
		for (const repository of this.all) repository.personCameBack();
		if (!vscode.workspace.isTrusted) this.#inBackground(this.sync());
	}

	#tellChange(): void {
		if (!this.#disposed) this.#changed.fire();
	}

	#inBackground(work: Promise<unknown>): void {
		work.catch((error: unknown) => {
			if (!this.#disposed) this.#notifier.failedInBackground(error);
		});
	}
}

/** The window's folders that are on this machine. */
function localFolders(): string[] {
	return (vscode.workspace.workspaceFolders ?? [])
		.filter(({ uri }) => uri.scheme === 'file')
		.map(({ uri }) => uri.fsPath);
}

async function standingOfRestricted(folders: readonly string[]): Promise<Standing | undefined> {
	const { readRestricted } = await import('./restricted.ts');
	for (const folder of folders) {
		const [top] = await topsOf(folder);
		if (top === undefined) continue;
		try {
			const overview = await readRestricted(top);
			return { stage: 'restricted', name: basename(top), ...(overview && { overview }) };
		} catch (error) {
			const why = error instanceof UserError ? error.message : l10n.t('Its state file cannot be read.');
			return { stage: 'failed', sentence: why };
		}
	}
	return undefined;
}
