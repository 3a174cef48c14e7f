import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { hasCode } from '../files/fileError.ts';
import { placeInside } from '../files/place.ts';
import { removeIfEmpty } from '../files/removeIfEmpty.ts';
import type { Location } from '../git/location.ts';

/** What was there before set-up wrote, so that undoing leaves every byte as it was. */
interface Written {
	/** The file's bytes in base64; null where there was no file. */
	before: string | null;
	/** SHA-256 of what was written: another file now was edited since. */
	after: string;
	/** Folders that were made for it, outermost first; absolute paths. */
	folders: string[];
}

/** The record of one working copy's set-up, in its git directory. */
export class SetUpRecord {
	readonly #location: Location;
	readonly #file: string;
	readonly #written: Map<string, Written>;

	private constructor(location: Location, file: string, written: Map<string, Written>) {
		this.#location = location;
		this.#file = file;
		this.#written = written;
	}

	static async open(location: Location): Promise<SetUpRecord> {
		const file = path.join(location.gitDir, 'auto-pr', 'set-up.json');
		const text = await readFileIfExists(file, location.gitDir);
		return new SetUpRecord(location, file, text === undefined ? new Map() : parse(text));
	}

	/** Whether a file is still as set-up wrote it; undefined where it is not known to have written it. */
	async isAsWritten(file: string): Promise<boolean | undefined> {
		const written = this.#written.get(file);
		return written && written.after === hash(await bytes(file));
	}

	/** Does what may change the file, and remembers what was there before. */
	async around(file: string, change: () => Promise<void>): Promise<void> {
		const before = await bytes(file);
		const missing = missingFolders(file);
		await change();
		const after = await bytes(file);
		if (after === undefined || (before !== undefined && after.equals(before))) return;
		const known = this.#written.get(file);
		// Written again over its own text, it is still what was there at first that undoing brings back.
		const first =
			known && known.after === hash(before) ? known : { before: before?.toString('base64') ?? null, folders: missing };
		this.#written.set(file, { before: first.before, after: hash(after), folders: first.folders });
		const record = JSON.stringify({ version: 1, written: Object.fromEntries(this.#written) });
		await writeFileAtomic(this.#file, `${record}\n`, this.#location.gitDir);
	}

	/** Likewise with what changes several files. */
	aroundAll([file, ...others]: readonly string[], change: () => Promise<void>): Promise<void> {
		return file === undefined ? change() : this.around(file, () => this.aroundAll(others, change));
	}

	/** Brings back what was there before, where the file is still as written. Returns whether it did. */
	async restore(file: string): Promise<boolean> {
		const written = this.#written.get(file);
		if (!written || written.after !== hash(await bytes(file))) return false;
		if (written.before === null) await rm(await placeInside(file, this.#rootOf(file)));
		else await writeFileAtomic(file, Buffer.from(written.before, 'base64'), this.#rootOf(file));
		return true;
	}

	/** Removes the folders that set-up made, where they are empty, and this record. */
	async close(): Promise<void> {
		const folders = new Set([...this.#written.values()].flatMap((written) => written.folders));
		await rm(this.#file, { force: true });
		const own = [path.join(this.#location.gitDir, 'auto-pr', 'agents'), path.join(this.#location.gitDir, 'auto-pr')];
		for (const folder of [...[...folders].sort((a, b) => b.length - a.length), ...own]) {
			if (this.#rootOf(folder)) await removeIfEmpty(folder);
		}
	}

	#rootOf(file: string): string {
		const { workTree, commonDir } = this.#location;
		return file.startsWith(commonDir + path.sep) ? commonDir : workTree;
	}
}

function missingFolders(file: string): string[] {
	const missing: string[] = [];
	for (let folder = path.dirname(file); !existsSync(folder); folder = path.dirname(folder)) missing.unshift(folder);
	return missing;
}

async function bytes(file: string): Promise<Buffer | undefined> {
	try {
		return await readFile(file);
	} catch (error) {
		if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
		throw error;
	}
}

function hash(content: Buffer | undefined): string {
	return content === undefined ? '' : createHash('sha256').update(content).digest('hex');
}

/** A record that cannot be read is none: undoing then takes out only what is plainly ours. */
function parse(text: string): Map<string, Written> {
	try {
		const { written } = JSON.parse(text) as { written: Record<string, Written> };
		return new Map(Object.entries(written));
	} catch {
		return new Map();
	}
}
