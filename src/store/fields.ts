import { define, isRecord, type JsonRecord } from './json.ts';
import { parseTime } from './time.ts';

/** A field of a record is not what it should be. The message says which, as the end of a sentence about the record. */
export class BadField extends Error {
	override name = 'BadField';
}

/** Largest time that a Date can hold, ms. */
const LATEST_MS = 8.64e15;

export function record(value: unknown, what: string): JsonRecord {
	if (isRecord(value)) return value;
	throw new BadField(`${what} is not an object`);
}

export function list(from: JsonRecord, key: string): unknown[] {
	const value = from[key] ?? [];
	if (Array.isArray(value)) return value;
	throw new BadField(`"${key}" is not a list`);
}

/** Its members that are texts; others are left out. */
export function texts(from: JsonRecord, key: string): string[] {
	return list(from, key).filter((item) => typeof item === 'string');
}

export function text(from: JsonRecord, key: string): string {
	const value = from[key];
	if (typeof value === 'string') return value;
	throw new BadField(`"${key}" is not a text`);
}

export function optionalText(from: JsonRecord, key: string): string | undefined {
	return from[key] === undefined || from[key] === null ? undefined : text(from, key);
}

/** A time in ms UTC; a text without a zone is taken to be in `zone`. */
export function time(from: JsonRecord, key: string, zone?: string): number {
	const at = parseTime(text(from, key), zone);
	if (at !== undefined && Math.abs(at) <= LATEST_MS) return at;
	throw new BadField(`"${key}" is not a time`);
}

/** A whole number from 0 up; `fallback` where there is none. */
export function count(from: JsonRecord, key: string, fallback?: number): number {
	const value = from[key] ?? fallback;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new BadField(`"${key}" is not a whole number`);
}

export function oneOf<T extends string>(from: JsonRecord, key: string, values: readonly T[]): T {
	const value = from[key];
	if (values.includes(value as T)) return value as T;
	throw new BadField(`"${key}" is none of ${values.join(', ')}`);
}

/** The full name of a git object, SHA-1 or SHA-256. */
export function sha(value: unknown, key: string): string {
	if (typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value)) return value;
	throw new BadField(`"${key}" is not a commit name`);
}

export function optionalSha(from: JsonRecord, key: string): string | undefined {
	return from[key] === undefined || from[key] === null ? undefined : sha(from[key], key);
}

/** The object without its undefined members, which exactOptionalPropertyTypes tells from absent ones. */
export function defined<T extends object>(from: { [K in keyof T]: T[K] | undefined }): T {
	const to: Partial<T> = {};
	for (const key in from) if (from[key] !== undefined) to[key] = from[key];
	return to as T;
}

/** The members that are none of `known`: a newer version or another tool wrote them, and they are kept. */
export function unknownMembers(from: JsonRecord, known: ReadonlySet<string>): JsonRecord {
	const unknown: JsonRecord = {};
	// A file has hundreds of records and mostly none of these, so nothing is made for the others.
	for (const key of Object.keys(from)) {
		if (!known.has(key)) define(unknown, key, from[key]);
	}
	return unknown;
}
