import { isBackupDue } from '../core/backupRotation.ts';
import { type CompletedSession, completedSession } from '../core/completedSession.ts';
import { UserError } from '../core/userError.ts';
import { readFileIfExists, sweepLeftovers, syncInPlace, writeFileAtomic } from '../files/atomicFile.ts';
import { makePlaceInside, placeInside } from '../files/place.ts';
import { keepCopy } from '../files/setAside.ts';
import { ArchiveFolder } from './archiveFolder.ts';
import type { Backup, BackupReason } from './backups.ts';
import { damageOf, orRepair, understood } from './damage.ts';
import { HeldChanges, type Trouble } from './heldChanges.ts';
import { type JsonRecord, MergeConflict, UnreadableText } from './json.ts';
import { ARCHIVE_NAME, type ArchiveHome, archivePathOf, STATE_PATH, stateFileIn } from './layout.ts';
import type { HeldLock } from './lock.ts';
import type { Replacement, Safekeeping } from './safekeeping.ts';
import { emptyState, type State } from './state.ts';
import { atTime, formatState, noteArchived, parseState } from './stateFile.ts';

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
	/** The newest `most` completed sessions, newest first: costs the same however many there are. */
	newest(most: number): Promise<CompletedSession[]>;
	findCompleted(id: string): Promise<CompletedSession | undefined>;
	/**
	 * Adds completed sessions, or brings their records up to date, past the live state. `others`: members of their records that only
	 * others know, by session id.
	 */
	archive(sessions: readonly CompletedSession[], others?: ReadonlyMap<string, JsonRecord>): Promise<void>;
	/** Keeps a copy of the files; undefined when they did not change since the newest one. */
	backUp(why: BackupReason): Promise<Backup | undefined>;
	/** Whether the newest backup is older than an hour. */
	isBackupDue(): Promise<boolean>;
	/** Newest first. */
	backups(): Promise<Backup[]>;
	/** The texts that a backup holds, by path; `undefined`: those that are there now. */
	textsOf(name: string | undefined): Promise<Map<string, string>>;
	/**
	 * Removes the files of the years before `year`, which hold completed sessions alone, after a backup that keeps them for a
	 * week. Returns the years.
	 */
	forgetBefore(year: number): Promise<number[]>;
	/** Puts a backup's files in place. `undo` is the backup of what was there. */
	restore(name: string): Promise<{ restored: Backup; undo?: Backup }>;
}

interface StoreOptions {
	/** How long an update waits for other writers, ms. */
	patienceMs?: number;
	/** ms UTC. */
	now?: () => number;
	/** What puts a text on disk, in one piece. */
	write?: typeof writeFileAtomic;
	/** Where completed sessions go: asked each time, since a team may begin to track the shared file. */
	archiveHome?: () => Promise<ArchiveHome>;
	/**
	 * For processes that stay: nothing in them waits while the disk works, and where it refuses (full, read-only) tracking goes on in memory,
	 * and is written with the first update that succeeds. Gets a sentence when that begins, and undefined when all is on disk again.
	 */
	onTrouble?: Trouble;
}

/** A state as it was read, and what it would look like on disk, to see whether it changes. */
interface Loaded {
	state: State;
	/** The text on disk; undefined when there was none that could be read. */
	source: string | undefined;
	/** When it was read, ms UTC: what `before` and the new text give as their time. */
	at: number;
	before: string;
}

/** How many completed sessions are looked at to see which of a backup's are over by now. */
const LOOKED_BACK = 500;

/** Opens the store of the repository whose main work tree is at `mainWorkTree`: linked work trees share it. */
export function openStore(mainWorkTree: string, options: StoreOptions = {}): SessionStore {
	return new FileStore(mainWorkTree, options);
}

class FileStore implements SessionStore {
	readonly #root: string;
	readonly #stateFile: string;
	readonly #archive: ArchiveFolder;
	#safekeeping: Promise<Safekeeping> | undefined;
	readonly #patienceMs: number | undefined;
	readonly #now: () => number;
	readonly #write: typeof writeFileAtomic;
	readonly #archiveHome: () => Promise<ArchiveHome>;
	readonly #held: HeldChanges;
	/** The text that this store wrote last: while it is still there, it need not be formatted to see what would change. */
	#written: string | undefined;
	#swept = false;
	#yearsProblem: string | undefined;

	constructor(root: string, options: StoreOptions) {
		this.#root = root;
		this.#stateFile = stateFileIn(root);
		this.#patienceMs = options.patienceMs;
		this.#now = options.now ?? Date.now;
		this.#write = options.write ?? (options.onTrouble ? writeFileAtomic : writeInPlace);
		this.#archiveHome = options.archiveHome ?? (async () => 'shared');
		this.#held = new HeldChanges(options.onTrouble);
		this.#archive = new ArchiveFolder(root, this.#write);
	}

	async read(): Promise<State> {
		try {
			const { state } = this.#held.joinedTo(await this.#read());
			if (state.archiveError) state.problems.push(state.archiveError);
			if (this.#yearsProblem) state.problems.push(this.#yearsProblem);
			return state;
		} catch (error) {
			if (!(error instanceof UnreadableText)) throw error;
			return this.#recoverOnRead(error);
		}
	}

	async update<T>(change: (state: State) => T | Promise<T>): Promise<T> {
		let begun = false;
		const once = (state: State) => {
			begun = true;
			return change(state);
		};
		try {
			return await this.#locked((lock) => this.#changeOnDisk(once, lock));
		} catch (error) {
			// Not even the lock could be made.
			if (begun || !this.#held.goesOnAfter(error)) throw error;
			return await this.#changeInMemory(change, error);
		}
	}

	async completed(): Promise<CompletedSession[]> {
		return this.#readArchive((waiting) => this.#archive.all(waiting));
	}

	async newest(most: number): Promise<CompletedSession[]> {
		const found = await this.#readArchive((waiting) => this.#archive.newest(most, waiting));
		return found.sort((a, b) => b.completedAt - a.completedAt).slice(0, most);
	}

	async findCompleted(id: string): Promise<CompletedSession | undefined> {
		return this.#readArchive((waiting) => this.#archive.find(id, waiting));
	}

	async archive(sessions: readonly CompletedSession[], others?: ReadonlyMap<string, JsonRecord>): Promise<void> {
		if (sessions.length === 0) return;
		await this.#locked(async (lock) => {
			const home = await this.#archiveHome();
			const put = () => this.#archive.put(home, sessions, () => lock.assertHeld(), others);
			await orRepair(this.#archive.mainFile(home), put);
		});
	}

	async backUp(why: BackupReason): Promise<Backup | undefined> {
		await this.#mendIfDamaged();
		return this.#locked(async () => (await this.#keeper()).backUp(why, this.#now()));
	}

	async isBackupDue(): Promise<boolean> {
		return isBackupDue(await (await this.#keeper()).backups.newestAt(), this.#now());
	}

	async backups(): Promise<Backup[]> {
		return (await this.#keeper()).backups.list();
	}

	async textsOf(name: string | undefined): Promise<Map<string, string>> {
		const keeper = await this.#keeper();
		return name === undefined ? keeper.currentTexts() : keeper.textsOf(await keeper.backup(name));
	}

	async forgetBefore(year: number): Promise<number[]> {
		return this.#locked(async () => {
			if (!(await this.#archive.hasYearsBefore(year))) return [];
			await (await this.#keeper()).backUp('before a clean-up', this.#now());
			return this.#archive.forgetBefore(year);
		});
	}

	async restore(name: string): Promise<{ restored: Backup; undo?: Backup }> {
		// What is damaged could not be put back: mended first, the restore can be undone.
		await this.completed().catch((error: unknown) => {
			if (!(error instanceof UserError)) throw error;
		});
		return this.#locked(async () => (await this.#keeper()).restore(name, this.#now()));
	}

	/** Like the lock, loaded when first needed: most runs of the command line only read. */
	#keeper(): Promise<Safekeeping> {
		this.#safekeeping ??= import('./safekeeping.ts').then(
			({ Safekeeping }) => new Safekeeping(this.#root, this.#write),
		);
		return this.#safekeeping;
	}

	async #locked<T>(work: (lock: HeldLock) => Promise<T>): Promise<T> {
		const place = await makePlaceInside(this.#stateFile, this.#root);
		const patienceMs = this.#patienceMs;
		const { withLock } = await import('./lock.ts');
		return withLock(`${place}.lock`, work, patienceMs === undefined ? {} : { patienceMs });
	}

	async #changeOnDisk<T>(change: (state: State) => T | Promise<T>, lock: HeldLock): Promise<T> {
		const loaded = this.#held.joinedTo(await this.#loadOrRecover());
		const result = await change(loaded.state);
		try {
			await this.#save(loaded, lock);
		} catch (error) {
			if (!this.#held.goesOnAfter(error)) throw error;
			this.#held.hold(loaded, error, this.#now());
			return result;
		}
		this.#held.letGo();
		return result;
	}

	/** Throws UnreadableText for a damaged file. */
	async #read(): Promise<Pick<Loaded, 'state' | 'source'>> {
		const source = await readFileIfExists(this.#stateFile, this.#root);
		const state = source === undefined ? emptyState() : understood(this.#stateFile, () => parseState(source));
		return { state, source };
	}

	/** The same, to be changed. */
	async #load(): Promise<Loaded> {
		const { state, source } = await this.#read();
		const at = this.#now();
		const isOurs = source !== undefined && source === this.#written;
		return { state, source, at, before: isOurs ? atTime(source, at) : formatState(state, at) };
	}

	/** Only under the lock: a damaged file is moved away, and the newest good backup takes its place. */
	async #loadOrRecover(): Promise<Loaded> {
		try {
			return await this.#load();
		} catch (error) {
			if (!(error instanceof UnreadableText)) throw error;
			const replacement = await (await this.#keeper()).replaceDamaged(STATE_PATH, error, this.#now());
			const state = replacement.text === undefined ? emptyState() : parseState(replacement.text);
			await this.#letGoOfWhatIsOver(state);
			noteRecovery(state, replacement, this.#now());
			return { state, source: undefined, at: this.#now(), before: '' };
		}
	}

	/** What a backup calls open may have completed since. What happened since is found in history, not in reflogs. */
	async #letGoOfWhatIsOver(state: State): Promise<void> {
		for (const [path, { reflog, ...copy }] of state.workingCopies) state.workingCopies.set(path, copy);
		// A damaged archive is found when it is needed.
		const archived = await this.#archive.newest(LOOKED_BACK).catch(() => []);
		const over = new Set(archived.map(({ id }) => id));
		state.sessions = state.sessions.filter(({ id }) => !over.has(id));
		state.completed = state.completed.filter(({ id }) => !over.has(id));
	}

	async #recoverOnRead(error: UnreadableText): Promise<State> {
		try {
			return await this.#locked(async (lock) => {
				const loaded = await this.#loadOrRecover();
				await this.#save(loaded, lock);
				return loaded.state;
			});
		} catch (obstacle) {
			if (!(obstacle instanceof UserError)) throw obstacle;
			const sentence = `${damageOf(this.#stateFile, error)} It could not be moved away: ${obstacle.message}`;
			return { ...emptyState(), problems: [sentence] };
		}
	}

	async #save({ state, source, at, before }: Loaded, lock: HeldLock): Promise<void> {
		if (state.completed.length > 0) await this.#archiveCompleted(state, lock);
		const text = formatState(state, at);
		if (text === before) return;
		if (!this.#swept) {
			this.#swept = true;
			await sweepLeftovers(await placeInside(this.#stateFile, this.#root));
			await this.#archive.sweep();
		}
		if (source !== undefined) await this.#keepOld(state);
		lock.assertHeld();
		await this.#write(this.#stateFile, text, this.#root);
		this.#written = text;
		delete state.carried.olderVersion;
	}

	/** What was left out on reading would be lost with this write, and so might what an older version meant. */
	async #keepOld(state: State): Promise<void> {
		const { olderVersion } = state.carried;
		const why = state.problems.length > 0 ? 'unreadable' : olderVersion !== undefined ? 'older-version' : undefined;
		if (why) await keepCopy(this.#stateFile, this.#root, why, this.#now());
	}

	/**
	 * Moves the completed sessions into the archive. A crash after this leaves them in both files, and the next completion
	 * of the same id changes nothing. An archive that cannot be used (a merge conflict, a read-only folder) does not keep
	 * a session from completing: it waits in the state, which tells the reason.
	 */
	async #archiveCompleted(state: State, lock: HeldLock): Promise<void> {
		try {
			await this.#putIntoArchive(state, lock);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			state.archiveError = error.message;
			return;
		}
		delete state.archiveError;
		for (const session of state.completed) noteArchived(state, session);
	}

	async #putIntoArchive(state: State, lock: HeldLock): Promise<void> {
		const home = await this.#archiveHome();
		const sessions = state.completed.map(completedSession);
		const put = () => this.#archive.put(home, sessions, () => lock.assertHeld());
		try {
			await put();
		} catch (error) {
			if (!isOursToMend(error)) return orRepair(this.#archive.mainFile(home), () => Promise.reject(error));
			await this.#mendArchive(home, error, state);
			await orRepair(this.#archive.mainFile(home), put);
		}
	}

	async #mendArchive(home: ArchiveHome, error: UnreadableText, state: State): Promise<void> {
		const path = archivePathOf(home, ARCHIVE_NAME);
		const replacement = await (await this.#keeper()).replaceDamaged(path, error, this.#now());
		if (replacement.text !== undefined) await this.#archive.replaceMain(home, replacement.text);
		noteRecovery(state, replacement, this.#now());
	}

	/** Reads the archive, with the sessions that could not be put there yet: these are as completed as the rest. */
	async #readArchive<T>(read: (waiting: CompletedSession[]) => Promise<T>): Promise<T> {
		const waiting = async () => (await this.read()).completed.map(completedSession);
		try {
			const found = await read(await waiting());
			return (await this.#mendsYears()) ? await read(await waiting()) : found;
		} catch (error) {
			if (!(error instanceof UnreadableText)) throw error;
			await this.#mendIfDamaged();
			return orRepair(this.#archive.mainFile(await this.#archiveHome()), async () => read(await waiting()));
		}
	}

	/**
	 * Mends the years' files of which lines were seen to be damaged. Where that cannot be (a read-only folder), the whole lines count
	 * all the same, and whoever reads the state is told.
	 */
	async #mendsYears(): Promise<boolean> {
		const { damagedYears } = this.#archive;
		if (damagedYears.size === 0) return false;
		const paths = [...damagedYears];
		damagedYears.clear();
		let mended = false;
		try {
			await this.update(async (state) => {
				const keeper = await this.#keeper();
				for (const path of paths) {
					const replacement = await keeper.mendYear(path, this.#now());
					if (replacement) noteRecovery(state, replacement, this.#now());
					mended ||= replacement !== undefined;
				}
			});
			this.#yearsProblem = undefined;
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			this.#yearsProblem = `Lines of ${paths.join(' and ')} cannot be read, and were left where they are: ${error.message}`;
		}
		return mended;
	}

	/** Replaces the files of the archive, and of the state, that are damaged. */
	async #mendIfDamaged(): Promise<void> {
		await this.update(async (state) => {
			for (const home of ['shared', 'private'] as const) {
				await this.#archive.readMain(home).catch((error: unknown) => {
					if (!(error instanceof UnreadableText)) throw error;
					// A conflict is the user's, and waits.
					if (isOursToMend(error)) return this.#mendArchive(home, error, state);
					return undefined;
				});
			}
		});
	}

	async #changeInMemory<T>(change: (state: State) => T | Promise<T>, error: unknown): Promise<T> {
		const onDisk = await this.#load().catch(() => ({
			state: emptyState(),
			source: undefined,
			at: this.#now(),
			before: '',
		}));
		const loaded = this.#held.joinedTo(onDisk);
		const result = await change(loaded.state);
		this.#held.hold(loaded, error, this.#now());
		return result;
	}
}

/** In a process that has nothing else to do. */
const writeInPlace: typeof writeFileAtomic = (path, content, within, mode) =>
	writeFileAtomic(path, content, within, mode, syncInPlace);

/** Damage that nobody is about to repair by hand. */
function isOursToMend(error: unknown): error is UnreadableText {
	return error instanceof UnreadableText && !(error instanceof MergeConflict);
}

/** Notes what was replaced, for the user and for whoever looks in history for what is still missing. */
function noteRecovery(state: State, { sentence, since }: Replacement, at: number): void {
	const before = state.recovery;
	const sinces = before ? [before.since, since] : [since];
	const known = sinces.filter((it) => it !== undefined);
	state.recovery = {
		at,
		sentence: before ? `${before.sentence} ${sentence}` : sentence,
		...(known.length === sinces.length && { since: Math.min(...known) }),
		complete: false,
	};
}
