import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Location } from './location.ts';
import { parseReflogLine, type ReflogEntry } from './reflogLine.ts';

export { isMade, type ReflogEntry } from './reflogLine.ts';

/** How far a reflog has been read. Small and plain, so that it can be stored. */
export interface ReflogCursor {
	/** Where the last entry read begins, in bytes. Its line is read again, to see that it is still there. */
	offset: number;
	/** The last entry's new commit and time (ms UTC). Absent when nothing had been written yet. */
	last?: { sha: string; at: number };
}

/** What was written since. */
export interface ReflogNews {
	/** Oldest first. */
	entries: ReflogEntry[];
	cursor: ReflogCursor;
	/** The last entry read is gone (`git reflog expire`, a new repository): what came between is unknown. */
	lost?: true;
	/** There is no reflog: no commit yet, `core.logAllRefUpdates` off, or refs kept in a reftable. */
	missing?: true;
}

/** Long enough for the last line nearly always, in bytes. */
const TAIL = 4096;
const LF = 10;

/** Without O_NONBLOCK, a named pipe would be waited for. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * What moved the HEAD of this working copy since the cursor, read from its reflog without a git process. Reads only
 * the last line known and what follows, unless the file was rewritten, and in one go: it is a small part of a file, and a wait for a thread
 * takes longer than that. Without a cursor: nothing, and a cursor at the end.
 */
export function readReflog(location: Location, cursor?: ReflogCursor): ReflogNews {
	const log = openLog(location);
	if (log === undefined) return { entries: [], cursor: cursor ?? { offset: 0 }, missing: true };
	try {
		const { size } = fstatSync(log);
		if (!cursor) return { entries: [], cursor: cursorAtEnd(log, size) };
		const lines = linesOf(read(log, cursor.offset, size), cursor.offset);
		if (!cursor.last) return news(lines, cursor);
		if (lines[0]?.start === cursor.offset && isLast(lines[0], cursor)) return news(lines.slice(1), cursor);
		return searchBack(log, size, cursor);
	} finally {
		closeSync(log);
	}
}

/** `git reflog expire` takes lines out, so that those it keeps move towards the start. */
function searchBack(log: number, size: number, cursor: ReflogCursor): ReflogNews {
	const lines = linesOf(read(log, 0, size), 0);
	const index = lines.findLastIndex((line) => isLast(line, cursor));
	if (index >= 0) return news(lines.slice(index + 1), cursorAt(lines[index]!));
	return { entries: [], cursor: cursorAtEnd(log, size), lost: true };
}

function isLast({ entry }: Line, { last }: ReflogCursor): boolean {
	return entry.new === last?.sha && entry.at === last.at;
}

/** Its descriptor. */
function openLog(location: Location): number | undefined {
	try {
		return openSync(join(location.gitDir, 'logs', 'HEAD'), FLAGS);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw error;
	}
}

interface Line {
	/** Where it begins in the file, in bytes. */
	start: number;
	entry: ReflogEntry;
}

function news(lines: readonly Line[], before: ReflogCursor): ReflogNews {
	const last = lines.at(-1);
	return { entries: lines.map(({ entry }) => entry), cursor: last ? cursorAt(last) : before };
}

function cursorAt({ start, entry }: Line): ReflogCursor {
	return { offset: start, last: { sha: entry.new, at: entry.at } };
}

/** A last line without its line break is still being written, and left for the next time. */
function linesOf(bytes: Buffer, base: number): Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
		const entry = parseReflogLine(bytes.toString('utf8', start, end));
		if (entry) lines.push({ start: base + start, entry });
		start = end + 1;
	}
	return lines;
}

function cursorAtEnd(log: number, size: number): ReflogCursor {
	for (let length = TAIL; ; length *= 4) {
		const start = Math.max(0, size - length);
		const bytes = read(log, start, size);
		// What a block in the middle of the file begins with may be the end of a line, which no entry looks like.
		const last = linesOf(bytes, start).at(-1);
		if (last) return cursorAt(last);
		if (start === 0) return { offset: 0 };
	}
}

/** From `start` to `end`, or to where the file ends by now. */
function read(log: number, start: number, end: number): Buffer {
	const bytes = Buffer.alloc(Math.max(0, end - start));
	let length = 0;
	while (length < bytes.length) {
		const bytesRead = readSync(log, bytes, length, bytes.length - length, start + length);
		if (bytesRead === 0) break;
		length += bytesRead;
	}
	return bytes.subarray(0, length);
}
