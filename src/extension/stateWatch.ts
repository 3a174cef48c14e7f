import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Lets a write's several events count once, ms. */
const SETTLE = 30;

/**
 * Tells when another window, a terminal or a hook wrote the live state. The folder may not exist yet: `open` is called
 * again after whatever may have made it.
 */
export class StateWatch {
	readonly #folder: string;
	readonly #onWrite: () => void;
	#watcher: FSWatcher | undefined;
	#timer: NodeJS.Timeout | undefined;

	/** `mainWorkTree`: where the live state of all work trees is. */
	constructor(mainWorkTree: string, onWrite: () => void) {
		this.#folder = join(mainWorkTree, '.cursor', 'data');
		this.#onWrite = onWrite;
	}

	open(): void {
		if (this.#watcher || !existsSync(this.#folder)) return;
		try {
			this.#watcher = watch(this.#folder, (_event, name) => this.#heard(name));
			// The folder went (on Windows an error), and may come again.
			this.#watcher.on('error', () => this.close());
		} catch {
			// No watches left: git's own watch says so, and what this window does itself is shown without one.
			this.#watcher = undefined;
		}
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#watcher?.close();
		this.#watcher = undefined;
	}

	#heard(name: string | null): void {
		if (!existsSync(this.#folder)) this.close();
		// Beside the state are its lock and temporary files.
		if (!this.#watcher || (name !== null && name !== 'session_state.json')) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#onWrite();
		}, SETTLE);
	}
}
