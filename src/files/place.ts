import { lstat, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from './fileError.ts';

/**
 * Where `path` really is, every link followed. A repository is untrusted and may hold links: one that leads out of
 * `root`, or nowhere, is refused with a UserError. The file and its folders need not exist.
 */
export async function placeInside(path: string, root: string): Promise<string> {
	const realRoot = await realpath(root).catch((error: unknown) => {
		throw hasCode(error, 'ENOENT')
			? new UserError(`The repository folder ${root} does not exist.`)
			: fileError(error, 'read', root);
	});
	const real = await realPlace(path);
	const way = relative(realRoot, real);
	if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) {
		throw new UserError(`${path} leads to ${real}, outside the repository ${root}. Remove the link.`);
	}
	return real;
}

/** Makes the folder of a file, once it is known to be inside `root`. Returns where the file really is. */
export async function makePlaceInside(path: string, root: string): Promise<string> {
	const real = await placeInside(path, root);
	try {
		await mkdir(dirname(real), { recursive: true });
	} catch (error) {
		// mkdir calls a file that stands in the way EEXIST.
		throw fileError(
			hasCode(error, 'EEXIST') ? Object.assign(error as Error, { code: 'ENOTDIR' }) : error,
			'write',
			path,
		);
	}
	return real;
}

async function realPlace(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw fileError(error, 'read', path);
	}
	if (await isLink(path)) throw new UserError(`${path} is a link that leads nowhere. Remove the link.`);
	return join(await realPlace(dirname(path)), basename(path));
}

async function isLink(path: string): Promise<boolean> {
	try {
		return (await lstat(path)).isSymbolicLink();
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return false;
		throw fileError(error, 'read', path);
	}
}
