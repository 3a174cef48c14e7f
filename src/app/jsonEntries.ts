import {
	applyEdits,
	type FormattingOptions,
	findNodeAtLocation,
	getNodeValue,
	modify,
	type ParseError,
	parseTree,
} from 'jsonc-parser';

/** A value that set-up keeps in somebody else's JSON file. */
export interface JsonEntry {
	path: readonly string[];
	value: unknown;
	/** The value is one item of the list at `path`; else it is the member at `path`. */
	item?: boolean;
}

/** Where a file cannot be read, why; else its text with the entries in it, all else as it was. */
export function withEntries(text: string | undefined, entries: readonly JsonEntry[]): string | undefined {
	let result = text?.trim() ? text : '{}\n';
	for (const entry of entries) {
		const found = look(result, entry);
		if (!found) return undefined;
		if (found.present) continue;
		const path = entry.item ? [...entry.path, -1] : [...entry.path];
		const options = { formattingOptions: formatOf(result), isArrayInsertion: entry.item ?? false };
		// The library makes a list of one where there is none yet.
		const value = entry.item && !found.exists ? [entry.value] : entry.value;
		const edits =
			entry.item && !found.exists
				? modify(result, [...entry.path], value, options)
				: modify(result, path, value, options);
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
		const path = entry.item ? [...entry.path, found.index] : [...entry.path];
		result = applyEdits(result, modify(result, path, undefined, { formattingOptions: formatOf(result) }));
	}
	return result;
}

/** Undefined where the text is no JSON object, or something else stands where the entry belongs. */
function look(
	text: string,
	{ path, value, item }: JsonEntry,
): { exists: boolean; present: boolean; index: number } | undefined {
	const errors: ParseError[] = [];
	const root = parseTree(text, errors, { allowTrailingComma: true });
	if (errors.length > 0 || root?.type !== 'object') return undefined;
	for (let length = 1; length < path.length; length++) {
		const node = findNodeAtLocation(root, path.slice(0, length));
		if (node && node.type !== 'object') return undefined;
	}
	const node = findNodeAtLocation(root, [...path]);
	if (!item) return { exists: node !== undefined, present: node !== undefined, index: 0 };
	if (node && node.type !== 'array') return undefined;
	const index = (node?.children ?? []).findIndex((child) => same(getNodeValue(child), value));
	return { exists: node !== undefined, present: index >= 0, index };
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
