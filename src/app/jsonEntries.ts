import {
	applyEdits,
	type Edit,
	type FormattingOptions,
	findNodeAtLocation,
	getNodeValue,
	modify,
	type Node,
	type ParseError,
	parseTree,
} from 'jsonc-parser';

/** A value that set-up keeps in somebody else's JSON file. */
export interface JsonEntry {
	path: readonly string[];
	value: unknown;
	/** The value is one item of the list at `path`; else it is the member at `path`. */
	item?: boolean;
	/** Whether an item of the list stands for the value already; without it, one that is equal does. */
	is?: (item: unknown) => boolean;
}

/** Where something is in a value. */
type Place = (string | number)[];

/** Items of the lists below an object that are to go. */
export interface UnwantedItems {
	path: readonly string[];
	/** The member in which an item may group several; each is asked about by itself, in an item with the others left out. */
	group?: string;
	is: (list: string, item: unknown) => boolean;
}

/** Where a file cannot be read, why; else its text with the entries in it, all else as it was. */
export function withEntries(text: string | undefined, entries: readonly JsonEntry[]): string | undefined {
	let result = text?.trim() ? text : '{}\n';
	for (const entry of entries) {
		const found = look(result, entry);
		if (!found) return undefined;
		if (found.present) continue;
		const edits = found.last
			? [itemAfter(result, found.last, entry.value)]
			: // The library makes a list of one where there is none yet.
				modify(result, [...entry.path], entry.item ? [entry.value] : entry.value, {
					formattingOptions: formatOf(result),
				});
		result = applyEdits(result, edits);
	}
	return result;
}

/** The text without the entries that are members of objects; undefined where it cannot be read. */
export function withoutEntries(text: string, entries: readonly JsonEntry[]): string | undefined {
	let result = text;
	for (const entry of entries) {
		const found = look(result, entry);
		if (!found) return undefined;
		// Without a form, all else keeps its own.
		if (found.present) result = applyEdits(result, modify(result, [...entry.path], undefined, {}));
	}
	return result;
}

/** The text without the unwanted items, and without the groups and lists that have no other; undefined where it cannot be read. */
export function withoutItems(text: string, { path, group, is }: UnwantedItems): string | undefined {
	const root = parseObject(text);
	if (!root) return undefined;
	const object = findNodeAtLocation(root, [...path]);
	const lists: unknown = object && getNodeValue(object);
	let result = text;
	const remove = (at: Place) => {
		result = applyEdits(result, modify(result, [...path, ...at], undefined, {}));
	};
	for (const [name, items] of Object.entries(Object(lists))) {
		if (!Array.isArray(items)) continue;
		const places = placesIn(items, (item) => placesOf(item, group, (part) => is(name, part)));
		// From the end, so that the places of the others stay.
		for (const at of places.reverse()) remove([name, ...at]);
	}
	return result;
}

/** An item in parts, each with one of its group; as it is where it has none. */
export function partsOf(item: unknown, group: string | undefined): unknown[] {
	const grouped = group === undefined ? undefined : (Object(item) as Record<string, unknown>)[group];
	if (!Array.isArray(grouped)) return [item];
	return grouped.map((one: unknown) => ({ ...Object(item), [group!]: [one] }));
}

/** Where in an item something is unwanted; `[]` is all of it. */
function placesOf(item: unknown, group: string | undefined, is: (part: unknown) => boolean): Place[] {
	const places = placesIn(partsOf(item, group), (part) => (is(part) ? [[]] : []));
	return places.map((at) => (at.length === 0 ? at : [group!, ...at]));
}

/** The same in a list. */
function placesIn<T>(items: readonly T[], placesOfOne: (item: T) => Place[]): Place[] {
	const places = items.map(placesOfOne);
	if (items.length > 0 && places.every(([first]) => first?.length === 0)) return [[]];
	return places.flatMap((within, index) => within.map((at) => [index, ...at]));
}

function parseObject(text: string): Node | undefined {
	const errors: ParseError[] = [];
	const root = parseTree(text, errors, { allowTrailingComma: true });
	return errors.length > 0 || root?.type !== 'object' ? undefined : root;
}

/** Undefined where the text is no JSON object, or something else stands where the entry belongs. */
function look(
	text: string,
	{ path, value, item, is = (other) => same(other, value) }: JsonEntry,
): { present: boolean; last?: Node } | undefined {
	const root = parseObject(text);
	if (!root) return undefined;
	for (let length = 1; length < path.length; length++) {
		const node = findNodeAtLocation(root, path.slice(0, length));
		if (node && node.type !== 'object') return undefined;
	}
	const node = findNodeAtLocation(root, [...path]);
	if (!item) return { present: node !== undefined };
	if (node && node.type !== 'array') return undefined;
	const items = node?.children ?? [];
	const last = items.at(-1);
	return { present: items.some((child) => is(getNodeValue(child))), ...(last && { last }) };
}

/** One more item of a list, in the manner of its last; that one and all else stay as they are, which the library's own edit would reformat. */
function itemAfter(text: string, { offset, length }: Node, value: unknown): Edit {
	const { insertSpaces, tabSize = 1, eol = '\n' } = formatOf(text);
	const [, indent] = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset)) ?? [];
	const content =
		indent === undefined
			? `, ${JSON.stringify(value)}`
			: `,\n${JSON.stringify(value, null, insertSpaces ? tabSize : '\t')}`.replaceAll('\n', eol + indent);
	return { offset: offset + length, length: 0, content };
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** As the file's first indented line has it. */
function formatOf(text: string): FormattingOptions {
	const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
	const tab = indent.startsWith('\t');
	return { insertSpaces: !tab, tabSize: tab ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
