import type { ChangeKind } from '../core/commit.ts';
import { emptyTreeFor } from './change.ts';
import type { Location } from './location.ts';
import { git, streamGit } from './run.ts';

/** A file before and after, by the names of its contents. */
export interface FileVersions {
	kind: ChangeKind;
	/** From the top of the repository, with `/`. For a rename, the new one. */
	path: string;
	/** The old path of a rename. */
	from?: string;
	/** Object name of the content; undefined where the file was not there. */
	before?: string;
	after?: string;
}

const FULL_NAME = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Modes of what has no text: a submodule (gitdatamodel(7)). */
const SUBMODULE = '160000';

/** The files that differ between two commits (full names; without a base, everything is new), with one git process. */
export async function readFileVersions(
	location: Location,
	base: string | undefined,
	head: string,
): Promise<FileVersions[]> {
	const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--submodule=short', '--no-relative'];
	const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--find-renames', ...plain, '--end-of-options'];
	const text = await git(location.workTree, [...args, base ?? emptyTreeFor(head), head, '--']);
	const tokens = text.split('\0');
	const files: FileVersions[] = [];
	for (let index = 0; index + 1 < tokens.length; ) {
		const [modeBefore, modeAfter, before, after, status] = tokens[index]!.slice(1).split(' ');
		const kind = (status?.charAt(0) ?? 'M') as ChangeKind;
		const renamed = kind === 'R' || kind === 'C';
		const path = tokens[index + (renamed ? 2 : 1)]!;
		const from = renamed ? tokens[index + 1]! : undefined;
		index += renamed ? 3 : 2;
		if (modeBefore === SUBMODULE || modeAfter === SUBMODULE) continue;
		files.push({
			kind,
			path,
			...(from !== undefined && { from }),
			...(isThere(before) && { before }),
			...(isThere(after) && { after }),
		});
	}
	return files;
}

function isThere(name: string | undefined): name is string {
	return name !== undefined && !/^0+$/.test(name);
}

/**
 * The content of a file by its object name.
 * @returns undefined where the repository does not have it, or it has more than `most` bytes.
 */
export async function readBlob(location: Location, name: string, most: number): Promise<Buffer | undefined> {
	if (!FULL_NAME.test(name)) return undefined;
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of streamGit(location.workTree, ['cat-file', '--batch'], { input: `${name}\n` })) {
		pieces.push(piece);
		size += piece.length;
		// With the line that tells the size, and its line break at the end.
		if (size > most + 200) return undefined;
	}
	const whole = Buffer.concat(pieces);
	const end = whole.indexOf(10);
	const [, type, length] = whole.subarray(0, end).toString('latin1').split(' ');
	if (type !== 'blob' || Number(length) > most) return undefined;
	return whole.subarray(end + 1, end + 1 + Number(length));
}
