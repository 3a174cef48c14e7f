import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
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
 * that a git process takes, and in one go, since a wait for a thread takes longer than each of the questions. Undefined wherever a repository is anything but ordinary, and git itself is to be asked:
 * a bare one, one with `core.worktree`, one of another owner, a folder within `.git`, a damaged one; and where it is no folder.
 */
export function locateByFiles(folder: string): Location | undefined {
	// Who owns a folder is a longer question on Windows.
	if (process.platform === 'win32' || ELSEWHERE.some((name) => process.env[name] !== undefined)) return undefined;
	try {
		const start = realpathSync.native(folder);
		const workTree = statSync(start).isDirectory() ? topAbove(start) : undefined;
		const gitDir = workTree === undefined ? undefined : gitDirOf(workTree);
		if (workTree === undefined || gitDir === undefined || isWithin(gitDir, start)) return undefined;
		const commonDir = commonDirOf(gitDir);
		if (!isOrdinary(gitDir, commonDir)) return undefined;
		if (!areMine(workTree, join(workTree, '.git'), gitDir, commonDir)) return undefined;
		const mainWorkTree = gitDir === commonDir ? workTree : mainBeside(commonDir);
		return mainWorkTree === undefined ? undefined : { workTree, gitDir, commonDir, mainWorkTree };
	} catch {
		// git tells what is wrong.
		return undefined;
	}
}

/** The nearest folder with `.git` in it. None when a bare repository lies on the way, since git would take that. */
function topAbove(start: string): string | undefined {
	for (let here = start; ; here = dirname(here)) {
		if (existsSync(join(here, '.git'))) return here;
		if (existsSync(join(here, 'HEAD')) || here === dirname(here)) return undefined;
	}
}

/** `.git` is a folder, or a file that names one: in linked work trees and submodules. */
function gitDirOf(workTree: string): string | undefined {
	const dotGit = join(workTree, '.git');
	if (statSync(dotGit).isDirectory()) return realpathSync.native(dotGit);
	const named = /^gitdir: ([^\r\n]+)\r?\n?$/.exec(textOf(dotGit))?.[1];
	return named === undefined ? undefined : realpathSync.native(resolve(workTree, named));
}

function commonDirOf(gitDir: string): string {
	const file = join(gitDir, 'commondir');
	if (!existsSync(file)) return gitDir;
	return realpathSync.native(resolve(gitDir, textOf(file).replace(/\r?\n$/, '')));
}

/** It has what git wants to see, and nothing in its configuration that moves the work tree. */
function isOrdinary(gitDir: string, commonDir: string): boolean {
	const parts = [join(gitDir, 'HEAD'), join(commonDir, 'objects'), join(commonDir, 'refs')];
	if (!parts.every((part) => existsSync(part))) return false;
	const config = textOf(join(commonDir, 'config'));
	// What `git init` writes.
	const usual = /^\s*(?:bare = false|repositoryformatversion = 0)$/gm;
	return !/worktree|include|bare|repositoryformatversion|extensions/i.test(config.replace(usual, ''));
}

/** git refuses a repository of somebody else until the user says that it is safe. */
function areMine(...places: string[]): boolean {
	const me = process.getuid?.();
	return places.every((place) => statSync(place).uid === me);
}

/** The main work tree, where the repository's own `.git` lies in it. */
function mainBeside(commonDir: string): string | undefined {
	const candidate = dirname(commonDir);
	return realpathSync.native(join(candidate, '.git')) === commonDir ? candidate : undefined;
}

/** Throws for what is no ordinary file, so that git is asked: a pipe would be waited for. */
function textOf(file: string): string {
	if (!statSync(file).isFile()) throw new Error(file);
	return readFileSync(file, 'utf8');
}

function isWithin(folder: string, place: string): boolean {
	const way = relative(folder, place);
	return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
