import type { ChangeKind } from '../core/commit.ts';

/** What one file's content changed between two commits. */
export interface NetFile {
	kind: ChangeKind;
	/** From the top of the repository, with `/`. For a rename, the new one. */
	path: string;
	/** The old path of a rename. */
	from?: string;
	/** Lines; 0 for a binary file. */
	added: number;
	deleted: number;
	binary: boolean;
	/** The added lines, up to the limits. */
	addedText: string;
}

/** The net change between two commits: each file once, however many commits touched it. */
export interface NetDiff {
	files: NetFile[];
	/** Some `addedText` is cut. The counts are whole all the same. */
	truncated: boolean;
}

/** How much added text is kept, in bytes: enough to judge it, whatever a repository holds. */
export interface TextLimits {
	perFile: number;
	total: number;
}

const NUL = 0;
const LF = 10;
const PLUS = 43;
const COLON = 58;
const AT = 64;
const LETTER_D = 100;
const LETTER_I = 105;

/**
 * Reads what `git diff-tree -z --raw --numstat -p --unified=0` prints, in pieces of any size: a list of paths, a
 * list of counts in the same order, an empty token, and the patch in the same order. The patch is never read for
 * names, whose quoting is ambiguous. With `--stdin --no-commit-id` several such comparisons follow one another: their files are
 * given one after the other, and the limit of added text holds for all together.
 */
export class PatchParser {
	readonly #limits: TextLimits;
	#lists = new ListReader();
	#pieces: Buffer[] = [];
	#text: AddedText | undefined;
	readonly #before: NetDiff = { files: [], truncated: false };
	#room: number;

	constructor(limits: TextLimits) {
		this.#limits = limits;
		this.#room = limits.total;
	}

	/** No more text is kept. What is counted comes before the text of the same comparison. */
	get full(): boolean {
		return this.#text?.full ?? false;
	}

	push(piece: Buffer): void {
		for (let start = 0; start < piece.length; ) {
			start = this.#text ? this.#pushText(this.#text, piece, start) : this.#pushList(piece, start);
		}
	}

	end(): NetDiff {
		if (this.#text) this.#finish(this.#text);
		else if (this.#lists.files.length) throw new Error('git diff-tree stopped before the patch.');
		return this.#before;
	}

	/** @returns where the piece goes on. */
	#pushList(piece: Buffer, start: number): number {
		const end = piece.indexOf(NUL, start);
		this.#pieces.push(piece.subarray(start, end < 0 ? piece.length : end));
		if (end < 0) return piece.length;
		const token = Buffer.concat(this.#pieces).toString('utf8');
		this.#pieces = [];
		if (!this.#lists.push(token)) {
			this.#text = new AddedText(this.#lists.files, { perFile: this.#limits.perFile, total: this.#room });
		}
		return end + 1;
	}

	/** @returns where the piece goes on. */
	#pushText(text: AddedText, piece: Buffer, start: number): number {
		const stop = text.push(piece, start);
		if (stop < piece.length) this.#finish(text);
		return stop;
	}

	#finish(text: AddedText): void {
		const { files, truncated } = text.end();
		for (const file of files) this.#before.files.push(file);
		this.#before.truncated ||= truncated;
		this.#room = text.room;
		this.#text = undefined;
		this.#lists = new ListReader();
	}
}

/** The paths, as `:modes names status` and one or two paths; then the counts, as `added TAB deleted TAB path`. */
class ListReader {
	readonly files: NetFile[] = [];
	#entry: { kind: ChangeKind; from?: string } | undefined;
	#counted = 0;
	/** Paths still to come that belong to the counts of a rename, and are known. */
	#skip = 0;

	/** False for the token that ends the lists. */
	push(token: string): boolean {
		if (this.#entry) this.#path(token);
		else if (this.#skip > 0) this.#skip--;
		else if (token.startsWith(':')) this.#entry = { kind: kindOf(token) };
		else if (token === '') return false;
		else this.#count(token);
		return true;
	}

	#path(path: string): void {
		const entry = this.#entry!;
		if ((entry.kind === 'R' || entry.kind === 'C') && entry.from === undefined) {
			entry.from = path;
			return;
		}
		this.files.push({
			kind: entry.kind,
			path,
			...renamed(entry.from),
			added: 0,
			deleted: 0,
			binary: false,
			addedText: '',
		});
		this.#entry = undefined;
	}

	#count(token: string): void {
		const [added, deleted, path] = token.split('\t', 3);
		const file = this.files[this.#counted++];
		if (!file) return;
		file.binary = added === '-';
		file.added = Number(added) || 0;
		file.deleted = Number(deleted) || 0;
		if (path === '') this.#skip = 2;
	}
}

function renamed(from: string | undefined): { from?: string } {
	return from === undefined ? {} : { from };
}

function kindOf(token: string): ChangeKind {
	const letter = token.slice(token.lastIndexOf(' ') + 1).charAt(0);
	return ('AMDRCT'.includes(letter) ? letter : 'M') as ChangeKind;
}

/**
 * Gathers the added lines of each file of a patch. What a line is shows in its first two bytes: before the first `@@` of
 * a file there are header lines, after it only hunks, whose lines begin with `+`, `-`, `\` or `@`; so `di` begins
 * the next file in both places (no other header line begins so). No line of a patch begins with `:`, as the next comparison does.
 */
class AddedText {
	readonly #files: NetFile[];
	readonly #limits: TextLimits;
	/** Which file each section of the patch belongs to: a change of type is a deletion and a creation. */
	readonly #sections: number[];
	#section = -1;
	#inHunk = false;
	#column = 0;
	#first = 0;
	#taking = false;
	#taken: Buffer[] = [];
	#size = 0;
	#total = 0;
	#truncated = false;

	constructor(files: NetFile[], limits: TextLimits) {
		this.#files = files;
		this.#limits = limits;
		this.#sections = files.flatMap(({ kind }, index) => (kind === 'T' ? [index, index] : [index]));
	}

	get full(): boolean {
		return this.#total >= this.#limits.total;
	}

	/** How much more text would be kept, in bytes. */
	get room(): number {
		return Math.max(0, this.#limits.total - this.#total);
	}

	/** @returns where the next comparison begins, or the piece's length. */
	push(piece: Buffer, from: number): number {
		let start = from;
		while (start < piece.length) {
			if (this.#column === 0 && piece[start] === COLON) return start;
			while (this.#column < 2 && start < piece.length && piece[start] !== LF) this.#begin(piece[start++]!);
			const end = piece.indexOf(LF, start);
			const stop = end < 0 ? piece.length : end + 1;
			if (this.#taking) this.#take(piece.subarray(start, stop));
			if (end >= 0) this.#column = 0;
			if (end >= 0) this.#taking = false;
			start = stop;
		}
		return start;
	}

	end(): NetDiff {
		this.#store();
		return { files: this.#files, truncated: this.#truncated || this.full };
	}

	#begin(byte: number): void {
		this.#column++;
		if (this.#column === 1) {
			this.#first = byte;
			if (byte === AT) this.#inHunk = true;
			this.#taking = this.#inHunk && byte === PLUS;
			return;
		}
		if (this.#first === LETTER_D && byte === LETTER_I) this.#next();
		else if (this.#taking) this.#take(Buffer.of(byte));
	}

	#next(): void {
		this.#store();
		this.#section++;
		this.#inHunk = false;
	}

	#take(bytes: Buffer): void {
		const room = Math.min(this.#limits.perFile - this.#size, this.#limits.total - this.#total);
		if (bytes.length > room) this.#truncated = true;
		const kept = bytes.subarray(0, Math.max(0, room));
		// A copy: a part of a piece would keep the whole piece in memory.
		if (kept.length > 0) this.#taken.push(Buffer.from(kept));
		this.#size += kept.length;
		this.#total += kept.length;
	}

	#store(): void {
		const file = this.#files[this.#sections[this.#section] ?? -1];
		if (file) file.addedText += Buffer.concat(this.#taken).toString('utf8');
		this.#taken = [];
		this.#size = 0;
	}
}
