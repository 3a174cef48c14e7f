import {
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type Pair,
	parseDocument,
	type YAMLMap,
	type YAMLSeq,
} from 'yaml';
import { type Configuration, KEYS } from './configuration.ts';
import { LARGEST_FILE, nearestKey, type Problem } from './configurationFile.ts';

/** A stretch of the file, in UTF-16 code units from its beginning; `end` is behind it. */
interface Span {
	start: number;
	end: number;
}

/** A change of the file that mends a problem. */
export interface Fix {
	kind: 'use' | 'rename' | 'remove key' | 'remove entry';
	/** The value or key that it brings; for a removal, what goes. */
	what: string;
	edit: Span & { text: string };
}

/** A problem with what an editor underlines for it, and what it offers to do, the best first. */
export interface PlacedProblem extends Problem {
	span: Span;
	fixes: Fix[];
}

/** The parts of one file that fixes work on. */
interface File {
	text: string;
	root: YAMLMap | undefined;
	used: Configuration;
}

type Entry = Pair<Node, Node | null>;

/** Finds where the problems of a file are and what mends them. `used`: the configuration that was made of it. */
export function placeProblems(text: string, problems: readonly Problem[], used: Configuration): PlacedProblem[] {
	const lines = new LineCounter();
	// As the reader takes it: see parseConfiguration.
	const readable = text.length <= LARGEST_FILE;
	const contents = parseDocument(readable ? text : '', {
		lineCounter: lines,
		uniqueKeys: false,
		merge: false,
	}).contents;
	const file: File = { text, root: isMap(contents) ? (contents as YAMLMap) : undefined, used };
	return problems.map((problem) => {
		const start = (lines.lineStarts[problem.line - 1] ?? 0) + problem.column - 1;
		return { ...problem, ...place(file, start, problem) };
	});
}

function place(file: File, start: number, problem: Problem): { span: Span; fixes: Fix[] } {
	const entry = problem.key === undefined ? undefined : entryAt(file, start);
	if (!entry) return { span: toLineEnd(file.text, start), fixes: [] };
	if (spanOf(entry.key)?.start === start) {
		return { span: spanOf(entry.key)!, fixes: fixesOfKey(file, entry, problem.key!) };
	}
	const item = itemAt(entry, start);
	if (item) return { span: spanOf(item.node)!, fixes: fixesOfItem(file, entry, item) };
	const value = spanOf(entry.value);
	const isEmpty = !value || value.start === value.end;
	return { span: isEmpty ? spanOf(entry.key)! : firstLine(file.text, value), fixes: fixesOfValue(file, entry) };
}

/** The `key: value` that a place is in. */
function entryAt({ root }: File, start: number): Entry | undefined {
	return (root?.items as Entry[] | undefined)?.findLast(({ key }) => (spanOf(key)?.start ?? 0) <= start);
}

function fixesOfKey(file: File, entry: Entry, key: string): Fix[] {
	const { start, end } = spanOf(entry.key)!;
	if (!Object.hasOwn(KEYS, key)) {
		const near = nearestKey(key);
		const rename: Fix[] = near === undefined ? [] : [{ kind: 'rename', what: near, edit: { start, end, text: near } }];
		return [...rename, ...removal(file, entry)];
	}
	// The key stands here again, and the last one counts: an earlier one goes.
	const earlier = (file.root!.items as Entry[]).find(
		(other) => other !== entry && isScalar(other.key) && other.key.value === key,
	);
	return earlier ? removal(file, earlier) : [];
}

function fixesOfValue(file: File, entry: Entry): Fix[] {
	const key = String(isScalar(entry.key) ? entry.key.value : '') as keyof Configuration;
	const spec = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
	if (!spec) return [];
	if (spec.kind === 'texts') return removal(file, entry);
	const what = String(file.used[key]);
	const at = spanOf(entry.value) ?? { start: spanOf(entry.key)!.end, end: spanOf(entry.key)!.end };
	const gap = at.start === at.end && !/\s/.test(file.text.charAt(at.start - 1)) ? ' ' : '';
	const trimmed = firstLine(file.text, at).end === at.end ? at : { start: at.start, end: lastInk(file.text, at) };
	return [{ kind: 'use', what, edit: { ...trimmed, text: gap + what } }, ...removal(file, entry)];
}

interface Item {
	list: YAMLSeq<Node>;
	node: Node;
}

function itemAt({ value }: Entry, start: number): Item | undefined {
	if (!isSeq(value)) return undefined;
	const list = value as YAMLSeq<Node>;
	const node = list.items.find((item) => spanOf(item)?.start === start);
	// A list that begins at the same place is meant as a whole only where it is no list, which is no problem of an item.
	return node && spanOf(node)!.end > start ? { list, node } : undefined;
}

function fixesOfItem(file: File, entry: Entry, { list, node }: Item): Fix[] {
	const what = file.text.slice(spanOf(node)!.start, lastInk(file.text, spanOf(node)!)).split('\n')[0]!;
	if (list.items.length === 1) return removal(file, entry);
	if (!list.flow) return [{ kind: 'remove entry', what, edit: { ...wholeLines(file.text, spanOf(node)!), text: '' } }];
	const index = list.items.indexOf(node);
	const [before, after] = [list.items[index - 1], list.items[index + 1]].map((other) => other && spanOf(other));
	// With the comma: up to the next entry, or from behind the one before.
	const edit = after
		? { start: spanOf(node)!.start, end: after.start }
		: { start: before!.end, end: spanOf(node)!.end };
	return [{ kind: 'remove entry', what, edit: { ...edit, text: '' } }];
}

/** Takes the lines of a key away. In a map that stands in braces the user does it. */
function removal({ text, root }: File, entry: Entry): Fix[] {
	if (root?.flow || !isScalar(entry.key)) return [];
	const { start, end } = spanOf(entry.key)!;
	const value = spanOf(entry.value);
	const lines = wholeLines(text, { start, end: Math.max(end, value?.end ?? end) });
	return [{ kind: 'remove key', what: String(entry.key.value), edit: { ...lines, text: '' } }];
}

/** A node without the blanks and comments behind it. */
function spanOf(node: Node | null | undefined): Span | undefined {
	const range = node?.range;
	return range ? { start: range[0], end: range[1] } : undefined;
}

/** All of the lines that a span touches, with their last line break. */
function wholeLines(text: string, span: Span): Span {
	const start = text.lastIndexOf('\n', span.start - 1) + 1;
	const end = text.indexOf('\n', lastInk(text, span));
	return { start, end: end < 0 ? text.length : end + 1 };
}

/** Where a span's last letter ends: a list's node reaches to the next key. */
function lastInk(text: string, { start, end }: Span): number {
	return start + text.slice(start, end).trimEnd().length;
}

function firstLine(text: string, { start, end }: Span): Span {
	const lineEnd = toLineEnd(text, start).end;
	return { start, end: Math.min(end, Math.max(lineEnd, start)) };
}

function toLineEnd(text: string, start: number): Span {
	const end = text.slice(start).search(/\r?\n|$/);
	return { start, end: start + Math.max(0, end) };
}
