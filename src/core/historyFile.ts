import type { ChangeKind, Commit, FileChange } from './commit.ts';
import { UserError } from './userError.ts';

/** A line of a history file, as far as it is used. */
interface HistoryLine {
	sha: string;
	parents?: string[];
	author?: string;
	committer?: string;
	authored?: string;
	committed?: string;
	message?: string;
	files?: string[];
}

/**
 * Reads one line of a history file: a JSON object with sha, parents, author and committer (names), authored and
 * committed (ISO 8601), message and files (`"M path"`).
 * @throws UserError that names the line (from 1) when it cannot be used.
 */
export function parseHistoryLine(text: string, line: number): Commit {
	let read: HistoryLine;
	try {
		read = JSON.parse(text) as HistoryLine;
	} catch {
		throw new UserError(`Line ${line} of the history is not JSON.`);
	}
	const committedAt = Date.parse(String(read?.committed ?? read?.authored));
	if (typeof read?.sha !== 'string' || Number.isNaN(committedAt)) {
		throw new UserError(`Line ${line} of the history has no sha, or no time in "committed".`);
	}
	const authoredAt = Date.parse(String(read.authored));
	return {
		sha: read.sha,
		parents: texts(read.parents),
		author: { name: String(read.author ?? '') },
		committer: { name: String(read.committer ?? read.author ?? '') },
		authoredAt: Number.isNaN(authoredAt) ? committedAt : authoredAt,
		committedAt,
		message: String(read.message ?? ''),
		files: texts(read.files).map(parseChange),
	};
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** `M path`, or `R100<TAB>old<TAB>new` as git prints renames. */
function parseChange(text: string): FileChange {
	const [, letter = 'M', rest = text] = /^([ACDMRT])\d*[ \t](.*)$/s.exec(text) ?? [];
	const kind = letter as ChangeKind;
	const [from, path] = rest.split('\t');
	return (kind === 'R' || kind === 'C') && from !== undefined && path !== undefined
		? { kind, path, from }
		: { kind, path: rest };
}
