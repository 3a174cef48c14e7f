import { type Node, parseTree } from 'jsonc-parser';
import { define, isRecord, type JsonRecord, parseJsonObject, UnreadableText } from './json.ts';

/** What could be read of a file, and a sentence for each thing that could not. */
interface Salvaged {
	file: JsonRecord;
	problems: string[];
}

const CONFLICT_MARK = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$/gm;

/**
 * Reads a JSON object of which a part may be damaged: cut short, conflict-marked, garbage between. Of a damaged member the
 * items that are whole are kept. Throws UnreadableText where nothing can be.
 */
export function parseInPart(text: string): Salvaged {
	try {
		return { file: parseJsonObject(text), problems: [] };
	} catch (error) {
		if (!(error instanceof UnreadableText)) throw error;
		return salvage(text.replace(CONFLICT_MARK, ''), error);
	}
}

function salvage(text: string, damage: UnreadableText): Salvaged {
	const root = treeOf(text);
	if (root?.type !== 'object') throw damage;
	const problems = [`Line ${damage.line}: ${damage.message}, so only what is whole was read.`];
	const file: JsonRecord = {};
	for (const property of root.children ?? []) {
		const [key, value] = property.children ?? [];
		if (typeof key?.value !== 'string' || !value) continue;
		const name = key.value;
		const whole = wholeOf(text, value);
		if (whole) define(file, name, whole.value);
		else if (value.type === 'array') define(file, name, wholeItems(text, name, value, problems));
		else if (value.type === 'object') define(file, name, wholeMembers(text, name, value, problems));
		else problems.push(`"${name}" was left out: it is damaged.`);
	}
	if (Object.keys(file).length === 0) throw damage;
	return { file, problems };
}

function treeOf(text: string): Node | undefined {
	try {
		return parseTree(text, [], { disallowComments: true });
	} catch (error) {
		if (error instanceof RangeError) throw new UnreadableText('something in it is nested too deeply');
		throw error;
	}
}

function wholeItems(text: string, name: string, list: Node, problems: string[]): unknown[] {
	return (list.children ?? []).flatMap((item, index) => {
		const whole = wholeOf(text, item);
		if (!whole) problems.push(`Entry ${index + 1} of "${name}" was left out: it is damaged.`);
		return whole ? [whole.value] : [];
	});
}

function wholeMembers(text: string, name: string, object: Node, problems: string[]): JsonRecord {
	const members: JsonRecord = {};
	for (const { children: [key, value] = [] } of object.children ?? []) {
		const whole = value && wholeOf(text, value);
		if (whole) define(members, String(key?.value), whole.value);
		else problems.push(`"${String(key?.value)}" in "${name}" was left out: it is damaged.`);
	}
	return members;
}

/** A part is whole when it is JSON by itself: one that was cut short lacks its end. */
function wholeOf(text: string, { offset, length }: Node): { value: unknown } | undefined {
	try {
		return { value: JSON.parse(text.slice(offset, offset + length)) };
	} catch {
		return undefined;
	}
}

/** The object at a key of another; empty where there is none. `problems` hears of a value of another type. */
export function objectAt(file: JsonRecord, key: string, problems: string[]): JsonRecord {
	const value = file[key] ?? {};
	if (isRecord(value)) return value;
	problems.push(`"${key}" was left out: it is not an object.`);
	return {};
}
