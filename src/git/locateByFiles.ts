import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Location } from './location.ts';

/** With one of these, git may look elsewhere than in the folders above. https://git-scm.com/docs/git#_environment_variables */
const ELSEWHERE = [
	'GIT_DIR',
	'GIT_WORK_TREE',
	'GIT_COMMON_DIR',
	'GIT_CEILING_DIRECTORIES',
	'GIT_DISCOVERY_ACROSS_FILESYSTEM',
	'GIT_CONFIG_COUNT',
	'GIT_CONFIG_PARAMETERS',
];

/**
 * Where a folder's working copy is, read from git's files as gitrepository-layout describes them: a third of the time
 * that a git process takes. Undefined wherever a repository is anything but ordinary, and git itself is to be asked:
 * a bare one, one with `core.worktree`, one of another owner, a folder within `.git`, a damaged one.
 */
export async function locateByFiles(folder: string): Promise<Location | undefined> {
	// Who owns a folder is a longer question on Windows.
	if (process.platform === 'win32' || ELSEWHERE.some((name) => process.env[name] !== undefined)) return undefined;
	try {
		const start = await realpath(folder);
		const workTree = await topAbove(start);
		const gitDir = workTree === undefined ? undefined : await gitDirOf(workTree);
		if (workTree === undefined || gitDir === undefined || isWithin(gitDir, start)) return undefined;
		const commonDir = await commonDirOf(gitDir);
		if (!(await isOrdinary(gitDir, commonDir))) return undefined;
		if (!(await areMine(workTree, join(workTree, '.git'), gitDir, commonDir))) return undefined;
		const mainWorkTree = gitDir === commonDir ? workTree : await mainBeside(commonDir);
		return mainWorkTree === undefined ? undefined : { workTree, gitDir, commonDir, mainWorkTree };
	} catch {
		// git tells what is wrong.
		return undefined;
	}
}

/** The nearest folder with `.git` in it. None when a bare repository lies on the way, since git would take that. */
async function topAbove(start: string): Promise<string | undefined> {
	for (let here = start; ; here = dirname(here)) {
		if (await exists(join(here, '.git'))) return here;
		if ((await exists(join(here, 'HEAD'))) || here === dirname(here)) return undefined;
	}
}

/** `.git` is a folder, or a file that names one: in linked work trees and submodules. */
async function gitDirOf(workTree: string): Promise<string | undefined> {
	const dotGit = join(workTree, '.git');
	if ((await stat(dotGit)).isDirectory()) return realpath(dotGit);
	const named = /^gitdir: ([^\r\n]+)\r?\n?$/.exec(await readFile(dotGit, 'utf8'))?.[1];
	return named === undefined ? undefined : realpath(resolve(workTree, named));
}

async function commonDirOf(gitDir: string): Promise<string> {
	const file = join(gitDir, 'commondir');
	if (!(await exists(file))) return gitDir;
	return realpath(resolve(gitDir, (await readFile(file, 'utf8')).replace(/\r?\n$/, '')));
}

/** It has what git wants to see, and nothing in its configuration that moves the work tree. */
async function isOrdinary(gitDir: string, commonDir: string): Promise<boolean> {
	const parts = [join(gitDir, 'HEAD'), join(commonDir, 'objects'), join(commonDir, 'refs')];
	if (!(await Promise.all(parts.map(exists))).every(Boolean)) return false;
	const config = await readFile(join(commonDir, 'config'), 'utf8');
	// What `git init` writes.
	const usual = /^\s*(?:bare = false|repositoryformatversion = 0)$/gm;
	return !/worktree|include|bare|repositoryformatversion|extensions/i.test(config.replace(usual, ''));
}

/** git refuses a repository of somebody else until the user says that it is safe. */
async function areMine(...places: string[]): Promise<boolean> {
	const me = process.getuid?.();
	const owners = await Promise.all(places.map(async (place) => (await stat(place)).uid));
	return owners.every((owner) => owner === me);
}

/** The main work tree, where the repository's own `.git` lies in it. */
async function mainBeside(commonDir: string): Promise<string | undefined> {
	const candidate = dirname(commonDir);
	return (await realpath(join(candidate, '.git'))) === commonDir ? candidate : undefined;
}

function isWithin(folder: string, place: string): boolean {
	const way = relative(folder, place);
	return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

async function exists(place: string): Promise<boolean> {
	return stat(place).then(
		() => true,
		() => false,
	);
}
