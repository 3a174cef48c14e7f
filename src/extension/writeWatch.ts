import { existsSync, type FSWatcher, watch } from 'node:fs';

/** Lets a write's several events count once, ms. */
const SETTLE = 30;

/**
 * Tells when files of a folder were written, whoever did: another window, a terminal, a hook, git. The folder may not exist yet: `open` is
 * called again after whatever may have made it.
 */
export class WriteWatch {
	readonly #folder: string;
	readonly #isMeant: (name: string) => boolean;
	readonly #onWrite: () => void;
	#watcher: FSWatcher | undefined;
	#timer: NodeJS.Timeout | undefined;

	/** `isMeant`: of a file's name; beside the files that are meant are locks and temporary ones. */
	constructor(folder: string, isMeant: (name: string) => boolean, onWrite: () => void) {
		this.#folder = folder;
		this.#isMeant = isMeant;
		this.#onWrite = onWrite;
	}

	/** @returns whether it did not watch before, and so does not know what was written. */
	open(): boolean {
		if (this.#watcher || !existsSync(this.#folder)) return false;
		try {
			this.#watcher = watch(this.#folder, (_event, name) => this.#heard(name));
			// The folder went (on Windows an error), and may come again.
			this.#watcher.on('error', () => this.close());
		} catch {
			// No watches left: git's own watch says so, and what this window does itself is shown without one.
			this.#watcher = undefined;
		}
		return this.#watcher !== undefined;
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#watcher?.close();
		this.#watcher = undefined;
	}

	#heard(name: string | null): void {
		if (!existsSync(this.#folder)) this.close();
		if (!this.#watcher || (name !== null && !this.#isMeant(name))) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#onWrite();
		}, SETTLE);
	}
}
