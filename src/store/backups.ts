import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { keptBackups } from '../core/backupRotation.ts';
import { readFileIfExists, type writeFileAtomic } from '../files/atomicFile.ts';
import { stampOf } from '../files/setAside.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { backupFolderIn } from './layout.ts';
import { formatTime, parseTime } from './time.ts';

/** Why a backup was made: it was time, somebody asked, or something was about to be replaced. */
export type BackupReason = 'due' | 'asked' | 'before a restore' | 'before an import' | 'before a clean-up';

/** One file of a backup. */
interface BackedUpFile {
	/** Below the main work tree, with `/`. */
	path: string;
	/** SHA-256 of its text, in hex. */
	sha256: string;
	/** In bytes. */
	size: number;
}

/** A copy of our files as they stood at a moment. */
export interface Backup {
	/** `20251119T160000250Z`, unique. */
	name: string;
	/** ms UTC. */
	madeAt: number;
	why: BackupReason;
	files: BackedUpFile[];
}

/** What made room for something else stays this long, whatever the rotation says, so that it can be undone. ms. */
const UNDO_FOR = 7 * 24 * 60 * 60_000;

/**
 * The backups of one store, in `.cursor/data/backups/`: a small list for each, and the texts by their checksums, so that a file which did
 * not change is kept once. All but reading happens under the store's lock.
 */
export class Backups {
	readonly #root: string;
	readonly #folder: string;
	readonly #write: typeof writeFileAtomic;

	constructor(root: string, write: typeof writeFileAtomic) {
		this.#root = root;
		this.#folder = backupFolderIn(root);
		this.#write = write;
	}

	/** Newest first. A damaged list is left out. */
	async list(): Promise<Backup[]> {
		const names = await this.#names();
		const found = await Promise.all(names.map((name) => this.#readList(name)));
		return found.filter((it) => it !== undefined).sort((a, b) => b.madeAt - a.madeAt || (a.name < b.name ? 1 : -1));
	}

	/** When the newest was made, ms UTC, told by the names alone. */
	async newestAt(): Promise<number | undefined> {
		const times = (await this.#names()).flatMap((name) => timeOfName(name) ?? []);
		return times.length > 0 ? Math.max(...times) : undefined;
	}

	/** Keeps a copy of these texts, unless the newest backup holds the same. Then drops what the rotation lets go of. */
	async make(texts: ReadonlyMap<string, string>, why: BackupReason, now: number): Promise<Backup | undefined> {
		const files = Array.from(texts, ([path, text]) => describe(path, text));
		const before = await this.list();
		if (before[0] && isSame(before[0].files, files) && (await this.isWhole(before[0]))) return undefined;
		for (const { path, sha256 } of files) {
			if (!(await this.#hasObject(sha256))) {
				await this.#write(this.#object(sha256), texts.get(path)!, this.#root);
			}
		}
		const backup: Backup = { name: freeOf(stampOf(now), before), madeAt: now, why, files };
		await this.#write(join(this.#folder, `${backup.name}.json`), formatList(backup), this.#root);
		await this.#rotate([backup, ...before], now);
		return backup;
	}

	/** The text that a backup holds of a file; undefined when it holds none, or a damaged one. */
	async text({ files }: Backup, path: string): Promise<string | undefined> {
		const file = files.find((it) => it.path === path);
		if (!file) return undefined;
		const text = await readFileIfExists(this.#object(file.sha256), this.#root);
		return text !== undefined && checksum(text) === file.sha256 ? text : undefined;
	}

	/** Whether every file of it is there and as it was. */
	async isWhole(backup: Backup): Promise<boolean> {
		for (const { path } of backup.files) if ((await this.text(backup, path)) === undefined) return false;
		return true;
	}

	/** The newest whole text of a file that `isGood` (does not throw); undefined when no backup has one. */
	async newestGood(
		path: string,
		isGood: (text: string) => void,
	): Promise<{ backup: Backup; text: string } | undefined> {
		for (const backup of await this.list()) {
			const text = await this.text(backup, path);
			if (text === undefined) continue;
			try {
				isGood(text);
				return { backup, text };
			} catch {
				// Made of a file that was damaged already; an older one may be good.
			}
		}
		return undefined;
	}

	async #rotate(backups: readonly Backup[], now: number): Promise<void> {
		const times = keptBackups(backups.map(({ madeAt }) => madeAt));
		const isKept = ({ madeAt, why }: Backup) =>
			times.has(madeAt) || (why.startsWith('before') && now - madeAt < UNDO_FOR);
		for (const { name } of backups.filter((it) => !isKept(it))) {
			await rm(join(this.#folder, `${name}.json`), { force: true });
		}
		const used = new Set(backups.filter(isKept).flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
		const objects = join(this.#folder, 'objects');
		for (const name of await readdir(objects).catch(() => [])) {
			const [sha256 = ''] = name.split('.');
			if (!used.has(sha256)) await rm(join(objects, name), { force: true });
		}
	}

	async #names(): Promise<string[]> {
		const names = await readdir(this.#folder).catch(() => []);
		return names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'));
	}

	async #readList(name: string): Promise<Backup | undefined> {
		const text = await readFileIfExists(join(this.#folder, `${name}.json`), this.#root);
		return text === undefined ? undefined : parseList(name, text);
	}

	async #hasObject(sha256: string): Promise<boolean> {
		const text = await readFileIfExists(this.#object(sha256), this.#root);
		return text !== undefined && checksum(text) === sha256;
	}

	#object(sha256: string): string {
		return join(this.#folder, 'objects', `${sha256}.json`);
	}
}

function describe(path: string, text: string): BackedUpFile {
	return { path, sha256: checksum(text), size: Buffer.byteLength(text) };
}

function checksum(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

function isSame(a: readonly BackedUpFile[], b: readonly BackedUpFile[]): boolean {
	const key = (files: readonly BackedUpFile[]) =>
		files
			.map(({ path, sha256 }) => `${path} ${sha256}`)
			.sort()
			.join('\n');
	return key(a) === key(b);
}

function freeOf(stamp: string, backups: readonly Backup[]): string {
	const taken = new Set(backups.map(({ name }) => name));
	for (let n = 1; ; n++) {
		const name = n === 1 ? stamp : `${stamp}-${n}`;
		if (!taken.has(name)) return name;
	}
}

function timeOfName(name: string): number | undefined {
	const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-\d+)?$/.exec(name);
	if (!match) return undefined;
	const [, year, month, day, hour, minute, second, ms] = match;
	return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

/** A list ends with its own checksum: one that was written in part is none. */
function formatList({ madeAt, why, files }: Backup): string {
	const list = { format: 1, made: formatTime(madeAt), why, files };
	return `${JSON.stringify({ ...list, checksum: checksum(JSON.stringify(list)) }, undefined, 2)}\n`;
}

function parseList(name: string, text: string): Backup | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isRecord(value)) return undefined;
	const { checksum: sum, ...list } = value;
	const madeAt = parseTime(String(list.made));
	if (list.format !== 1 || sum !== checksum(JSON.stringify(list)) || madeAt === undefined) return undefined;
	if (!Array.isArray(list.files) || !list.files.every(isBackedUp)) return undefined;
	return { name, madeAt, why: String(list.why) as BackupReason, files: list.files };
}

/** The names come from a file: a checksum is nothing else, since it becomes a path. */
function isBackedUp(value: unknown): value is BackedUpFile {
	if (!isRecord(value)) return false;
	const { path, sha256, size } = value as JsonRecord;
	return (
		typeof path === 'string' && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isFinite(size)
	);
}
