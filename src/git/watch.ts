import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../core/userError.ts';
import type { Location } from './location.ts';

/** Lets what git writes together (reflog, HEAD, reference) count once, in ms. */
const SETTLE = 20;

/**
 * Tells when HEAD of a working copy may have moved: its reflog or HEAD itself was written. No polling and no git
 * process; a timer runs only for the moment after a change.
 *
 * A commit is seen through the reflog alone, so not where `core.logAllRefUpdates` is off or refs are in a reftable.
 * `onConfiguration` is called when the configuration was written that lies in this working copy's git directory (not a linked one's).
 * `onError` gets one sentence when watching is over: the repository is gone, or the system allows no more watches.
 */
export function watchRepository(location: Location, onChange: () => void, told: Told): { close(): void } {
	return new RepositoryWatch(location.gitDir, onChange, told);
}

/** Who is told of the rest. */
interface Told {
	onError(error: UserError): void;
	onConfiguration?(): void;
}

class RepositoryWatch {
	readonly #gitDir: string;
	readonly #logsDir: string;
	readonly #onChange: () => void;
	readonly #told: Told;
	#git: FSWatcher | undefined;
	#logs: FSWatcher | undefined;
	#timer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(gitDir: string, onChange: () => void, told: Told) {
		this.#gitDir = gitDir;
		this.#logsDir = join(gitDir, 'logs');
		this.#onChange = onChange;
		this.#told = told;
		this.#open();
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		this.#git?.close();
		this.#logs?.close();
		this.#git = this.#logs = undefined;
	}

	/** Also opens anew what was replaced: a watch stays on the folder that it was opened for, even a deleted one. */
	#open(): void {
		this.#git?.close();
		this.#git = this.#watch(this.#gitDir, (name) => this.#inGitDir(name));
		this.#openLogs();
	}

	#openLogs(): void {
		this.#logs?.close();
		this.#logs = undefined;
		if (this.#closed || !existsSync(this.#logsDir)) return;
		this.#logs = this.#watch(this.#logsDir, (name) => {
			if (name === 'HEAD' || name === null) this.#changed();
		});
	}

	#watch(folder: string, onName: (name: string | null) => void): FSWatcher | undefined {
		if (this.#closed) return undefined;
		try {
			const watcher = watch(folder, (_event, name) => onName(name));
			// Windows reports the deletion of a watched folder as an error.
			watcher.on('error', (error) => this.#failed(error));
			return watcher;
		} catch (error) {
			this.#failed(error as NodeJS.ErrnoException);
			return undefined;
		}
	}

	#inGitDir(name: string | null): void {
		if (this.#closed) return;
		if (name === 'config') {
			this.#told.onConfiguration?.();
			return;
		}
		if (!existsSync(this.#gitDir)) this.#stop(this.#gone());
		// A folder reports its own deletion under its own name. It exists, so there is another in its place.
		else if (name === null || name === basename(this.#gitDir)) this.#open();
		else if (name === 'logs') this.#openLogs();
		else if (name !== 'HEAD') return;
		this.#changed();
	}

	#changed(): void {
		if (this.#closed) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#onChange();
		}, SETTLE);
	}

	#failed(error: NodeJS.ErrnoException): void {
		if (this.#closed) return;
		// The logs folder alone may go: git makes it again, and the watch on its parent tells.
		if (existsSync(this.#gitDir) && !existsSync(this.#logsDir) && this.#git) this.#openLogs();
		else this.#stop(existsSync(this.#gitDir) ? cannotWatch(this.#gitDir, error) : this.#gone());
	}

	#gone(): UserError {
		return new UserError(`${this.#gitDir} is gone, so it is no longer watched: open the repository where it is now.`);
	}

	#stop(error: UserError): void {
		this.close();
		this.#told.onError(error);
	}
}

function cannotWatch(folder: string, error: NodeJS.ErrnoException): UserError {
	return error.code === 'ENOSPC' || error.code === 'EMFILE'
		? new UserError(
				`${folder} cannot be watched, the system allows no more watches: raise fs.inotify.max_user_watches.`,
			)
		: new UserError(`${folder} cannot be watched (${error.message}): new commits are seen after a restart.`);
}
