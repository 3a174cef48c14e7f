import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../core/userError.ts';
import { fileError, hasCode } from './fileError.ts';

/**
 * Where `path` really is, every link followed. A repository is untrusted and may hold links: one that leads out of
 * `root`, or nowhere, is refused with a UserError. The file and its folders need not exist.
 */
export async function placeInside(path: string, root: string): Promise<string> {
	return lookInside(path, root).real;
}

/** Makes the folder of a file, once it is known to be inside `root`. Returns where the file really is. */
export async function makePlaceInside(path: string, root: string): Promise<string> {
	const { real, isThere } = lookInside(path, root);
	if (isThere) return real;
	try {
		mkdirSync(dirname(real), { recursive: true });
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

interface Found {
	/** Where it really is. */
	real: string;
	isThere: boolean;
}

function lookInside(path: string, root: string): Found {
	const realRoot = realRootOf(root);
	const found = realPlace(path);
	const { real } = found;
	const way = relative(realRoot, real);
	if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) {
		throw new UserError(`${path} leads to ${real}, outside the repository ${root}. Remove the link.`);
	}
	return found;
}

function realRootOf(root: string): string {
	try {
		return realpathSync.native(root);
	} catch (error) {
		throw hasCode(error, 'ENOENT')
			? new UserError(`The folder ${root} does not exist.`)
			: fileError(error, 'read', root);
	}
}

function realPlace(path: string): Found {
	try {
		return { real: realpathSync.native(path), isThere: true };
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw fileError(error, 'read', path);
	}
	if (isLink(path)) throw new UserError(`${path} is a link that leads nowhere. Remove the link.`);
	return { real: join(realPlace(dirname(path)).real, basename(path)), isThere: false };
}

function isLink(path: string): boolean {
	try {
		return lstatSync(path).isSymbolicLink();
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return false;
		throw fileError(error, 'read', path);
	}
}
