import { UserError } from '../core/userError.ts';

const REASONS: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full. Free some space',
	EDQUOT: 'your disk quota is used up. Free some space',
	EROFS: 'the file system is read-only. Mount it writable or work on a copy',
	EACCES: 'permission is denied. Make the file and its folder readable and writable for you',
	EPERM: 'permission is denied. Make the file and its folder readable and writable for you',
	ENOTDIR: 'a part of the path is a file, not a folder. Move that file away',
	EISDIR: 'it is a folder, not a file. Move that folder away',
	ENOENT: 'its folder does not exist or was removed meanwhile. Try again',
	ELOOP: 'its links lead in a circle. Remove the link',
	ENAMETOOLONG: 'the path is too long for this file system. Move the repository to a shorter path',
	EBUSY: 'another program holds the file. Close that program and try again',
	EMFILE: 'too many files are open. Close some programs and try again',
	ENFILE: 'too many files are open. Close some programs and try again',
	EIO: 'the disk reports an error. Check the disk',
};

/**
 * What a failed file operation means for the user, as one sentence. An error that does not come from the
 * operating system is returned as it is.
 */
export function fileError(error: unknown, doing: 'read' | 'write' | 'remove', path: string): unknown {
	if (!(error instanceof Error) || error instanceof UserError) return error;
	const { code } = error as NodeJS.ErrnoException;
	if (code === undefined) return error;
	const reason = Object.hasOwn(REASONS, code) ? `${REASONS[code]} (${code}).` : `the system answers ${code}.`;
	return new UserError(`Cannot ${doing} ${path}: ${reason}`, { cause: error });
}

/** Whether the operating system failed with one of these codes (`ENOENT`, …). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
	return codes.includes((error as NodeJS.ErrnoException)?.code ?? '');
}
