import type { Location } from './location.ts';
import { type NetDiff, PatchParser, type TextLimits } from './patch.ts';
import { streamGit } from './run.ts';

export type { NetDiff, NetFile } from './patch.ts';

const LIMITS: TextLimits = { perFile: 64 * 1024, total: 4 * 1024 * 1024 };

const COMPARE: readonly string[] = [
	'diff-tree',
	...['-r', '--raw', '--numstat', '-p', '--unified=0', '-z', '--full-index', '--find-renames'],
	...['--no-ext-diff', '--no-textconv', '--no-color', '--submodule=short', '--no-relative'],
];

/** The tree of nothing, which every repository knows, by the length of its object names (SHA-1, SHA-256). */
const EMPTY_TREE: Readonly<Record<number, string>> = {
	40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
	64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/**
 * Compares two commits, given by their full names, with one git process. Without a base: with nothing.
 * No driver, filter or colour of the repository's configuration takes part.
 */
export async function readNetChange(
	location: Location,
	base: string | undefined,
	head: string,
	limits: TextLimits = LIMITS,
): Promise<NetDiff> {
	const from = base ?? emptyTreeFor(head);
	const parser = new PatchParser(limits);
	for await (const piece of streamGit(location.workTree, [...COMPARE, '--end-of-options', from, head, '--'])) {
		parser.push(piece);
		if (parser.full) break;
	}
	return parser.end();
}

/**
 * Compares several pairs of commits with one git process. A file that several of them changed is there several times, in their order.
 * The limits hold for all together; the counts are whole in any case.
 */
export async function readNetChanges(
	location: Location,
	pairs: readonly { base: string; head: string }[],
	limits: TextLimits = LIMITS,
): Promise<NetDiff> {
	// "A list of commits": those after the first are taken for its parents (git-diff-tree, --stdin).
	const input = pairs.map(({ base, head }) => `${head} ${base}\n`).join('');
	const parser = new PatchParser(limits);
	for await (const piece of streamGit(location.workTree, [...COMPARE, '--stdin', '--no-commit-id'], { input })) {
		parser.push(piece);
	}
	return parser.end();
}

/** The tree of nothing, in the kind of names that a commit has. */
export function emptyTreeFor(commit: string): string {
	return EMPTY_TREE[commit.length] ?? EMPTY_TREE[40]!;
}
