import { constants } from 'node:fs';
import { copyFile, lstat, open, rename } from 'node:fs/promises';
import { fileError, hasCode } from './fileError.ts';
import { placeInside } from './place.ts';
import { whileBusy } from './whileBusy.ts';

/**
 * Moves a damaged file away, under a name beside it that says when (`now`, ms UTC) and never replaces another. Returns
 * where it is now. Throws a UserError when it cannot be moved, or lies outside `within`.
 */
export async function setAside(path: string, within: string, now: number): Promise<string> {
	const place = await placeInside(path, within);
	const aside = await freeName(place, 'unreadable', now);
	await whileBusy(() => rename(place, aside)).catch((error: unknown) => {
		throw fileError(error, 'write', aside);
	});
	return aside;
}

/** Keeps a copy of a file beside it, to the byte and durably, named as by `setAside`. Returns where it is. Throws as that does. */
export async function keepCopy(path: string, within: string, why: string, now: number): Promise<string> {
	const place = await placeInside(path, within);
	const copy = await freeName(place, why, now);
	try {
		await whileBusy(() => copyFile(place, copy, constants.COPYFILE_EXCL));
		// Windows syncs only what it may write.
		const file = await open(copy, 'r+');
		await file.sync().finally(() => file.close());
	} catch (error) {
		throw fileError(error, 'write', copy);
	}
	return copy;
}

/** A name beside `place` that nobody has: `session_state.json.unreadable-20251119T160000250Z`. */
async function freeName(place: string, why: string, now: number): Promise<string> {
	const stamp = stampOf(now);
	for (let n = 1; ; n++) {
		const name = `${place}.${why}-${stamp}${n === 1 ? '' : `-${n}`}`;
		const taken = await lstat(name).then(
			() => true,
			(error: unknown) => !hasCode(error, 'ENOENT'),
		);
		if (!taken) return name;
	}
}

/** A time (ms UTC) as file names have it: `20251119T160000250Z`. */
export function stampOf(at: number): string {
	return new Date(at).toISOString().replace(/[-:.]/g, '');
}
