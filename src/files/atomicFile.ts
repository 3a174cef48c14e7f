import {
	closeSync,
	constants,
	fchmodSync,
	fstatSync,
	fsync,
	fsyncSync,
	openSync,
	promises,
	readFile,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFile,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from './fileError.ts';
import { makePlaceInside, placeInside } from './place.ts';
import { whileBusy } from './whileBusy.ts';

/** Far above any real file of ours, far below what would exhaust an editor's memory. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/**
 * What is at most so large is read and written by calls that do not wait for a thread, as is all that only looks at a file: each such wait
 * takes longer than the call, on a busy machine a hundred times, and all of them happen while others wait for the lock. Only making
 * durable can take long: see `Sync`.
 */
const QUICK_BYTES = 256 * 1024;

/** Makes what was written to an opened file, or to a folder, survive a power cut. */
export type Sync = (file: number) => Promise<void>;

/** By a thread, so that a process which stays goes on with its work however long the disk takes. */
const syncByThread: Sync = promisify(fsync);

/**
 * Without one, for a process that has nothing else to do: the way to a thread and back takes several times what a disk does, and
 * others wait for the lock meanwhile.
 */
export const syncInPlace: Sync = async (file) => fsyncSync(file);

const readOpened = promisify(readFile);
const writeOpened = promisify(writeFile);

/** A temporary file this old has no writer any more. */
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

/**
 * Replaces a file as a whole: whoever reads it sees the old text or the new one, and once this returns the new one survives a
 * power cut. Makes the folder if needed, keeps the file's permissions (`mode`: those of a new one), and leaves no temporary file
 * behind on failure. `sync` false: after a power cut it may be the old text, or none; for what can be made anew. Throws a
 * UserError when the disk is full, the folder is read-only, or the path leads out of the folder `within`.
 *
 * Not npm's write-file-atomic: version 7 ignores a short write, so that a full disk replaces a good file by half a
 * one without an error, and derives its temporary names from the process id, which two containers can share.
 */
export async function writeFileAtomic(
	path: string,
	content: string | Uint8Array,
	within: string,
	mode?: number,
	sync: Sync | false = syncByThread,
): Promise<void> {
	const target = await makePlaceInside(path, within);
	// Loaded only to write: most runs of the command line read and are done sooner.
	const { randomBytes } = await import('node:crypto');
	const temporary = `${target}.${randomBytes(8).toString('hex')}.tmp`;
	try {
		await writeNew(temporary, content, permissionsOf(target) ?? mode, sync);
		await whileBusy(async () => renameSync(temporary, target));
		if (sync) await syncFolder(dirname(target), sync);
	} catch (error) {
		rmSync(temporary, { force: true });
		throw fileError(error, 'write', path);
	}
}

/**
 * The text of a file, without a byte order mark; undefined when there is none. Throws a UserError when it cannot be read, is no
 * ordinary file (a link to a device, say), or lies outside the folder `within`.
 */
export async function readFileIfExists(
	path: string,
	within: string,
	mostBytes = LARGEST_BYTES,
): Promise<string | undefined> {
	const target = await placeInside(path, within);
	try {
		// Without O_NONBLOCK, opening a named pipe would wait for a writer for ever. Windows has neither.
		const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
		const file = await whileBusy(async () => openSync(target, flags));
		try {
			const stats = fstatSync(file);
			const { size } = stats;
			if (!stats.isFile()) throw new UserError(`${path} is not an ordinary file. Move it away.`);
			if (size > mostBytes) throw new UserError(`${path} is larger than ${mostBytes / 1024 / 1024} MiB. Move it away.`);
			const text = size > QUICK_BYTES ? await readOpened(file, 'utf8') : readFileSync(file, 'utf8');
			return text.replace(/^\ufeff/, '');
		} finally {
			closeSync(file);
		}
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw fileError(error, 'read', path);
	}
}

/** Removes what killed writers left beside `path`: temporary files and lock claims, after an hour. */
export async function sweepLeftovers(path: string): Promise<void> {
	const folder = dirname(path);
	const prefix = `${basename(path)}.`;
	// Taken here, since it is loaded by being touched: whoever only reads needs none of it.
	const { readdir, rm, stat } = promises;
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		if (!name.startsWith(prefix) || !/^(?:lock\.)?[0-9a-f]{16}\.[a-z]+$/.test(name.slice(prefix.length))) continue;
		const leftover = join(folder, name);
		const age = await stat(leftover).then(
			({ mtimeMs }) => Date.now() - mtimeMs,
			() => 0,
		);
		// Housekeeping only: what cannot be removed now is tried again next time.
		if (age > LEFTOVER_AGE_MS) await rm(leftover, { force: true }).catch(() => undefined);
	}
}

async function writeNew(
	path: string,
	content: string | Uint8Array,
	permissions: number | undefined,
	sync: Sync | false,
): Promise<void> {
	const file = openSync(path, 'wx', permissions ?? 0o666);
	try {
		if (content.length > QUICK_BYTES) await writeOpened(file, content, 'utf8');
		else writeFileSync(file, content, 'utf8');
		if (permissions !== undefined) fchmodSync(file, permissions);
		if (sync) await sync(file);
	} finally {
		closeSync(file);
	}
}

/** Permission bits of an existing file; `open` would take the umask off them, so that a shared file lost its group. */
function permissionsOf(path: string): number | undefined {
	try {
		const found = statSync(path);
		if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
		return found.mode & 0o777;
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/** Makes a rename durable. Windows and some network file systems cannot sync a folder; there the rename is on its own. */
export async function syncFolder(path: string, sync = syncByThread): Promise<void> {
	if (process.platform === 'win32') return;
	const folder = openSync(path, 'r');
	try {
		await sync(folder);
	} catch (error) {
		if (!hasCode(error, 'EINVAL', 'ENOTSUP', 'EPERM', 'EBADF', 'EISDIR')) throw error;
	} finally {
		closeSync(folder);
	}
}
