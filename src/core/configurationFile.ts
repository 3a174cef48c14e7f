import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Configuration, defaultConfiguration, KEYS, type KeySpec } from './configuration.ts';

/** A file comes from the repository, and a hostile one must not hold the editor up. In UTF-16 code units. */
export const LARGEST_FILE = 65_536;

/** Of an unknown key, as much as a message quotes. In UTF-16 code units. */
const LONGEST_KEY = 60;

/** Something wrong in the configuration file. */
export interface Problem {
	/** From 1. */
	line: number;
	/** From 1. */
	column: number;
	/** A sentence: what is wrong, what is used instead. */
	message: string;
	/** The key that it is about, where there is one. */
	key?: string;
}

/** The configuration with the place of each pattern, for problems that only the pattern engine finds. */
export interface ParsedConfiguration {
	configuration: Configuration;
	problems: Problem[];
	/** Where an entry of a list stands. */
	placeOf(key: keyof Configuration, index: number): { line: number; column: number };
}

/** A reader of one file: where nodes are, and what was wrong. */
interface Reading {
	lines: LineCounter;
	problems: Problem[];
	/** Lists' entries by key, as they stood in the file. */
	entries: Map<string, Node[]>;
}

/**
 * Reads `session_config.yaml`. A wrong value is reported at its line and column, its default is used, and the
 * rest of the file counts. Never throws.
 */
export function parseConfiguration(text: string): ParsedConfiguration {
	const reading: Reading = { lines: new LineCounter(), problems: [], entries: new Map() };
	const configuration = defaultConfiguration();
	const root = text.length > LARGEST_FILE ? tooLong(text, reading) : parseRoot(text, reading);
	if (isMap(root)) readKeys(root, configuration, reading);
	else if (root !== null && !(isScalar(root) && root.value === null)) {
		report(reading, placeOf(reading, root), 'The file is not a list of `key: value` lines, so the defaults are used.');
	}
	checkOrder(root, configuration, reading);
	return {
		configuration,
		problems: reading.problems.sort((a, b) => a.line - b.line || a.column - b.column),
		placeOf: (key, index) => placeOf(reading, reading.entries.get(key)?.[index]),
	};
}

function tooLong(text: string, reading: Reading): null {
	const message = `The file has ${text.length} characters, more than the ${LARGEST_FILE} that are read, so the defaults are used.`;
	report(reading, { line: 1, column: 1 }, message);
	return null;
}

function parseRoot(text: string, reading: Reading): Node | null {
	// Aliases are never followed: they could blow a small file up to any size, and no key needs one. That keys are unique is
	// checked in `readKeys`, since the parser compares each with each.
	const document = parseDocument(text, { lineCounter: reading.lines, uniqueKeys: false, merge: false });
	for (const error of [...document.errors, ...document.warnings]) {
		const { line, col } = reading.lines.linePos(error.pos[0]);
		report(reading, { line, column: col }, firstLine(error.message));
	}
	return document.contents;
}

function readKeys(root: YAMLMap, configuration: Configuration, reading: Reading): void {
	const seen = new Set<string>();
	for (const pair of root.items as Pair<Node, Node | null>[]) {
		if (!isScalar(pair.key)) {
			report(
				reading,
				placeOf(reading, pair.key),
				'A key must be one of the words of the reference, so this has no effect.',
			);
			continue;
		}
		const key = String(pair.key.value);
		if (seen.has(key))
			report(reading, placeOf(reading, pair.key), `${key} stands here again; the last one counts.`, key);
		seen.add(key);
		const spec = Object.hasOwn(KEYS, key) ? KEYS[key as keyof Configuration] : undefined;
		if (!spec) {
			report(reading, placeOf(reading, pair.key), unknownKey(key), key);
			continue;
		}
		const value = readValue(key, spec, pair.value, reading, placeOf(reading, pair.value ?? pair.key));
		if (value !== undefined) Object.assign(configuration, { [key]: value });
	}
}

function readValue(
	key: string,
	spec: KeySpec,
	node: Node | null,
	reading: Reading,
	at: { line: number; column: number },
): number | boolean | string[] | undefined {
	const value = isScalar(node) ? node.value : undefined;
	if (spec.kind === 'texts') return readTexts(key, node, reading, at);
	if (spec.kind === 'boolean') {
		if (typeof value === 'boolean') return value;
		report(reading, at, `${key} must be true or false; ${spec.value} is used.`, key);
		return undefined;
	}
	if (typeof value === 'number' && Number.isFinite(value) && value >= spec.min && value <= spec.max) return value;
	report(reading, at, `${key} must be a number from ${spec.min} to ${spec.max}; ${spec.value} is used.`, key);
	return undefined;
}

function readTexts(
	key: string,
	node: Node | null,
	reading: Reading,
	at: { line: number; column: number },
): string[] | undefined {
	if (!isSeq(node)) {
		report(reading, at, `${key} must be a list of texts; the default list is used.`, key);
		return undefined;
	}
	const texts: string[] = [];
	const kept: Node[] = [];
	for (const item of node.items as Node[]) {
		if (isScalar(item) && typeof item.value === 'string' && item.value !== '') {
			texts.push(item.value);
			kept.push(item);
		} else {
			report(reading, placeOf(reading, item), `An entry of ${key} is not a text, so it is left out.`, key);
		}
	}
	reading.entries.set(key, kept);
	return texts;
}

function checkOrder(root: unknown, configuration: Configuration, reading: Reading): void {
	const { idle_warning_minutes: idle, timeout_minutes: timeout } = configuration;
	if (idle < timeout) return;
	const used = timeout / 2;
	const pair = isMap(root)
		? (root.items as Pair<Node, Node | null>[]).find(
				(item) => isScalar(item.key) && item.key.value === 'idle_warning_minutes',
			)
		: undefined;
	if (pair) {
		const message = `idle_warning_minutes (${idle}) must be below timeout_minutes (${timeout}); ${used} is used.`;
		report(reading, placeOf(reading, pair.value ?? pair.key), message, 'idle_warning_minutes');
	}
	configuration.idle_warning_minutes = used;
}

/** The key that was probably meant; undefined where none is near. */
export function nearestKey(key: string): string | undefined {
	return Object.keys(KEYS).find((known) => distance(known, key) <= 2);
}

function unknownKey(key: string): string {
	if (key.length > LONGEST_KEY) return `There is no key ${key.slice(0, LONGEST_KEY)}…, so it has no effect.`;
	const near = nearestKey(key);
	return near ? `There is no key ${key}. Did you mean ${near}?` : `There is no key ${key}, so it has no effect.`;
}

function report(reading: Reading, at: { line: number; column: number }, message: string, key?: string): void {
	reading.problems.push({ ...at, message: printable(message), ...(key !== undefined && { key }) });
}

function placeOf(reading: Reading, node: unknown): { line: number; column: number } {
	const range = (node as Node | undefined | null)?.range;
	if (!range) return { line: 1, column: 1 };
	const { line, col } = reading.lines.linePos(range[0]);
	return { line, column: col };
}

/** Messages quote the file, which may hold what moves a terminal's cursor or turns text around. */
function printable(text: string): string {
	return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '\ufffd');
}

function firstLine(text: string): string {
	// These two speak to a programmer.
	if (text.includes('call stack')) return 'This is nested too deeply to be read; no key needs more than a list.';
	if (text.includes('parseAllDocuments')) return 'A second document begins here; only the first one counts.';
	return text.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
}

/** Edits between two short words (Levenshtein), for "did you mean". */
function distance(a: string, b: string): number {
	if (Math.abs(a.length - b.length) > 2) return 3;
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
		}
		row = next;
	}
	return row.at(-1)!;
}
