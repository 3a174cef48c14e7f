import { lstat, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompletedSession, completedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import { UserError } from '../core/userError.ts';
import { readFileIfExists, sweepLeftovers, writeFileAtomic } from '../files/atomicFile.ts';
import { fileError, hasCode } from '../files/fileError.ts';
import { makePlaceInside, placeInside } from '../files/place.ts';
import { whileBusy } from '../files/whileBusy.ts';
import { type Archive, emptyArchive, formatArchive, parseArchive, putCompleted, sessionsIn } from './archiveFile.ts';
import { NewerVersion, UnreadableText } from './json.ts';
import { type HeldLock, withLock } from './lock.ts';
import { emptyState, type State } from './state.ts';
import { formatState, noteArchived, parseState } from './stateFile.ts';

/** The sessions of one repository, on disk. Every method throws a UserError when the files cannot be used. */
export interface SessionStore {
	/** The live state as it is now. Takes no lock and makes no file; without a file, an empty state. */
	read(): Promise<State>;
	/**
	 * Changes the live state: under the lock, `change` gets the newest state and alters it in place; the state is then written if it
	 * differs, durably, before this returns. When `change` throws, nothing is written. Sessions that it moves to `completed` go into
	 * the archive first. Keep `change` short: no network, no git.
	 */
	update<T>(change: (state: State) => T | Promise<T>): Promise<T>;
	/** The completed sessions, sorted by id. */
	completed(): Promise<CompletedSession[]>;
	findCompleted(id: string): Promise<CompletedSession | undefined>;
}

interface StoreOptions {
	/** How long an update waits for other writers, ms. */
	patienceMs?: number;
	/** ms UTC. */
	now?: () => number;
	/** What puts a text on disk, in one piece. */
	write?: typeof writeFileAtomic;
}

/** A state as it was read, and what it would look like on disk, to see whether it changes. */
interface Loaded {
	state: State;
	/** The text on disk; undefined when there was none that could be read. */
	source: string | undefined;
	before: string;
}

/** Opens the store of the repository whose main work tree is at `mainWorkTree`: linked work trees share it. */
export function openStore(mainWorkTree: string, options: StoreOptions = {}): SessionStore {
	return new FileStore(mainWorkTree, options);
}

class FileStore implements SessionStore {
	readonly #root: string;
	readonly #stateFile: string;
	readonly #archiveFile: string;
	readonly #patience: { patienceMs?: number };
	readonly #now: () => number;
	readonly #write: typeof writeFileAtomic;
	#swept = false;

	constructor(root: string, { patienceMs, now = Date.now, write = writeFileAtomic }: StoreOptions) {
		this.#root = root;
		this.#stateFile = join(root, '.cursor', 'data', 'session_state.json');
		this.#archiveFile = join(root, 'docs', 'metrics', 'auto_pr_sessions.json');
		this.#patience = patienceMs === undefined ? {} : { patienceMs };
		this.#now = now;
		this.#write = write;
	}

	async read(): Promise<State> {
		try {
			const { state } = await this.#load();
			if (state.archiveError) state.problems.push(state.archiveError);
			return state;
		} catch (error) {
			if (!(error instanceof UnreadableText)) throw error;
			return this.#recoverOnRead(error);
		}
	}

	async update<T>(change: (state: State) => T | Promise<T>): Promise<T> {
		return this.#locked(async (lock) => {
			const loaded = await this.#loadOrSetAside();
			const result = await change(loaded.state);
			await this.#save(loaded, lock);
			return result;
		});
	}

	async completed(): Promise<CompletedSession[]> {
		const archive = await this.#loadArchive();
		// Those that could not be archived yet are as completed as the rest.
		for (const session of (await this.read()).completed) putCompleted(archive, completedSession(session));
		return sessionsIn(archive).sessions;
	}

	async findCompleted(id: string): Promise<CompletedSession | undefined> {
		return (await this.completed()).find((session) => session.id === id);
	}

	async #locked<T>(work: (lock: HeldLock) => Promise<T>): Promise<T> {
		const place = await makePlaceInside(this.#stateFile, this.#root);
		return withLock(`${place}.lock`, work, this.#patience);
	}

	/** Throws UnreadableText for a damaged file. */
	async #load(): Promise<Loaded> {
		const source = await readFileIfExists(this.#stateFile, this.#root);
		const state = source === undefined ? emptyState() : understood(this.#stateFile, () => parseState(source));
		return { state, source, before: formatState(state, 0) };
	}

	/** Only under the lock: a damaged file is moved away, and work goes on from an empty state. */
	async #loadOrSetAside(): Promise<Loaded> {
		try {
			return await this.#load();
		} catch (error) {
			if (!(error instanceof UnreadableText)) throw error;
			const from = await this.#setAside();
			const sentence = `${damage(this.#stateFile, error)} It is kept as ${from}, and tracking starts anew.`;
			// Restoring the newest good backup, and what trailers tell, belongs here.
			const state = { ...emptyState(), recovered: { sentence, from } };
			return { state, source: undefined, before: formatState(state, 0) };
		}
	}

	async #recoverOnRead(error: UnreadableText): Promise<State> {
		try {
			return await this.#locked(async () => (await this.#loadOrSetAside()).state);
		} catch (obstacle) {
			if (!(obstacle instanceof UserError)) throw obstacle;
			const sentence = `${damage(this.#stateFile, error)} It could not be moved away: ${obstacle.message}`;
			return { ...emptyState(), recovered: { sentence } };
		}
	}

	/** Moves the state file away, under a name that says when and never replaces another. */
	async #setAside(): Promise<string> {
		const place = await placeInside(this.#stateFile, this.#root);
		const aside = await this.#freeName(place);
		await whileBusy(() => rename(place, aside)).catch((error: unknown) => {
			throw fileError(error, 'write', aside);
		});
		return aside;
	}

	/** Under the lock nobody else takes the name between this look and its use. */
	async #freeName(place: string): Promise<string> {
		const stamp = new Date(this.#now()).toISOString().replace(/[-:.]/g, '');
		for (let n = 1; ; n++) {
			const name = `${place}.unreadable-${stamp}${n === 1 ? '' : `-${n}`}`;
			const taken = await lstat(name).then(
				() => true,
				(error: unknown) => !hasCode(error, 'ENOENT'),
			);
			if (!taken) return name;
		}
	}

	async #save({ state, source, before }: Loaded, lock: HeldLock): Promise<void> {
		if (state.completed.length > 0) await this.#archive(state, lock);
		if (formatState(state, 0) === before) return;
		if (!this.#swept) {
			this.#swept = true;
			await sweepLeftovers(await placeInside(this.#stateFile, this.#root));
			await sweepLeftovers(this.#archiveFile);
		}
		// What was left out on reading would be lost with this write.
		if (source !== undefined && state.problems.length > 0) {
			await this.#write(await this.#freeName(this.#stateFile), source, this.#root);
		}
		lock.assertHeld();
		await this.#write(this.#stateFile, formatState(state, this.#now()), this.#root);
	}

	/**
	 * Moves the completed sessions into the archive. A crash after this leaves them in both files, and the next completion
	 * of the same id changes nothing. An archive that cannot be used (a merge conflict, a read-only folder) does not keep
	 * a session from completing: it waits in the state, which tells the reason.
	 */
	async #archive(state: State, lock: HeldLock): Promise<void> {
		try {
			await this.#putIntoArchive(state.completed, lock);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			state.archiveError = error.message;
			return;
		}
		delete state.archiveError;
		for (const session of state.completed) noteArchived(state, session);
	}

	async #putIntoArchive(sessions: readonly Session[], lock: HeldLock): Promise<void> {
		const archive = await this.#loadArchive();
		const before = orRepair(this.#archiveFile, () => formatArchive(archive));
		for (const session of sessions) putCompleted(archive, completedSession(session));
		const after = formatArchive(archive);
		if (after === before) return;
		lock.assertHeld();
		await this.#write(this.#archiveFile, after, this.#root);
	}

	async #loadArchive(): Promise<Archive> {
		const source = await readFileIfExists(this.#archiveFile, this.#root);
		if (source === undefined) return emptyArchive();
		return orRepair(this.#archiveFile, () => understood(this.#archiveFile, () => parseArchive(source)));
	}
}

/** For a file that is the user's to repair. */
function orRepair<T>(path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof UnreadableText)) throw error;
		throw new UserError(`${damage(path, error)} Repair the file, or move it away to start a new one.`);
	}
}

/** Says of which file a newer version is. */
function understood<T>(path: string, parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		if (!(error instanceof NewerVersion)) throw error;
		throw new UserError(`${path} was left untouched: ${error.message}. Update this one.`);
	}
}

function damage(path: string, { line, message }: UnreadableText): string {
	return `${path}:${line} cannot be read: ${message}.`;
}
