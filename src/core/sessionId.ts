import type { Person } from './commit.ts';

/** Long enough for any name, short enough that a trailer line stays one line everywhere. In UTF-16 code units. */
const LONGEST_ID = 100;
const LONGEST_SLUG = 60;

/**
 * `{author}-{YYYYMMDD}-{HHMM}` with an optional `-{4 to 8 hex digits}`. The author part holds letters, marks and
 * digits of any script, `_`, and single dots or dashes in a row between them: nothing that a path, a URL, a shell or
 * markup gives a meaning to.
 */
const ID = /^([\p{L}\p{M}\p{N}_]+(?:(?:\.|-+)[\p{L}\p{M}\p{N}_]+)*)-(\d{8})-(\d{4})(?:-([0-9a-f]{4,8}))?$/u;

/** The same for ASCII alone: the classes of all scripts take longer to compile than everything else that a short run does. */
const ASCII_ID = /^([A-Za-z0-9_]+(?:(?:\.|-+)[A-Za-z0-9_]+)*)-(\d{8})-(\d{4})(?:-([0-9a-f]{4,8}))?$/;

/** The parts of a session id. */
interface SessionIdParts {
	/** The slug of the author. */
	readonly author: string;
	/** When the session started, ms UTC, to the minute. */
	readonly startedAt: number;
	readonly suffix?: string;
}

/** Takes a session id apart from the right, since a name may itself end in digits. Undefined when it is none. */
export function parseSessionId(text: string): SessionIdParts | undefined {
	if (lastParsed.text !== text) lastParsed = { text, parts: readParts(text) };
	return lastParsed.parts;
}

/** The text that was asked for last: the commits of a session follow each other. */
let lastParsed: { text: string; parts: SessionIdParts | undefined } = { text: '', parts: undefined };

function readParts(text: string): SessionIdParts | undefined {
	if (text.length > LONGEST_ID) return undefined;
	const match = ASCII_ID.exec(text) ?? (isAscii(text) ? null : ID.exec(text));
	if (!match) return undefined;
	const [, author, day, time, suffix] = match as unknown as [string, string, string, string, string | undefined];
	const [date, clock] = [Number(day), Number(time)];
	const year = Math.floor(date / 10_000);
	const month = (Math.floor(date / 100) % 100) - 1;
	const startedAt = Date.UTC(year, month, date % 100, Math.floor(clock / 100), clock % 100);
	const real = new Date(startedAt);
	// 20251341-9999 would roll over into another day: only a real minute is one.
	if (real.getUTCFullYear() !== year || real.getUTCMonth() !== month || real.getUTCDate() !== date % 100)
		return undefined;
	if (real.getUTCHours() * 100 + real.getUTCMinutes() !== clock) return undefined;
	return suffix === undefined ? { author, startedAt } : { author, startedAt, suffix };
}

/** Whether a text is a session id, whole. */
export function isSessionId(text: string): boolean {
	return parseSessionId(text) !== undefined;
}

/**
 * The id of a session that this person starts at this time (ms UTC). `taken` says which ids are in use; `seed` tells two
 * sessions of one minute apart (the first commit's name, say), so that whoever reads the same history later
 * finds the same id.
 */
export function mintSessionId(author: Person, at: number, taken: (id: string) => boolean, seed: string): string {
	const id = `${slugOf(author)}-${stamp(at)}`;
	if (!taken(id)) return id;
	for (let round = 0; ; round++) {
		const suffixed = `${id}-${hash(`${seed}#${round}`)}`;
		if (!taken(suffixed)) return suffixed;
	}
}

/**
 * A readable name for use in ids: lower case, letters of any script kept, apostrophes dropped, the rest turned into dashes.
 * Falls back from the name to the part of the address before the `@`, and then to `author`.
 */
export function slugOf(author: Person): string {
	let known = SLUGS.get(author);
	if (known === undefined) {
		known = slug(author.name) || slug(author.email?.split('@')[0] ?? '') || 'author';
		SLUGS.set(author, known);
	}
	return known;
}

/** A history tells of a person once, in an object that all their commits share. */
const SLUGS = new WeakMap<Person, string>();

function slug(text: string): string {
	const plain = text
		.normalize('NFC')
		.toLowerCase()
		.normalize('NFC')
		.replace(/['’‘`´]/g, '')
		.replace(/(?:[^\p{L}\p{M}\p{N}._]\p{M}*)+/gu, '-')
		.replace(/([.-])[.-]+/g, '$1');
	const whole = [...plain].slice(0, LONGEST_SLUG).join('').slice(0, LONGEST_SLUG);
	// A lone half of a pair, a dash at an edge, or a mark with nothing to sit on is no part of a name.
	return whole.replace(/[\ud800-\udbff]$/, '').replace(/^[.\-\p{M}]+|[.-]+$/gu, '');
}

function isAscii(text: string): boolean {
	for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
	return true;
}

/** `YYYYMMDD-HHMM` in UTC. */
function stamp(at: number): string {
	const iso = new Date(at).toISOString();
	return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}-${iso.slice(11, 13)}${iso.slice(14, 16)}`;
}

/** Four hex digits of FNV-1a (32 bit, folded): stable everywhere, and the core has no crypto. */
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) {
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
	}
	return ((value >>> 16) ^ (value & 0xffff)).toString(16).padStart(4, '0');
}
