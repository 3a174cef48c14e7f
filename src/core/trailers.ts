import type { Ending, Trigger } from './session.ts';
import { isSessionId } from './sessionId.ts';
import { UserError } from './userError.ts';

/**
 * A trailer line as git-interpret-trailers(1) has it: a key of letters, digits and dashes, optional blanks, a colon, a
 * value. Up to three blanks may stand in front: four make a code block of it in a pull request.
 */
const TRAILER = /^ {0,3}([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)$/s;

/** How a fenced code block begins (CommonMark 4.5): a run of backticks with none after it, or of tildes. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** The heading of each commit in what `git merge --squash` prepares; below it, the message stands indented by four. */
const LOGGED = /^commit [0-9a-f]{40,64}$/;

/** GitHub refuses a body over this many characters with 422 (renovate #2032). */
const LONGEST_BODY = 65_536;

/** The trailers by which other tools name their sessions. */
const FOREIGN_KEYS: readonly string[] = ['entire-session', 'claude-session'];

const TRIGGERS: readonly Trigger[] = ['explicit', 'timeout', 'heuristic', 'closed', 'orphaned'];

/** What a message says of its session. */
export interface SessionMark {
	id: string;
	/** How it was written: our trailer, or a marker of the older system. */
	form: 'trailer' | 'older marker';
	/** Set where a `Session-End` follows it. */
	ended?: Ending;
}

/**
 * The session that a commit message or pull request body names: the last one, since a pull request that outlives a
 * session gets the next one's trailer below the first. Strict about lines (a trailer inside a sentence, a quote or a code
 * block is none) and lenient about where they stand, because a squash moves them to where git's own
 * `%(trailers)` reads none: indented, above a `---------` divider, or followed by text.
 */
export function readSessionMark(text: string): SessionMark | undefined {
	const last = marksIn(text).at(-1);
	if (!last) return undefined;
	const { id, form, ended } = last;
	return { id, form, ...(ended && { ended }) };
}

/** All the session ids that a text names, in their order, each once: a squash of two sessions names both. */
export function sessionsNamed(text: string): string[] {
	return [...new Set(marksIn(text).map(({ id }) => id))];
}

/** Session ids of other tools, which tell parallel agents of one author apart: `Entire-Session: 7ad3…`. */
export function readForeignSession(text: string): string | undefined {
	if (!/-session/i.test(text)) return undefined;
	let found: string | undefined;
	for (const line of proseLines(text)) {
		const trailer = trailerIn(line);
		if (trailer?.value && FOREIGN_KEYS.includes(trailer.key)) found = `${trailer.key}: ${trailer.value}`;
	}
	return found;
}

/** The names and addresses in `Co-authored-by` trailers. */
export function readCoAuthors(text: string): { name: string; email: string }[] {
	if (!/co-authored-by/i.test(text)) return [];
	const found: { name: string; email: string }[] = [];
	for (const line of proseLines(text)) {
		const trailer = trailerIn(line);
		if (trailer?.key !== 'co-authored-by') continue;
		const person = /^([^<]*)<([^<>]*)>$/.exec(trailer.value);
		if (person) found.push({ name: person[1]!.trim(), email: person[2]!.trim() });
	}
	return found;
}

/** `Session-Id: alice-20251119-1430` */
function formatSessionId(id: string): string {
	return `Session-Id: ${id}`;
}

/** `Session-End: timeout 2025-11-19T15:12:00Z` */
function formatEnding(ending: Ending): string {
	return `Session-End: ${ending.trigger} ${new Date(ending.at).toISOString().replace(/\.\d{3}Z$/, 'Z')}`;
}

/**
 * The body with the session's trailers in it, everything else as it was to the byte. Doing it again changes nothing.
 * A pull request that carries an earlier session keeps that one's trailers and gets these below.
 * @throws UserError when the result is over GitHub's limit; the body is never cut.
 */
export function writeSessionTrailers(body: string, id: string, ending?: Ending): string {
	const lines = [formatSessionId(id), ...(ending ? [formatEnding(ending)] : [])];
	const marks = marksIn(body).filter((mark) => mark.id === id && mark.form === 'trailer');
	const last = marks.at(-1);
	if (last && (!ending || marks.some((mark) => mark.ended))) return body;
	const next = last ? insertLine(body, last.end, lines[1]!) : appendTrailers(body, lines);
	if (next.length > LONGEST_BODY) {
		throw new UserError(
			`The pull request's body has ${body.length} characters, and GitHub takes ${LONGEST_BODY}: shorten it by ` +
				`${next.length - LONGEST_BODY} to make room for the session's trailers.`,
		);
	}
	return next;
}

/**
 * The text without the lines that name this session or end it, for a session that is not its author's to name.
 * Everything else stays to the byte.
 */
export function withoutSession(text: string, id: string): string {
	let kept = '';
	let from = 0;
	for (const { end } of marksIn(text).filter((mark) => mark.id === id)) {
		const start = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1;
		kept += text.slice(from, start);
		from = end;
	}
	return kept + text.slice(from);
}

/** A line of a text, and where it ends: before its line ending, in UTF-16 code units. */
interface Line {
	text: string;
	end: number;
}

type PlacedMark = SessionMark & { end: number };

const NONE: readonly PlacedMark[] = [];

/** The text that was read last: one commit's message is asked for its session several times. */
let lastRead: { text: string; marks: readonly PlacedMark[] } = { text: '', marks: NONE };

/** The marks of a text in their order, each with the end of its line. */
function marksIn(text: string): readonly PlacedMark[] {
	// A cheap look before the lines are taken one by one: nearly every message of a history names none.
	if (!/session[-:]|auto-pr: session /i.test(text)) return NONE;
	if (lastRead.text !== text) lastRead = { text, marks: readMarks(text) };
	return lastRead.marks;
}

function readMarks(text: string): PlacedMark[] {
	const marks: PlacedMark[] = [];
	for (const line of proseLines(text)) {
		const named = sessionIn(line);
		if (named) marks.push({ ...named, end: line.end });
		const last = marks.at(-1);
		const ended = last && endingIn(line);
		if (ended) last.ended = ended;
	}
	return marks;
}

function sessionIn(line: Line): SessionMark | undefined {
	const trailer = trailerIn(line);
	// The older system's `Session-ID:` differs in case alone, and keys are read without regard to case.
	if (trailer?.key === 'session-id') return markOf(trailer.value, 'trailer');
	const older = /^ {0,3}(?:\[cursor-session: *([^\]\s]+)\]|<!-- 🤖 Auto-PR: Session ([^\s<>]+) -->)\s*$/u.exec(
		line.text,
	);
	return older ? markOf((older[1] ?? older[2])!, 'older marker') : undefined;
}

function markOf(id: string, form: SessionMark['form']): SessionMark | undefined {
	return isSessionId(id) ? { id, form } : undefined;
}

function endingIn(line: Line): Ending | undefined {
	const trailer = trailerIn(line);
	if (trailer?.key !== 'session-end') return undefined;
	const [word, time, ...more] = trailer.value.split(/[ \t]+/);
	const trigger = TRIGGERS.find((known) => known === word);
	const at = parseTime(time ?? '');
	return trigger && at !== undefined && more.length === 0 ? { trigger, at } : undefined;
}

/** A real moment in UTC (30 February is none, though `Date.parse` takes it for 2 March), in ms. */
function parseTime(text: string): number | undefined {
	const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 19)) ? at : undefined;
}

/** The key of a trailer line, in lower case, and its value without the blanks around it. */
function trailerIn({ text }: Line): { key: string; value: string } | undefined {
	const trailer = TRAILER.exec(text);
	return trailer ? { key: trailer[1]!.toLowerCase(), value: trailer[2]!.trim() } : undefined;
}

/**
 * The lines outside fenced code blocks; quoted lines (`> …`) match no trailer by themselves. A fence that nothing closes
 * hides nothing, since whatever is appended to the text would be hidden with it.
 */
function* proseLines(text: string): Generator<Line> {
	let fence: string | undefined;
	let held: Line[] = [];
	for (const line of linesOf(text)) {
		if (fence) {
			held.push(line);
			const mark = line.text.trim();
			if (mark.startsWith(fence) && mark === fence[0]!.repeat(mark.length)) {
				fence = undefined;
				held = [];
			}
			continue;
		}
		fence = FENCE.exec(line.text)?.[1];
		if (fence) held.push(line);
		else yield line;
	}
	yield* held;
}

/** All the lines, whatever ends them, and those of a squashed log without its indentation. */
function* linesOf(text: string): Generator<Line> {
	let logged = false;
	let start = 0;
	const bare = !text.includes('\r');
	for (;;) {
		const end = bare ? text.indexOf('\n', start) : endOfLine(text, start);
		const line = end < 0 ? text.slice(start) : text.slice(start, end);
		logged ||= LOGGED.test(line);
		yield { text: logged && line.startsWith('    ') ? line.slice(4) : line, end: start + line.length };
		if (end < 0) return;
		start = text.startsWith('\r\n', end) ? end + 2 : end + 1;
	}
}

/** Where the line that begins at `start` ends: at a line feed, or at a carriage return alone or in front of one. -1: nowhere. */
function endOfLine(text: string, start: number): number {
	const eol = /[\r\n]/g;
	eol.lastIndex = start;
	return eol.exec(text)?.index ?? -1;
}

function appendTrailers(body: string, lines: string[]): string {
	const eol = body.includes('\r\n') ? '\r\n' : '\n';
	const words = body.trimEnd();
	const after = body.slice(words.length).split(/\r\n?|\n/);
	const wanted = words === '' ? 0 : endsInTrailers(words) ? 1 : 2;
	// Blanks at the very end would indent the first trailer.
	const missing = Math.max(wanted - (after.length - 1), after.at(-1) === '' ? 0 : 1);
	return body + eol.repeat(missing) + lines.join(eol);
}

/** Whether the last paragraph holds trailers and nothing else, and is not the only one. */
function endsInTrailers(text: string): boolean {
	const lines = [...linesOf(text)];
	const gap = lines.findLastIndex((line) => line.text.trim() === '');
	return gap >= 0 && lines.slice(gap + 1).every((line) => trailerIn(line));
}

function insertLine(body: string, at: number, line: string): string {
	const eol = body.includes('\r\n') ? '\r\n' : '\n';
	return `${body.slice(0, at)}${eol}${line}${body.slice(at)}`;
}
