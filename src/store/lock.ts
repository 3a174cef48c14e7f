import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from '../files/fileError.ts';
import { sleepUntilChanged } from '../files/sleepUntilChanged.ts';
import { whileBusy } from '../files/whileBusy.ts';
import { type Claim, isAbandoned, makeClaim, readClaim, removeAbandoned } from './claim.ts';
import { thisProcess } from './holder.ts';
import { LockBusy } from './lockBusy.ts';
import { isQueued, Place } from './queue.ts';

/** Given to the work that runs under a lock. */
export interface HeldLock {
	/** Throws a UserError if the lock was taken over meanwhile (a holder on another host that slept). Call before writing. */
	assertHeld(): void;
}

interface LockOptions {
	/** How long to wait for the lock, in ms of waiting: time that the machine slept does not count. */
	patienceMs?: number;
}

/** Between two looks of the process whose turn is next, where nothing wakes it; the longer it has waited for that, the longer. */
const NEXT_PAUSE_MS = { shortest: 2, longest: 25 };
/** Between two looks of a process that is further back. */
const FURTHER_PAUSE_MS = { shortest: 4, longest: 2000 };
/** The same where a change wakes it, but for that of a holder that was killed, or works on another host. */
const WATCHED_PAUSE_MS = { shortest: 50, longest: 2000 };
/** What one turn is taken to last, whatever was seen. Those who are almost next must not sleep through theirs. */
const TURN_MS = { shortest: 5, longest: 250 };
const TURN_OF_NEAR_MS = { shortest: 5, longest: 20 };
/** Whoever is next and does not move for so long (stopped, on a machine that went away) is stepped over. */
const STALLED_AFTER_MS = 1000;
/** Waiting this long on one claim makes a closer look at its holder worth its cost. */
const WATCHED_AFTER_MS = 1000;
/** Whether a holder still lives costs more to find out than whether it still holds. */
const CHECKED_EVERY_MS = 20;
/** How long Windows may take to let go of a lock file that was just removed. */
const VANISHING_MS = 1000;

/** The tail of the queue for each lock file: the calls of one process take turns without touching the disk. */
const queues = new Map<string, Promise<void>>();

/**
 * Runs `work` while no other call, in this process or any other, holds `lockFile`. The folder must exist. Throws a
 * UserError that names the file and the holder when the lock is not to be had in `patienceMs` (10 s).
 *
 * A killed holder is replaced at once, a sleeping one never. Those who wait queue up, and only the first of them tries: a hundred that try
 * leave the holder no processor to finish with. No library fits: proper-lockfile and cross-process-lock
 * go by the file's age, so sleep and clock jumps break them; the flock bindings need a native build.
 */
export async function withLock<T>(
	lockFile: string,
	work: (lock: HeldLock) => Promise<T>,
	{ patienceMs = 10_000 }: LockOptions = {},
): Promise<T> {
	const leave = await queueUp(lockFile, patienceMs);
	try {
		const token = await acquire(lockFile, patienceMs).catch((error: unknown) => {
			throw fileError(error, 'write', lockFile);
		});
		try {
			return await work({ assertHeld: () => assertHeld(lockFile, token) });
		} finally {
			await release(lockFile, token);
		}
	} finally {
		leave();
	}
}

async function queueUp(lockFile: string, patienceMs: number): Promise<() => void> {
	const before = queues.get(lockFile);
	let leave = () => {};
	const mine = new Promise<void>((resolve) => {
		leave = resolve;
	});
	const tail = (before ?? Promise.resolve()).then(() => mine);
	queues.set(lockFile, tail);
	void tail.then(() => queues.get(lockFile) === tail && queues.delete(lockFile));
	if (before && !(await settlesWithin(before, patienceMs))) {
		leave();
		throw new LockBusy(
			`${lockFile} is still held by an earlier step of this process after ${patienceMs} ms. Try again.`,
		);
	}
	return leave;
}

/** Takes the lock and returns the token of the claim. */
async function acquire(lockFile: string, patienceMs: number): Promise<string> {
	const attempt = new Attempt(lockFile);
	if (!isQueued(lockFile) && (await attempt.succeeds())) return attempt.token;
	const place = new Place(lockFile, attempt.token, await thisProcess());
	try {
		let front: string | undefined;
		let frontSince = 0;
		for (;;) {
			const ahead = await place.ahead();
			if (ahead[0] !== front) [front, frontSince] = [ahead[0], attempt.waitedMs];
			const isStalled = front !== undefined && attempt.waitedMs - frontSince > STALLED_AFTER_MS;
			if (ahead.length === 0 || isStalled) {
				if (await attempt.succeeds()) {
					await place.drop(ahead);
					return attempt.token;
				}
			}
			if (attempt.waitedMs >= patienceMs) throw outOfPatience(lockFile, patienceMs);
			const before = ahead.at(-1);
			await attempt.pause(ahead.length, before === undefined ? lockFile : place.pathOf(before));
		}
	} finally {
		await place.leave();
	}
}

/** One process's attempt to get a lock: what it has seen, and how long it has waited. */
class Attempt {
	readonly token = randomBytes(8).toString('hex');
	/** The sum of the pauses, in ms: a clock would count the time that the machine slept. */
	waitedMs = 0;
	readonly #lockFile: string;
	#seen: { token: string; since: number; checkedAt: number } | undefined;
	#nextSince: number | undefined;
	#queuedAt: { ahead: number; waitedMs: number } | undefined;

	constructor(lockFile: string) {
		this.#lockFile = lockFile;
	}

	/** Tries, and tries again where that removed the claim of a holder that has ended. */
	async succeeds(): Promise<boolean> {
		for (;;) {
			const found = await claimOrFind(this.#lockFile, this.token, this.waitedMs);
			if (found?.token === this.token) return true;
			if (!found || !(await this.#removesAbandoned(found))) return false;
		}
	}

	async #removesAbandoned(found: Claim): Promise<boolean> {
		if (found.token !== this.#seen?.token) {
			this.#seen = { token: found.token, since: this.waitedMs, checkedAt: Number.NEGATIVE_INFINITY };
		}
		const { since, checkedAt } = this.#seen;
		if (this.waitedMs - checkedAt < CHECKED_EVERY_MS) return false;
		this.#seen.checkedAt = this.waitedMs;
		if (!(await isAbandoned(this.#lockFile, found, this.waitedMs - since > WATCHED_AFTER_MS))) return false;
		return removeAbandoned(this.#lockFile, found.token, this.token, await thisProcess());
	}

	/**
	 * Sleeps until the file that is waited for changes: the lock, or the ticket of whoever goes first, so that each step of the queue
	 * wakes one process. In case that is never told, it looks by itself when half of those ahead may be done, as fast as they were seen to
	 * move on; at random, so that the waiting do not march in step. (Until all may be done would add what a sleep is too long to the
	 * turns, and so to every sleep.)
	 */
	async pause(ahead: number, file: string): Promise<void> {
		const ms = ahead === 0 ? this.#pauseOfNext() : this.#pauseOf(ahead);
		const varied = (pause: number) => pause * (0.75 + Math.random() / 2);
		const watched = varied(between(ms, WATCHED_PAUSE_MS));
		this.waitedMs += await sleepUntilChanged(file, { watched, unwatched: varied(ms) });
	}

	#pauseOfNext(): number {
		this.#nextSince ??= this.waitedMs;
		return between((this.waitedMs - this.#nextSince) / 8, NEXT_PAUSE_MS);
	}

	#pauseOf(ahead: number): number {
		this.#queuedAt ??= { ahead, waitedMs: this.waitedMs };
		const done = this.#queuedAt.ahead - ahead;
		const turnMs = done > 0 ? (this.waitedMs - this.#queuedAt.waitedMs) / done : 0;
		const limits = ahead <= 2 ? TURN_OF_NEAR_MS : TURN_MS;
		return between((ahead * between(turnMs, limits)) / 2, FURTHER_PAUSE_MS);
	}
}

function between(ms: number, { shortest, longest }: { shortest: number; longest: number }): number {
	return Math.min(longest, Math.max(shortest, ms));
}

/** Tries once. Returns the claim that is in the file afterwards, ours or another's; undefined when that is about to change. */
async function claimOrFind(lockFile: string, token: string, waitedMs: number): Promise<Claim | undefined> {
	try {
		const found = readClaim(lockFile);
		if (found) return found;
		return makeClaim(lockFile, token, await thisProcess()) ? readClaim(lockFile) : undefined;
	} catch (error) {
		// A removed file refuses access on Windows until the last reader has closed it.
		const vanishing = process.platform === 'win32' && hasCode(error, 'EPERM', 'EACCES', 'EBUSY');
		if (vanishing && waitedMs < VANISHING_MS) return undefined;
		throw error;
	}
}

function assertHeld(lockFile: string, token: string): void {
	if (readClaim(lockFile)?.token === token) return;
	throw new UserError(`Nothing was written, because another process took over ${lockFile} meanwhile. Try again.`);
}

async function release(lockFile: string, token: string): Promise<void> {
	if (readClaim(lockFile)?.token !== token) return;
	try {
		await whileBusy(async () => unlinkSync(lockFile));
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw fileError(error, 'remove', lockFile);
	}
}

/** Whether a promise settles in time, by slices of waiting: a clock would count the time that the machine slept. */
async function settlesWithin(promise: Promise<void>, patienceMs: number): Promise<boolean> {
	const slice = Math.min(100, patienceMs);
	const settled = promise.then(() => true);
	for (let waited = 0; waited < patienceMs; waited += slice) {
		const timer = new AbortController();
		const late = sleep(slice, false, { signal: timer.signal }).catch(() => false);
		const done = await Promise.race([settled, late]);
		timer.abort();
		if (done) return true;
	}
	return false;
}

function outOfPatience(lockFile: string, patienceMs: number): LockBusy {
	const claim = readClaim(lockFile);
	const who = claim?.holder
		? `process ${claim.holder.pid} on ${claim.holder.host} has held it since ${claim.since}`
		: 'other processes keep taking it';
	return new LockBusy(
		`Could not get the lock ${lockFile} in ${patienceMs} ms: ${who}. Try again; if that process has nothing to do with this repository, delete the file.`,
	);
}
