import { chmod, lstat, mkdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { writeFileAtomic } from '../files/atomicFile.ts';
import { isUnedited, sealed } from '../files/seal.ts';
import { exclude, unexclude } from './exclude.ts';
import { CHAINED, type Chain, HOOK_NAMES, type HookName, hookScript, MARK } from './hookScript.ts';
import type { Location } from './location.ts';
import { git } from './run.ts';

/**
 * Whether commits made here get the trailer. `installed`: by our hook; `chained`: likewise, after the hook that was
 * there; `foreign`: another's hook is there and not ours; `absent`: no hook; `unreachable`: ours cannot be put there.
 */
export interface HookState {
	/** Where git looks for prepare-commit-msg. */
	path: string;
	kind: 'installed' | 'foreign' | 'chained' | 'absent' | 'unreachable';
	/** Ours is not as this version writes it: `outdated` is brought up to date by installing it again, `edited` stays. */
	differs?: 'outdated' | 'edited';
	/** A sentence: what to do by hand, or what to know. */
	reason?: string;
}

/** Our folder in the repository; a committed hook can call what lies here. */
const HOME = 'auto-pr';
/** A hook that another tool put in the place of ours, found when ours is put back over it. */
const REPLACED = '.auto-pr-replaced';

/**
 * Installs the hooks where git looks for them: `core.hooksPath` (a relative one belongs to this work tree alone),
 * else the hooks folder that all work trees share. A hook that is there is kept and runs first. Nothing tracked is
 * changed, and what is new in the work tree is excluded from git: a committed hook has to call ours by hand.
 */
export async function installHook(location: Location): Promise<HookState> {
	const folder = await hooksFolder(location);
	const problems: string[] = [];
	for (const name of HOOK_NAMES) {
		const problem = await installOne(location, folder, name);
		if (problem) problems.push(problem);
	}
	const state = await stateOf(folder);
	const reason = problems.join(' ');
	if (!reason) return state;
	const works = state.kind === 'installed' || state.kind === 'chained';
	return { path: state.path, kind: works ? state.kind : 'unreachable', reason };
}

/** Takes the hooks out and puts back what was there before. A hook that is not ours, or was edited, stays. */
export async function removeHook(location: Location): Promise<HookState> {
	const folder = await hooksFolder(location);
	for (const name of HOOK_NAMES) {
		const path = join(folder, name);
		await rm(join(location.commonDir, HOME, name), { force: true });
		const text = await content(path);
		if (!isOurs(text) || isEdited(text)) continue;
		if (await exists(path + CHAINED)) await rename(path + CHAINED, path);
		else await rm(path);
	}
	const inside = await insideWorkTree(location, folder);
	if (inside !== undefined)
		await unexclude(
			location,
			HOOK_NAMES.flatMap((name) => excluded(inside, name)),
		);
	return stateOf(folder);
}

/** What is there now. */
export async function readHook(location: Location): Promise<HookState> {
	return stateOf(await hooksFolder(location));
}

async function hooksFolder(location: Location): Promise<string> {
	const path = await git(location.workTree, ['rev-parse', '--git-path', 'hooks']);
	return resolve(location.workTree, path.replace(/\r?\n$/, ''));
}

async function stateOf(folder: string): Promise<HookState> {
	const path = join(folder, HOOK_NAMES[0]);
	const text = await content(path);
	if (text === undefined) return { path, kind: 'absent' };
	if (isOurs(text)) {
		const differs = await differenceIn(folder);
		const state = { path, ...(differs && { differs }) };
		if (!(await exists(path + CHAINED))) return { ...state, kind: 'installed' };
		return { ...state, kind: 'chained', ...((await isHusky(folder)) && { reason: HUSKY }) };
	}
	return { path, kind: text.includes(`${HOME}/${HOOK_NAMES[0]}`) ? 'installed' : 'foreign' };
}

/** How our hooks in a folder differ from what would be written there now. */
async function differenceIn(folder: string): Promise<HookState['differs']> {
	let outdated = false;
	for (const name of HOOK_NAMES) {
		const text = await content(join(folder, name));
		if (isEdited(text)) return 'edited';
		outdated ||= text === undefined || (isOurs(text) && text !== (await scriptIn(folder, name)));
	}
	return outdated ? 'outdated' : undefined;
}

/** The hook as it belongs in a folder, where another's may be chained. */
async function scriptIn(folder: string, name: HookName): Promise<string> {
	const before = await content(join(folder, name + CHAINED));
	return sealed(hookScript(name, before === undefined ? undefined : chainOf(before)), '#');
}

const HUSKY = 'husky writes its hooks anew with each install of the packages: then set up again.';

/** Installs one hook. Returns a sentence when that cannot be. */
async function installOne(location: Location, folder: string, name: HookName): Promise<string | undefined> {
	const path = join(folder, name);
	const present = await content(path);
	if (present?.includes(`${HOME}/${name}`) && !isOurs(present)) {
		await writeCallable(location, name);
		return undefined;
	}
	const inside = await insideWorkTree(location, folder);
	if (inside !== undefined && (await isTracked(location, `${inside}/${name}`))) {
		await writeCallable(location, name);
		return byHand(path, name);
	}
	try {
		await place(folder, name, present);
	} catch (error) {
		return `${path} cannot be written (${(error as Error).message}): set core.hooksPath to a folder that can, or unset it.`;
	}
	if (inside !== undefined) await hide(location, inside, name);
	return undefined;
}

async function place(folder: string, name: HookName, present: string | undefined): Promise<void> {
	const path = join(folder, name);
	await mkdir(folder, { recursive: true });
	if (present !== undefined && !isOurs(present)) await keep(path, present);
	// lefthook moves ours to .old when it installs, and refuses to do so twice.
	if (isOurs(await content(`${path}.old`))) await rm(`${path}.old`);
	if (isEdited(present)) return;
	const script = await scriptIn(folder, name);
	if (script !== present) await writeFileAtomic(path, script, folder, 0o755);
	await chmod(path, 0o755);
}

/** Moves a hook aside, links as they are. One that is aside already no longer ran, and is kept under another name. */
async function keep(path: string, present: string): Promise<void> {
	const aside = await content(path + CHAINED);
	if (aside !== undefined && aside !== present) await rename(path + CHAINED, path + REPLACED);
	await rename(path, path + CHAINED);
}

function chainOf(script: string): Chain {
	const shell = /^#! ?(?:\/usr)?\/bin\/(?:env )?(sh|bash)\r?\n/.exec(script)?.[1];
	return shell === 'sh' || shell === 'bash' ? shell : 'exec';
}

/** The script without a chain, for a committed hook to call. */
async function writeCallable(location: Location, name: HookName): Promise<void> {
	await writeFileAtomic(join(location.commonDir, HOME, name), sealed(hookScript(name), '#'), location.commonDir, 0o755);
}

function byHand(path: string, name: HookName): string {
	const line = `f=$(git rev-parse --git-common-dir)/${HOME}/${name}; [ ! -f "$f" ] || sh "$f" "$@"`;
	return `${path} is committed, so it is not changed: add this line to it: ${line}`;
}

/** Path of the folder within the work tree, with `/`; undefined when it is elsewhere or git's own. */
async function insideWorkTree(location: Location, folder: string): Promise<string | undefined> {
	const real = await realpath(folder).catch(() => folder);
	if (isWithin(location.commonDir, real) || isWithin(location.gitDir, real)) return undefined;
	if (!isWithin(location.workTree, real)) return undefined;
	return relative(location.workTree, real).replaceAll('\\', '/');
}

function isWithin(folder: string, path: string): boolean {
	const way = relative(folder, path);
	return !isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way);
}

async function isTracked(location: Location, path: string): Promise<boolean> {
	return (await git(location.workTree, ['--literal-pathspecs', 'ls-files', '-z', '--', path])) !== '';
}

async function hide(location: Location, inside: string, name: HookName): Promise<void> {
	const ignored = await git(location.workTree, ['check-ignore', '--', `${inside}/${name}`]);
	if (!ignored) await exclude(location, excluded(inside, name));
}

function excluded(inside: string, name: HookName): string[] {
	const path = `/${`${inside}/${name}`.replace(/[\\*?[\]!# ]/g, '\\$&')}`;
	return ['', CHAINED, REPLACED].map((ending) => path + ending);
}

async function isHusky(folder: string): Promise<boolean> {
	return (await content(join(folder, HOOK_NAMES[0] + CHAINED)))?.includes('. "$(dirname "$0")/h"') ?? false;
}

function isOurs(text: string | undefined): boolean {
	return text?.includes(MARK) ?? false;
}

/** Ours once, with something of the user's in it now. */
function isEdited(text: string | undefined): boolean {
	return text !== undefined && isOurs(text) && !isUnedited(text);
}

/** Undefined where there is no such file. A hook may be a program: only its bytes count. */
async function content(path: string): Promise<string | undefined> {
	return (await exists(path)) ? readFile(path, 'latin1').catch(() => '') : undefined;
}

async function exists(path: string): Promise<boolean> {
	return lstat(path).then(
		() => true,
		() => false,
	);
}
