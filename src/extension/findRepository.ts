import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** How many repositories below a folder are taken; a folder with more is a collection, not somebody's work. */
const MOST_CHILDREN = 20;

/** Whether a path is in a folder, or is the folder. Both absolute. */
export function isInside(path: string, folder: string): boolean {
	const way = relative(folder, path);
	return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Whether a path is among git's own files. */
export function isGitsOwn(path: string): boolean {
	return path.split(/[\\/]/).includes('.git');
}

/** The top folder of the work tree that a folder is in; undefined when there is none. Starts no process. */
export function topOf(folder: string): string | undefined {
	for (let place = folder; ; place = dirname(place)) {
		if (existsSync(join(place, '.git'))) return place;
		if (dirname(place) === place) return undefined;
	}
}

/** The tops of the work trees that a folder is in or, where it is in none, that are directly below it. */
export async function topsOf(folder: string): Promise<string[]> {
	const top = topOf(folder);
	if (top !== undefined) return [top];
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	return entries
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => join(folder, name))
		.filter((child) => existsSync(join(child, '.git')))
		.slice(0, MOST_CHILDREN);
}

/**
 * The main work tree of the repository whose work tree has this top: it holds the live state of all. From files alone: in a folder
 * that is not trusted no git process is started, since a repository's configuration can name programs to run.
 */
export async function mainWorkTreeOf(top: string): Promise<string> {
	// In a linked work tree .git is a file: gitrepository-layout(5).
	const text = await readFile(join(top, '.git'), 'utf8').catch(() => '');
	const gitDir = /^gitdir: (.+)$/m.exec(text)?.[1]?.trim();
	if (gitDir === undefined) return top;
	const worktrees = dirname(resolve(top, gitDir));
	return basename(worktrees) === 'worktrees' && basename(dirname(worktrees)) === '.git'
		? dirname(dirname(worktrees))
		: top;
}
