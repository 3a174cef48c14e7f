import type { ChangedFile } from './changedFile.ts';
import { endingOf } from './pathKinds.ts';

/** How a family of languages writes comments. */
interface Comments {
	/** A line that begins so is a comment. */
	lineStarts: readonly string[];
	/** From here to the end of the line. */
	trailing?: string;
	/** Begin and end of comments over several lines. Only a line that starts with one opens it: globs hold them too. */
	blocks: readonly (readonly [open: string, close: string])[];
}

const SLASH: Comments = {
	// A line of a block comment whose beginning was not added begins with a star.
	lineStarts: ['//', '* ', '*/', '<!--'],
	trailing: ' //',
	blocks: [['/*', '*/']],
};
const HASH: Comments = { lineStarts: ['#'], trailing: ' # ', blocks: [] };
const PYTHON: Comments = {
	...HASH,
	blocks: [
		['"""', '"""'],
		["'''", "'''"],
	],
};
const DASH: Comments = { lineStarts: ['--'], trailing: ' -- ', blocks: [] };
const PERCENT: Comments = { lineStarts: ['%'], trailing: ' % ', blocks: [] };

const BY_ENDING = new Map<string, Comments>([
	['py', PYTHON],
	...['rb', 'sh', 'bash', 'bats', 'ps1', 'pl', 'pm', 't', 'r', 'ex', 'exs', 'jl', 'nim', 'cr', 'feature', 'robot'].map(
		(ending) => [ending, HASH] as const,
	),
	...['lua', 'hs', 'elm'].map((ending) => [ending, DASH] as const),
	['erl', PERCENT],
]);

/**
 * The added lines that are program text, trimmed: no blank lines, and no comments as far as single added lines tell.
 * Linear in the text.
 */
export function codeLines(file: ChangedFile): string[] {
	const comments = BY_ENDING.get(endingOf(file.path)) ?? SLASH;
	const lines: string[] = [];
	const lastClose = new Map(comments.blocks.map(([, close]) => [close, file.addedText.lastIndexOf(close)]));
	let until: string | undefined;
	let offset = 0;
	for (const raw of file.addedText.split('\n')) {
		const start = offset;
		offset += raw.length + 1;
		let line = raw.trim();
		if (until !== undefined) {
			const end = line.indexOf(until);
			if (end < 0) continue;
			line = line.slice(end + until.length).trim();
			until = undefined;
		}
		const block = comments.blocks.find(([open]) => line.startsWith(open));
		if (block) {
			const [open, close] = block;
			const end = line.indexOf(close, open.length);
			// Where the end is not among the added lines, only this line is known to be a comment.
			if (end < 0 && lastClose.get(close)! > start + raw.length) until = close;
			line = end < 0 ? '' : line.slice(end + close.length).trim();
		}
		line = withoutComment(line, comments);
		if (line !== '') lines.push(line);
	}
	return lines;
}

function withoutComment(line: string, { lineStarts, trailing }: Comments): string {
	if (line === '*' || lineStarts.some((start) => line.startsWith(start))) return '';
	const cut = trailing === undefined ? -1 : line.indexOf(trailing);
	return cut < 0 ? line : line.slice(0, cut).trimEnd();
}
