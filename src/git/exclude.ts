import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/userError.ts';
import { writeFileAtomic } from '../files/atomicFile.ts';
import type { Location } from './location.ts';

const HEADING = '# Auto-PR Sessions';

/**
 * Makes git overlook what the patterns name, in this repository alone and without a tracked file: adds them to
 * `info/exclude` under our heading. What stands there already is not added again; all else stays byte for byte.
 */
export async function exclude(location: Location, patterns: readonly string[]): Promise<void> {
	const broken = patterns.find((pattern) => /[\r\n]/.test(pattern) || pattern === '');
	if (broken !== undefined) {
		throw new UserError(`The exclude pattern ${JSON.stringify(broken)} is not one line: give one path a line.`);
	}
	const lines = await readLines(location);
	const present = new Set(lines.map(bare));
	const missing = [...new Set(patterns.map(toBytes))].filter((pattern) => !present.has(pattern));
	if (missing.length === 0) return;
	const eol = lines.some((line) => line.endsWith('\r\n')) ? '\r\n' : '\n';
	const ours = section(lines);
	if (ours.start < 0) {
		const last = lines.at(-1);
		if (last !== undefined && !last.endsWith('\n')) lines[lines.length - 1] = last + eol;
		lines.push(...[HEADING, ...missing].map((line) => line + eol));
	} else {
		if (!lines[ours.end - 1]!.endsWith('\n')) lines[ours.end - 1] += eol;
		lines.splice(ours.end, 0, ...missing.map((line) => line + eol));
	}
	await writeLines(location, lines);
}

/** Takes the patterns out again, those under our heading alone, and the heading with the last of them. */
export async function unexclude(location: Location, patterns: readonly string[]): Promise<void> {
	const lines = await readLines(location);
	const { start, end } = section(lines);
	if (start < 0) return;
	const unwanted = new Set(patterns.map(toBytes));
	const kept = lines.slice(start + 1, end).filter((line) => !unwanted.has(bare(line)));
	if (kept.length === end - start - 1) return;
	lines.splice(start, end - start, ...(kept.length > 0 ? [lines[start]!, ...kept] : []));
	await writeLines(location, lines);
}

/** Our heading and the lines under it, up to a blank line, another comment or the end. `start` is -1 without one. */
function section(lines: readonly string[]): { start: number; end: number } {
	const start = lines.findIndex((line) => bare(line) === HEADING);
	const length = lines.slice(start + 1).findIndex((line) => bare(line) === '' || line.startsWith('#'));
	return { start, end: length < 0 ? lines.length : start + 1 + length };
}

function bare(line: string): string {
	return line.replace(/\r?\n$/, '');
}

/** Lines are held as latin1, one character a byte, so that any bytes survive. */
function toBytes(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

function fileOf(location: Location): string {
	return join(location.commonDir, 'info', 'exclude');
}

async function readLines(location: Location): Promise<string[]> {
	try {
		return (await readFile(fileOf(location), 'latin1')).match(/[^\n]*\n|[^\n]+$/g) ?? [];
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

function writeLines(location: Location, lines: readonly string[]): Promise<void> {
	return writeFileAtomic(fileOf(location), Buffer.from(lines.join(''), 'latin1'), location.commonDir);
}
