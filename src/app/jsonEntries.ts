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

/** Items of the lists below an object that are to go. */
export interface UnwantedItems {
	path: readonly string[];
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

/** The text without the entries; undefined where it cannot be read. */
export function withoutEntries(text: string, entries: readonly JsonEntry[]): string | undefined {
	let result = text;
	for (const entry of entries) {
		const found = look(result, entry);
		if (!found) return undefined;
		if (!found.present) continue;
		// Without a form, all else keeps its own.
		const path = entry.item ? [...entry.path, found.index] : [...entry.path];
		result = applyEdits(result, modify(result, path, undefined, {}));
	}
	return result;
}

/** The text without the unwanted items, and without the lists that have no other; undefined where it cannot be read. */
export function withoutItems(text: string, { path, is }: UnwantedItems): string | undefined {
	const root = parseObject(text);
	if (!root) return undefined;
	const object = findNodeAtLocation(root, [...path]);
	const lists: unknown = object && getNodeValue(object);
	let result = text;
	const remove = (...at: (string | number)[]) => {
		result = applyEdits(result, modify(result, [...path, ...at], undefined, {}));
	};
	for (const [name, items] of Object.entries(Object(lists))) {
		if (!Array.isArray(items)) continue;
		const unwanted = items.flatMap((item: unknown, index) => (is(name, item) ? [index] : []));
		if (unwanted.length > 0 && unwanted.length === items.length) remove(name);
		// From the end, so that the places of the others stay.
		else for (const index of unwanted.reverse()) remove(name, index);
	}
	return result;
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
): { present: boolean; index: number; last?: Node } | undefined {
	const root = parseObject(text);
	if (!root) return undefined;
	for (let length = 1; length < path.length; length++) {
		const node = findNodeAtLocation(root, path.slice(0, length));
		if (node && node.type !== 'object') return undefined;
	}
	const node = findNodeAtLocation(root, [...path]);
	if (!item) return { present: node !== undefined, index: 0 };
	if (node && node.type !== 'array') return undefined;
	const index = (node?.children ?? []).findIndex((child) => is(getNodeValue(child)));
	const last = node?.children?.at(-1);
	return { present: index >= 0, index, ...(last && { last }) };
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
