import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../core/commit.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { stampOf } from '../files/setAside.ts';
import { isRecord } from './json.ts';
import { noteFolderIn } from './layout.ts';

/** An activity that could not wait for the lock: left beside the state, and taken in with the next change. */
export interface ActivityNote {
	author: Person;
	/** ms UTC. */
	at: number;
	/** Absolute path. */
	workingCopy: string;
	/** It begins a session where none is open. */
	starts: boolean;
	agent?: string;
}

/** Notes that were read, with their files. */
export interface Notes {
	notes: ActivityNote[];
	files: string[];
}

/** Leaves a note. Needs no lock: every note has a file of its own. */
export async function leaveNote(root: string, note: ActivityNote): Promise<void> {
	const name = `${stampOf(note.at)}-${randomBytes(4).toString('hex')}.json`;
	await writeFileAtomic(join(noteFolderIn(root), name), `${JSON.stringify(note)}\n`, root);
}

/** The notes that wait, oldest first. One that makes no sense is given back only as a file, to be removed. */
export async function readNotes(root: string): Promise<Notes> {
	const folder = noteFolderIn(root);
	const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
	const files = names.map((name) => join(folder, name));
	const texts = await Promise.all(files.map((file) => readFileIfExists(file, root)));
	return { notes: texts.flatMap((text) => parseNote(text) ?? []), files };
}

export async function removeNotes(files: readonly string[]): Promise<void> {
	for (const file of files) await rm(file, { force: true });
}

function parseNote(text: string | undefined): ActivityNote | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
	if (!isRecord(value) || !isRecord(value.author)) return undefined;
	const { author, at, workingCopy, starts, agent } = value;
	const { name, email } = author as { name?: unknown; email?: unknown };
	if (typeof name !== 'string' || !Number.isSafeInteger(at) || typeof workingCopy !== 'string') return undefined;
	return {
		author: typeof email === 'string' ? { name, email } : { name },
		at: at as number,
		workingCopy,
		starts: starts === true,
		...(typeof agent === 'string' && { agent }),
	};
}
