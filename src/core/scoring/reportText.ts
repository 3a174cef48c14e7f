import { UserError } from '../userError.ts';

/** A JSON object whose members are unknown. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is a list; an empty one where it is missing or something else. */
export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A member that is an object; an empty one where it is missing or something else. */
export function objectOf(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** A member that is a text; an empty one where it is missing or something else, which even `String` may refuse. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A count as reports write it: a whole number from 0. */
export function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Reads a report's JSON. Throws a UserError that names the file where it is no JSON object. */
export function parseJsonObject(text: string, name: string): JsonObject {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new UserError(`${name} is not complete JSON; run the tool that writes it again.`);
	}
	if (!isObject(value)) throw new UserError(`${name} holds JSON, but not an object; check that it is the right file.`);
	return value;
}

/** Without the byte order mark that Windows tools put in front. */
export function withoutBom(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
