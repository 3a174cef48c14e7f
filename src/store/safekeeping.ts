import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/userError.ts';
import { readFileIfExists, type writeFileAtomic } from '../files/atomicFile.ts';
import { placeInside } from '../files/place.ts';
import { keepCopy, setAside } from '../files/setAside.ts';
import { checkArchiveText, mendYear } from './archiveFolder.ts';
import { type Backup, type BackupReason, Backups } from './backups.ts';
import { damageOf } from './damage.ts';
import type { UnreadableText } from './json.ts';
import { ARCHIVE_NAME, type ArchiveHome, archiveFolderIn, archivePathOf, STATE_PATH, YEAR_NAME } from './layout.ts';
import { parseState } from './stateFile.ts';
import { formatTime } from './time.ts';
import { wholePart } from './wholePart.ts';

const HOMES: readonly ArchiveHome[] = ['shared', 'private'];

/** What took the place of a damaged file. */
export interface Replacement {
	/** What happened, as sentences. */
	sentence: string;
	/** The text of the newest good backup, with what could be read in the damaged file; undefined when there is neither. */
	text?: string;
	/** When that backup was made, ms UTC. */
	since?: number;
}

/** Keeps copies of the store's files, puts them back, and replaces damaged ones. All of it under the store's lock. */
export class Safekeeping {
	readonly backups: Backups;
	readonly #root: string;
	readonly #write: typeof writeFileAtomic;

	constructor(root: string, write: typeof writeFileAtomic) {
		this.#root = root;
		this.#write = write;
		this.backups = new Backups(root, write);
	}

	/** Makes a backup of the files as they are; undefined when the newest one holds the same. */
	async backUp(why: BackupReason, now: number): Promise<Backup | undefined> {
		const texts = await this.currentTexts();
		return texts.size === 0 ? undefined : this.backups.make(texts, why, now);
	}

	/** The files as they are, by their paths below the root. */
	async currentTexts(): Promise<Map<string, string>> {
		const paths = [STATE_PATH];
		for (const home of HOMES) {
			const names = await readdir(archiveFolderIn(this.#root, home)).catch(() => []);
			for (const name of names.sort()) {
				if (name === ARCHIVE_NAME || YEAR_NAME.test(name)) paths.push(archivePathOf(home, name));
			}
		}
		const texts = new Map<string, string>();
		for (const path of paths) {
			const text = await readFileIfExists(this.#absolute(path), this.#root);
			if (text !== undefined) texts.set(path, text);
		}
		return texts;
	}

	/** The backup of a name. Throws a UserError when there is none. */
	async backup(name: string): Promise<Backup> {
		const backup = (await this.backups.list()).find((it) => it.name === name);
		if (!backup) throw new UserError(`There is no backup ${name}: "auto-pr backup --list" lists what there is.`);
		return backup;
	}

	/** The texts that a backup holds. Throws a UserError when one of them is damaged or of no use. */
	async textsOf(backup: Backup): Promise<Map<string, string>> {
		const texts = new Map<string, string>();
		for (const { path } of backup.files) {
			const text = isOurs(path) ? await this.backups.text(backup, path) : undefined;
			if (text === undefined || !isGood(path, text)) {
				throw new UserError(`The backup ${backup.name} is damaged (${path}): choose another one.`);
			}
			texts.set(path, text);
		}
		return texts;
	}

	/** Puts a backup's files in the place of those that are there, after a backup of these. Returns that one's name. */
	async restore(name: string, now: number): Promise<{ restored: Backup; undo?: Backup }> {
		const restored = await this.backup(name);
		const texts = await this.textsOf(restored);
		const undo = (await this.backUp('before a restore', now)) ?? (await this.backups.list())[0];
		for (const [path, text] of texts) await this.#write(this.#absolute(path), text, this.#root);
		// A year's file is only ever added to, so what a backup lacks of them is harmless: a session counts once.
		for (const path of [STATE_PATH, ...HOMES.map((home) => archivePathOf(home, ARCHIVE_NAME))]) {
			if (!texts.has(path)) await rm(await placeInside(this.#absolute(path), this.#root), { force: true });
		}
		return { restored, ...(undo && { undo }) };
	}

	/** Moves a damaged file away and finds what can take its place. The sessions in it that are whole stay. */
	async replaceDamaged(path: string, error: UnreadableText, now: number): Promise<Replacement> {
		const file = this.#absolute(path);
		const whole = wholePart(path, await readFileIfExists(file, this.#root));
		const from = await setAside(file, this.#root, now);
		const found = await this.backups.newestGood(path, (text) => check(path, text));
		const since = found?.backup.madeAt;
		const kept = `${damageOf(file, error)} It is kept as ${from}`;
		const instead =
			since === undefined
				? 'as there is no backup, a new one is begun'
				: `the backup of ${formatTime(since)} takes its place`;
		const joined = whole && whole.sessions > 0 ? `, with the ${sessions(whole.sessions)} that could be read in it` : '';
		const text = whole ? whole.joinedTo(found?.text, now) : found?.text;
		return {
			sentence: `${kept}, and ${instead}${joined}.`,
			...(text !== undefined && { text }),
			...(since !== undefined && { since }),
		};
	}

	/**
	 * Writes a year's file anew without the lines that are damaged and with what the newest good backup has instead of them; a copy of it
	 * is kept, to the byte. Undefined when there is nothing to mend.
	 */
	async mendYear(path: string, now: number): Promise<Replacement | undefined> {
		const file = this.#absolute(path);
		const text = await readFileIfExists(file, this.#root);
		const found = await this.backups.newestGood(path, (it) => check(path, it));
		const mended = text === undefined ? undefined : mendYear(text, found?.text);
		if (!mended) return undefined;
		const copy = await keepCopy(file, this.#root, 'unreadable', now);
		await this.#write(file, mended.text, this.#root);
		const { line, bad, kept, back } = mended;
		const lines = bad === 1 ? 'this is no session' : `this and ${bad - 1} more of its lines are no sessions`;
		const from = found && back > 0 ? `, and the backup of ${formatTime(found.backup.madeAt)} gave ${back} back` : '';
		const sentence = `${file}:${line} cannot be read: ${lines}. A copy is kept as ${copy}; the other ${sessions(kept)} stayed${from}.`;
		return { sentence, ...(found && { since: found.backup.madeAt }) };
	}

	#absolute(path: string): string {
		return join(this.#root, ...path.split('/'));
	}
}

function sessions(count: number): string {
	return count === 1 ? '1 session' : `${count} sessions`;
}

/** A list of files comes from disk: only ours are ever written. */
function isOurs(path: string): boolean {
	if (path === STATE_PATH) return true;
	const name = path.split('/').at(-1)!;
	return (name === ARCHIVE_NAME || YEAR_NAME.test(name)) && HOMES.some((home) => archivePathOf(home, name) === path);
}

function check(path: string, text: string): void {
	if (path === STATE_PATH) parseState(text);
	else checkArchiveText(path.split('/').at(-1)!, text);
}

function isGood(path: string, text: string): boolean {
	try {
		check(path, text);
		return true;
	} catch {
		return false;
	}
}
