import { mergeMembers, mergeRecords } from '../core/mergeRecords.ts';
import { type Archive, formatArchive, parseArchive } from './archiveFile.ts';
import { UnreadableText } from './json.ts';

/**
 * Merges two branches' texts of the analytics record, by session id. A side with the markers of an unresolved conflict counts
 * as both that it holds; a base that cannot be read, or is empty, as none. Throws UnreadableText for a side that is damaged otherwise.
 */
export function mergeArchives(base: string, ours: string, theirs: string): string {
	return formatArchive(merge(readBase(base), readSide(ours), readSide(theirs)));
}

function merge(base: Archive, ours: Archive, theirs: Archive): Archive {
	return {
		members: mergeMembers(base.members, ours.members, theirs.members),
		records: mergeRecords(base.records, ours.records, theirs.records),
	};
}

function none(): Archive {
	return { members: {}, records: [] };
}

function readBase(text: string): Archive {
	try {
		return readSide(text);
	} catch (error) {
		if (error instanceof UnreadableText) return none();
		throw error;
	}
}

function readSide(text: string): Archive {
	if (text.trim() === '') return none();
	if (!/^<{7}/m.test(text)) return parseArchive(text);
	const [first, second] = halves(text);
	return merge(none(), parseArchive(first), parseArchive(second));
}

/** The two texts of which a conflict-marked one was made; the common ancestor between `|||||||` and `=======` is left out. */
function halves(text: string): [string, string] {
	const out: [string[], string[]] = [[], []];
	let part: 'both' | 'first' | 'ancestor' | 'second' = 'both';
	for (const line of text.split('\n')) {
		if (/^<{7}/.test(line)) part = 'first';
		else if (/^\|{7}/.test(line)) part = 'ancestor';
		else if (/^={7}\r?$/.test(line)) part = 'second';
		else if (/^>{7}/.test(line)) part = 'both';
		else {
			if (part === 'both' || part === 'first') out[0].push(line);
			if (part === 'both' || part === 'second') out[1].push(line);
		}
	}
	return [out[0].join('\n'), out[1].join('\n')];
}
