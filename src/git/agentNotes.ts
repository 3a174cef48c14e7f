import { readdirSync } from 'node:fs';
import { mkdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentNote, nameOfNote, noteOfName } from '../core/agentHooks.ts';
import { hasCode } from '../files/fileError.ts';
import type { Location } from './location.ts';

/** A note that an agent's hook left, and when, ms UTC. */
export interface DatedNote extends AgentNote {
	at: number;
}

/** The folder in which the hooks of this working copy leave their notes. It exists once somebody opened it. */
export function agentNotesFolder({ gitDir }: Location): string {
	return join(gitDir, 'auto-pr', 'agents');
}

/** Makes the folder: from now on the hooks leave notes. */
export async function openAgentNotes(location: Location): Promise<void> {
	await mkdir(agentNotesFolder(location), { recursive: true });
}

/** Leaves a note as the hook does, and makes the folder if need be. */
export async function leaveAgentNote(location: Location, note: AgentNote): Promise<void> {
	await openAgentNotes(location);
	await writeFile(join(agentNotesFolder(location), nameOfNote(note)), '\n');
}

/** Whether there are notes to take. */
export function hasAgentNotes(location: Location): boolean {
	return list(location).some((name) => noteOfName(name));
}

/** Takes the notes away, oldest first: each is given to one taker, however many ask. */
export async function takeAgentNotes(location: Location): Promise<DatedNote[]> {
	const taken = await Promise.all(list(location).map((name) => take(location, name)));
	return taken.filter((note) => note !== undefined).sort((a, b) => a.at - b.at);
}

async function take(location: Location, name: string): Promise<DatedNote | undefined> {
	const note = noteOfName(name);
	if (!note) return undefined;
	const file = join(agentNotesFolder(location), name);
	try {
		const { mtimeMs } = await stat(file);
		await unlink(file);
		return { ...note, at: Math.floor(mtimeMs) };
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/** In one go: a wait for a thread would take a short run longer than the call. */
function list(location: Location): string[] {
	try {
		return readdirSync(agentNotesFolder(location));
	} catch (error) {
		if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
		throw error;
	}
}
