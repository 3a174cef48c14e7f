import path from 'node:path';
import type { CompletedSession } from '../core/completedSession.ts';
import { sameRecord, type Told, takeOver } from '../core/takeOver.ts';
import { UserError } from '../core/userError.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { type JsonRecord, UnreadableText } from '../store/json.ts';
import { type OlderSessions, readOlderFile } from '../store/olderFiles.ts';
import { isZone } from '../store/time.ts';
import type { Workspace } from './workspace.ts';

/** The files in which the older system keeps sessions, in a repository. */
const ARCHIVE = 'docs/metrics/auto_pr_sessions.json';
const STATE = '.cursor/data/session_state.json';
const OLDER_FILES = [ARCHIVE, STATE, '.cursor/.session_id'];

const MINUTE = 60_000;

/** A file to import. */
export interface OlderText {
	/** Its path, as the user knows it. */
	name: string;
	text: string;
}

/** What came of an import, in session ids. */
export interface Imported {
	/** New here. */
	added: string[];
	/** Known here; something was put right or added. */
	updated: string[];
	/** Known here, and left as they are. */
	known: string[];
	/** Still running in the older system: not taken over yet. */
	running: string[];
	/** How many of all these have times that name no zone. */
	withoutZone: number;
	/** What was left out and why, each a sentence. */
	dropped: string[];
}

/** The files of the older system that this repository has. */
export async function findOlderFiles({ location }: Workspace): Promise<OlderText[]> {
	const texts = await Promise.all(
		OLDER_FILES.map(async (name) => {
			const text = await readFileIfExists(path.join(location.mainWorkTree, ...name.split('/')), location.mainWorkTree);
			return text === undefined ? [] : [{ name, text }];
		}),
	);
	return texts.flat();
}

/** Whether the older system wrote one of them last: our state has another version, and our archive no time of its last change. */
export async function hasOlderFiles(workspace: Workspace): Promise<boolean> {
	const found = await findOlderFiles(workspace);
	return found.some(
		({ name, text }) =>
			(name === ARCHIVE && text.includes('"last_updated"')) || (name === STATE && /"version":\s*"1\.0"/.test(text)),
	);
}

/**
 * Takes over the sessions of the older system's files. Run again, it changes nothing. A session that is not completed there is taken
 * over as orphaned once it is idle past the timeout; a running one waits.
 * @param zone Of times that name none, an IANA name.
 * @throws UserError for a zone that does not exist, or a file in which nothing can be read; nothing is changed then.
 */
export async function importOlder(workspace: Workspace, files: readonly OlderText[], zone = 'UTC'): Promise<Imported> {
	if (!isZone(zone)) throw new UserError(`--zone takes the name of a time zone as Europe/Berlin, not "${zone}".`);
	const read = files.map((file) => readBoth(file, zone));
	const result: Imported = { added: [], updated: [], known: [], running: [], withoutZone: 0, dropped: [] };
	result.withoutZone = new Set(read.flatMap(({ withoutZone }) => withoutZone)).size;
	result.dropped = read.flatMap(({ name, dropped }) => dropped.map((sentence) => `${name}: ${sentence}`));
	const told = await whatIsOver(workspace, read, result);
	const { known, untouchable } = await knownHere(workspace);
	const changed = new Map<string, CompletedSession>();
	for (const one of told) {
		const { id } = one.session;
		if (untouchable.has(id)) continue;
		const before = changed.get(id) ?? known.get(id);
		const after = takeOver(before, one);
		if (!before || !sameRecord(before, after)) changed.set(id, after);
	}
	for (const id of new Set(told.map(({ session }) => session.id))) {
		(untouchable.has(id) || !changed.has(id) ? result.known : known.has(id) ? result.updated : result.added).push(id);
	}
	if (changed.size > 0) {
		await workspace.hideFiles();
		await workspace.store.archive([...changed.values()], othersOf(read));
	}
	return result;
}

interface Read extends Omit<OlderSessions, 'completed' | 'open'> {
	name: string;
	completed: Told[];
	open: Told[];
	/** Ids. */
	withoutZone: string[];
}

function readBoth({ name, text }: OlderText, zone: string): Read {
	try {
		const inZone = readOlderFile(text, zone);
		const inUtc = byId(readOlderFile(text, 'UTC'));
		// Only a time without a zone reads otherwise in another one.
		const elsewhere = byId(readOlderFile(text, 'Etc/GMT+1'));
		const both = (session: CompletedSession) => ({ session, inUtc: inUtc.get(session.id) ?? session });
		const moved = [...inUtc].filter(([id, { startedAt }]) => elsewhere.get(id)?.startedAt !== startedAt);
		return {
			...inZone,
			name,
			completed: inZone.completed.map(both),
			open: inZone.open.map(both),
			withoutZone: moved.map(([id]) => id),
		};
	} catch (error) {
		if (!(error instanceof UnreadableText)) throw error;
		throw new UserError(`${name}:${error.line} cannot be imported: ${error.message}.`);
	}
}

function byId({ completed, open }: OlderSessions): Map<string, CompletedSession> {
	return new Map([...open, ...completed].map((session) => [session.id, session]));
}

/** What is over, the best told first: what knows when a session completed, before what only knows when it was last seen. */
async function whatIsOver(workspace: Workspace, read: readonly Read[], result: Imported): Promise<Told[]> {
	const { configuration } = await workspace.settle();
	const runningSince = workspace.host.now() - configuration.timeout_minutes * MINUTE;
	const completed = read.flatMap((file) => file.completed);
	const open = read.flatMap((file) => file.open).sort((a, b) => b.session.lastActivityAt - a.session.lastActivityAt);
	const over = new Set(completed.map(({ session }) => session.id));
	const running = new Set<string>();
	for (const { session } of open) {
		if (!over.has(session.id) && session.lastActivityAt >= runningSince) running.add(session.id);
	}
	result.running = [...running];
	return [...completed, ...open].filter(({ session }) => !running.has(session.id));
}

async function knownHere({ store }: Workspace) {
	const [completed, { sessions }] = [await store.completed(), await store.read()];
	return {
		known: new Map(completed.map((session) => [session.id, session])),
		/** Tracked by this system at this moment: it knows better. */
		untouchable: new Set(sessions.map(({ id }) => id)),
	};
}

function othersOf(read: readonly Read[]): Map<string, JsonRecord> {
	return new Map(read.toReversed().flatMap(({ others }) => [...others]));
}
