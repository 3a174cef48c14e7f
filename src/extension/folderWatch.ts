import { type FSWatcher, watch } from 'node:fs';

/** What makes an entry goes on making it for a moment, ms. */
const SETTLE = 500;

/** Tells when an entry of a folder, or any, comes or goes. Where the system allows no watch, it stays silent. */
export class FolderWatch {
	#watcher: FSWatcher | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(folder: string, entry: string | undefined, onChange: () => void) {
		try {
			this.#watcher = watch(folder, (_event, name) => {
				if (entry !== undefined && name !== null && name !== entry) return;
				clearTimeout(this.#timer);
				this.#timer = setTimeout(onChange, SETTLE);
			});
			this.#watcher.on('error', () => this.close());
		} catch {
			this.#watcher = undefined;
		}
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#watcher?.close();
		this.#watcher = undefined;
	}
}
