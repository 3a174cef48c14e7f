import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from './fileError.ts';
import { makePlaceInside, placeInside } from './place.ts';
import { whileBusy } from './whileBusy.ts';

/** Far above any real file of ours, far below what would exhaust an editor's memory. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** A temporary file this old has no writer any more. */
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

/**
 * Replaces a file as a whole: whoever reads it sees the old text or the new one, and once this returns the new one survives a
 * power cut. Makes the folder if needed, keeps the file's permissions (`mode`: those of a new one), and leaves no temporary file
 * behind on failure. `durable` false: after a power cut it may be the old text, or none; for what can be made anew. Throws a UserError when the disk is full, the folder is read-only, or the path leads out of the folder `within`.
 *
 * Not npm's write-file-atomic: version 7 ignores a short write, so that a full disk replaces a good file by half a
 * one without an error, and derives its temporary names from the process id, which two containers can share.
 */
export async function writeFileAtomic(
	path: string,
	content: string | Uint8Array,
	within: string,
	mode?: number,
	durable = true,
): Promise<void> {
	const target = await makePlaceInside(path, within);
	// Loaded only to write: most runs of the command line read and are done sooner.
	const { randomBytes } = await import('node:crypto');
	const temporary = `${target}.${randomBytes(8).toString('hex')}.tmp`;
	try {
		await writeNew(temporary, content, (await permissionsOf(target)) ?? mode, durable);
		await whileBusy(() => rename(temporary, target));
		if (durable) await syncFolder(dirname(target));
	} catch (error) {
		await rm(temporary, { force: true });
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
		const file = await whileBusy(() => open(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
		try {
			const { size, isFile } = await file.stat().then((it) => ({ size: it.size, isFile: it.isFile() }));
			if (!isFile) throw new UserError(`${path} is not an ordinary file. Move it away.`);
			if (size > mostBytes) throw new UserError(`${path} is larger than ${mostBytes / 1024 / 1024} MiB. Move it away.`);
			return (await file.readFile('utf8')).replace(/^\ufeff/, '');
		} finally {
			await file.close();
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
	durable: boolean,
): Promise<void> {
	const file = await open(path, 'wx', permissions ?? 0o666);
	try {
		await file.writeFile(content, 'utf8');
		if (permissions !== undefined) await file.chmod(permissions);
		if (durable) await file.sync();
	} finally {
		await file.close();
	}
}

/** Permission bits of an existing file; `open` would take the umask off them, so that a shared file lost its group. */
async function permissionsOf(path: string): Promise<number | undefined> {
	try {
		const found = await stat(path);
		if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
		return found.mode & 0o777;
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/** Makes a rename durable. Windows and some network file systems cannot sync a folder; there the rename is on its own. */
export async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} catch (error) {
		if (!hasCode(error, 'EINVAL', 'ENOTSUP', 'EPERM', 'EBADF', 'EISDIR')) throw error;
	} finally {
		await folder.close();
	}
}
