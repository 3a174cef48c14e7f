import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../core/userError.ts';
import { GitError } from './gitError.ts';
import { locateByFiles } from './locateByFiles.ts';
import type { Location } from './location.ts';
import { git } from './run.ts';

const QUERY = ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-dir', '--git-common-dir'];

/**
 * Finds the working copy that a folder is in: an ordinary one by its files, any other with one git process (two in a
 * linked work tree).
 * Throws a `UserError` when the folder does not exist or is in no work tree.
 */
export async function locate(dir: string): Promise<Location> {
	const folder = resolve(dir);
	const found = await stat(folder).catch(() => undefined);
	if (!found) throw new UserError(`${folder} does not exist: give a folder of a git repository.`);
	if (!found.isDirectory()) throw new UserError(`${folder} is not a folder: give a folder of a git repository.`);
	const known = locateByFiles(folder);
	if (known) return known;
	const [workTree, gitDir, commonDir] = await Promise.all((await ask(folder)).map((path) => realpath(path)));
	const place = { workTree: workTree!, gitDir: gitDir!, commonDir: commonDir! };
	return { ...place, mainWorkTree: gitDir === commonDir ? place.workTree : await mainWorkTree(place) };
}

async function ask(folder: string): Promise<string[]> {
	let answer: string;
	try {
		answer = await git(folder, QUERY);
	} catch (error) {
		if (!(error instanceof GitError) || !/must be run in a work tree/.test(error.stderr)) throw error;
		throw new UserError(
			`${folder} has no work tree, it is a bare repository or git's own folder: give a working copy of it.`,
		);
	}
	const lines = answer.trimEnd().split('\n');
	// Older ones print the option back. https://git-scm.com/docs/git-rev-parse, since 2.31.
	if (lines[0]?.startsWith('--path-format')) throw new UserError('git is too old: install 2.31 or later.');
	if (lines.length !== 3) throw new UserError(`${folder} has a line break in its path: rename the folder.`);
	return lines;
}

/** Of a linked work tree. git itself does not tell: `git worktree list` guesses from the path. */
async function mainWorkTree({ workTree, commonDir }: Omit<Location, 'mainWorkTree'>): Promise<string> {
	const config = join(commonDir, 'config');
	const text = await git(commonDir, ['config', '--file', config, '-z', '--get-regexp', '^core\\.(bare|worktree)$']);
	const settings = new Map(text.split('\0').map((entry) => entry.split('\n', 2) as [string, string]));
	if (settings.get('core.bare') === 'true') return workTree;
	const configured = settings.get('core.worktree');
	const candidate = configured ? resolve(commonDir, configured) : dirname(commonDir);
	const owned = await realpath(join(candidate, '.git')).catch(() => undefined);
	// A submodule's .git is a file that points here; core.worktree points back.
	const isMain = owned === commonDir || (configured !== undefined && owned !== undefined);
	return isMain ? realpath(candidate) : workTree;
}
