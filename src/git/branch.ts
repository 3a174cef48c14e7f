import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Location } from './location.ts';
import { git } from './run.ts';

/** What is checked out. */
export interface Branch {
	/** Undefined when detached. */
	name?: string;
	/** Full name of the commit; undefined where there is none yet. */
	head?: string;
}

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const HEADS = 'refs/heads/';
/** Where a repository keeps its references in a reftable, HEAD is a stub. See git's Documentation/technical/reftable. */
const REFTABLE_STUB = 'refs/heads/.invalid';

/** What is checked out, from files; with a git process only where git keeps the reference elsewhere. */
export async function readBranch(location: Location): Promise<Branch> {
	const target = await readTarget(location);
	if ('sha' in target) return { head: target.sha };
	const head = await readHead(location, target.ref);
	return { name: shortName(target.ref), ...(head ? { head } : {}) };
}

/** The commit that a branch of the repository is at, whichever work tree has it; undefined where there is no such branch. */
export function readTip(location: Location, branch: string): Promise<string | undefined> {
	return readHead(location, HEADS + branch);
}

async function readHead(location: Location, ref: string): Promise<string | undefined> {
	return (await readLoose(location, ref)) ?? (await resolve(location, ref));
}

/** What HEAD points to: a reference, or a commit itself. */
async function readTarget(location: Location): Promise<{ ref: string } | { sha: string }> {
	const text = (await readFile(join(location.gitDir, 'HEAD'), 'utf8')).trim();
	const ref = /^ref:\s*(.+)$/.exec(text)?.[1];
	if (ref && ref !== REFTABLE_STUB) return { ref };
	if (SHA.test(text)) return { sha: text };
	const symbolic = (await git(location.workTree, ['symbolic-ref', '--quiet', 'HEAD'])).trim();
	return symbolic ? { ref: symbolic } : { sha: (await resolve(location, 'HEAD')) ?? '' };
}

async function readLoose(location: Location, ref: string): Promise<string | undefined> {
	// HEAD is text that anything may have written: no name with ".." becomes a path. git forbids it in names, too.
	if (!ref.startsWith(HEADS) || ref.includes('..')) return undefined;
	const text = await readFile(join(location.commonDir, ref), 'utf8').catch(() => '');
	return SHA.test(text.trim()) ? text.trim() : undefined;
}

async function resolve(location: Location, ref: string): Promise<string | undefined> {
	const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', ref];
	return (await git(location.workTree, args)).trim() || undefined;
}

function shortName(ref: string): string {
	return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;
}

/** Where this branch's work goes. */
export interface Remote {
	/** As git would use it, `url.<base>.insteadOf` applied. */
	url: string;
	/** Its name; where the branch is configured with an address instead of a name, that address. */
	name: string;
	/** The remote's default branch, as far as this clone knows. */
	trunk?: string;
}

const SETTINGS = '^(remote\\..*\\.url|remote\\.pushdefault|branch\\..*\\.(remote|pushremote))$';

/**
 * The remote that the current branch is pushed to (in git's order: `branch.<name>.pushRemote`, `remote.pushDefault`,
 * `branch.<name>.remote`), else `origin`, else the only one. Undefined when there is none or no way to choose.
 */
export async function readRemote(location: Location): Promise<Remote | undefined> {
	const [target, text] = await Promise.all([
		readTarget(location),
		git(location.workTree, ['config', '-z', '--get-regexp', SETTINGS]),
	]);
	const branch = 'ref' in target ? shortName(target.ref) : undefined;
	const settings = new Map<string, string>();
	for (const entry of text.split('\0')) {
		const end = entry.indexOf('\n');
		if (end > 0) settings.set(entry.slice(0, end), entry.slice(end + 1));
	}
	const names = remoteNames(settings);
	const name = choose(settings, names, branch);
	if (name === undefined) return undefined;
	if (!names.includes(name)) return { url: name, name };
	const url = (await git(location.workTree, ['remote', 'get-url', '--', name])).trim();
	const trunk = await readTrunkName(location, name);
	return { url, name, ...(trunk ? { trunk } : {}) };
}

function remoteNames(settings: ReadonlyMap<string, string>): string[] {
	return [...settings.keys()].flatMap((key) => /^remote\.(.+)\.url$/.exec(key)?.[1] ?? []);
}

function choose(settings: ReadonlyMap<string, string>, names: string[], branch?: string): string | undefined {
	const wanted = [
		branch && settings.get(`branch.${branch}.pushremote`),
		settings.get('remote.pushdefault'),
		branch && settings.get(`branch.${branch}.remote`),
	].find((name) => name && name !== '.' && (names.includes(name) || /[:/\\]/.test(name)));
	return wanted || (names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined);
}

/** `refs/remotes/<name>/HEAD` is written by clone and by `git remote set-head`; a symbolic reference is never packed. */
async function readTrunkName(location: Location, name: string): Promise<string | undefined> {
	if (name.includes('..')) return undefined;
	const text = await readFile(join(location.commonDir, 'refs', 'remotes', name, 'HEAD'), 'utf8').catch(() => '');
	const prefix = `ref: refs/remotes/${name}/`;
	return text.startsWith(prefix) ? text.slice(prefix.length).trim() : undefined;
}
