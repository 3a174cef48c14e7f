import { backUpWhenDue } from '../app/backups.ts';
import { own } from '../app/owners.ts';
import type { Workspace } from '../app/workspace.ts';

/** How often this window looks whether a backup is due, ms. */
const LOOKS_EVERY = 60 * 60_000;

/** Keeps a repository's sessions safe while its window is open: marks the window as an owner, and makes backups. */
export class Backups {
	readonly #workspace: Workspace;
	/** ms UTC; undefined before the first look. */
	#lookedAt: number | undefined;
	#owns = false;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
	}

	/** The state changed. */
	async keepSafe(): Promise<void> {
		await this.own();
		await this.#backUpWhenDue();
	}

	/** The mark stays when the window goes away, however it does: so the next one knows its session for an orphan. */
	async own(): Promise<void> {
		const tracked = (await this.#workspace.store.read()).workingCopies.has(this.#workspace.location.workTree);
		// A repository in which nothing was ever tracked stays without a file of ours.
		if (!tracked || this.#owns) return;
		this.#owns = true;
		await own(this.#workspace);
	}

	/** At most hourly. */
	async #backUpWhenDue(): Promise<void> {
		const now = this.#workspace.host.now();
		if (this.#lookedAt !== undefined && Math.abs(now - this.#lookedAt) < LOOKS_EVERY) return;
		this.#lookedAt = now;
		const made = await backUpWhenDue(this.#workspace);
		if (made) this.#workspace.host.log.info(`Backup ${made.name} made.`);
	}
}
