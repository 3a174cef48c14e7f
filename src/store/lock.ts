import { randomBytes } from 'node:crypto';
import { unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from '../files/fileError.ts';
import { whileBusy } from '../files/whileBusy.ts';
import { type Claim, isAbandoned, makeClaim, readClaim, removeAbandoned } from './claim.ts';
import { thisProcess } from './holder.ts';
import { LockBusy } from './lockBusy.ts';

/** Given to the work that runs under a lock. */
export interface HeldLock {
	/** Throws a UserError if the lock was taken over meanwhile (a holder on another host that slept). Call before writing. */
	assertHeld(): void;
}

interface LockOptions {
	/** How long to wait for the lock, in ms of waiting: time that the machine slept does not count. */
	patienceMs?: number;
}

const LONGEST_PAUSE_MS = 100;
const SHORTEST_LONG_PAUSE_MS = 10;
/** What a process waits before it takes a lock again that others wait for. */
const COURTESY_PAUSE_MS = 20;
/** Waiting this long on one claim makes a closer look at its holder worth its cost. */
const WATCHED_AFTER_MS = 1000;
/** How long Windows may take to let go of a lock file that was just removed. */
const VANISHING_MS = 1000;

/** The tail of the queue for each lock file: the calls of one process take turns without touching the disk. */
const queues = new Map<string, Promise<void>>();

/** Lock files that another process was waiting for when we let go: it goes first. */
const courtesy = new Set<string>();

/**
 * Runs `work` while no other call, in this process or any other, holds `lockFile`. The folder must exist. Throws a
 * UserError that names the file and the holder when the lock is not to be had in `patienceMs` (10 s).
 *
 * A killed holder is replaced at once, a sleeping one never. No library fits: proper-lockfile and cross-process-lock
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
	const token = randomBytes(8).toString('hex');
	const wait = new Wait(courtesy.delete(lockFile) ? COURTESY_PAUSE_MS : 0);
	let last: Claim | undefined;
	let lastSince = 0;
	for (;;) {
		await wait.pause();
		const found = await claimOrFind(lockFile, token, wait);
		if (found?.token === token) return token;
		if (found && found.token !== last?.token) {
			last = found;
			lastSince = wait.waitedMs;
			// Tells this holder to let others go first next time; it removes the note.
			await writeFile(`${lockFile}.waiting`, '', { flag: 'a' });
		} else if (found && (await isAbandoned(lockFile, found, wait.waitedMs - lastSince > WATCHED_AFTER_MS))) {
			if (await removeAbandoned(lockFile, found.token, token, await thisProcess())) wait.restart();
		}
		if (wait.waitedMs >= patienceMs) throw outOfPatience(lockFile, last, patienceMs);
	}
}

/** Tries once. Returns the claim that is in the file afterwards, ours or another's; undefined when that is about to change. */
async function claimOrFind(lockFile: string, token: string, wait: Wait): Promise<Claim | undefined> {
	try {
		const found = readClaim(lockFile);
		if (found) return found;
		return (await makeClaim(lockFile, token, await thisProcess())) ? readClaim(lockFile) : undefined;
	} catch (error) {
		// A removed file refuses access on Windows until the last reader has closed it.
		const vanishing = process.platform === 'win32' && hasCode(error, 'EPERM', 'EACCES', 'EBUSY');
		if (vanishing && wait.waitedMs < VANISHING_MS) return undefined;
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
		await whileBusy(() => unlink(lockFile));
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw fileError(error, 'remove', lockFile);
	}
	const someoneWaits = await unlink(`${lockFile}.waiting`).then(
		() => true,
		() => false,
	);
	if (someoneWaits) courtesy.add(lockFile);
}

/**
 * Pauses that double up to a limit, of random length so that waiters do not march in step. The limit falls with the time waited:
 * of many waiters, those who came first look most often, and none waits much longer than the rest.
 */
class Wait {
	/** The sum of the pauses, in ms: a clock would count the time that the machine slept. */
	waitedMs = 0;
	#next: number;

	constructor(first: number) {
		this.#next = first;
	}

	restart(): void {
		this.#next = 0;
	}

	async pause(): Promise<void> {
		const pause = this.#next * (0.5 + Math.random());
		const limit = Math.max(SHORTEST_LONG_PAUSE_MS, LONGEST_PAUSE_MS - this.waitedMs / 50);
		this.#next = Math.min(this.#next * 2 || 1, limit);
		if (pause === 0) return;
		await sleep(pause);
		this.waitedMs += pause;
	}
}

/** Whether a promise settles in time, by slices of waiting for the same reason. */
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

function outOfPatience(lockFile: string, claim: Claim | undefined, patienceMs: number): LockBusy {
	const who = claim?.holder
		? `process ${claim.holder.pid} on ${claim.holder.host} has held it since ${claim.since}`
		: 'other processes keep taking it';
	return new LockBusy(
		`Could not get the lock ${lockFile} in ${patienceMs} ms: ${who}. Try again; if that process has nothing to do with this repository, delete the file.`,
	);
}
