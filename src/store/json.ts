import { jsonErrorOffset } from './jsonError.ts';

/** A text that is not what it should be; `line` counts from 1. */
export class UnreadableText extends Error {
	override name = 'UnreadableText';
	readonly line: number;

	/** `reason` is the end of a sentence that begins with the file and line. */
	constructor(reason: string, line = 1) {
		super(reason);
		this.line = line;
	}
}

/** A text in which git left the marks of a merge conflict: the user's to settle, or the merge driver's. */
export class MergeConflict extends UnreadableText {
	override name = 'MergeConflict';

	constructor(line: number) {
		super('a merge conflict is not resolved', line);
	}
}

/** A file that a newer version of ours wrote, in a way that this one does not know: it must be left as it is. */
export class NewerVersion extends Error {
	override name = 'NewerVersion';

	constructor(version: string) {
		super(`it is of version ${version}, which a newer Auto-PR Sessions wrote`);
	}
}

/** A JSON object whose fields are still to be checked. */
export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives an object a member as JSON.parse does: one called `__proto__` is like any other. */
export function define(into: JsonRecord, key: string, value: unknown): void {
	Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Parses a file of ours, which is one JSON object. Throws UnreadableText with the line where it goes wrong. */
export function parseJsonObject(text: string): JsonRecord {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$/m.exec(text);
		if (marker) throw new MergeConflict(lineAt(text, marker.index));
		if (text.trim() === '') throw new UnreadableText('the file is empty');
		const offset = jsonErrorOffset(text);
		const where = offset >= text.trimEnd().length ? 'the text ends too early' : 'this is not JSON';
		throw new UnreadableText(where, lineAt(text, offset));
	}
	if (!isRecord(value)) throw new UnreadableText('this is JSON, but not an object');
	return value;
}

/**
 * Writes an object with its members on lines of their own, and the members of those too, so that a change of
 * one entry is a change of one line. Throws UnreadableText when something in it is nested too deeply to be written.
 */
export function formatJson(value: JsonRecord): string {
	try {
		return `${formatLines(value, 2, '')}\n`;
	} catch (error) {
		if (error instanceof RangeError) throw new UnreadableText('something in it is nested too deeply');
		throw error;
	}
}

function formatLines(value: unknown, levels: number, indent: string): string {
	const deeper = `${indent}  `;
	if (levels > 0 && Array.isArray(value) && value.length > 0) {
		const items = value.map((item) => `${deeper}${formatLines(item, levels - 1, deeper)}`);
		return `[\n${items.join(',\n')}\n${indent}]`;
	}
	if (levels > 0 && isRecord(value)) {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.map(([key, member]) => `${deeper}${JSON.stringify(key)}: ${formatLines(member, levels - 1, deeper)}`);
		if (members.length > 0) return `{\n${members.join(',\n')}\n${indent}}`;
	}
	return JSON.stringify(value);
}

function lineAt(text: string, offset: number): number {
	let line = 1;
	for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
	return line;
}
