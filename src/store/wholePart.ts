import { emptyArchive, formatArchive, idOf, mergeRecords, parseArchive } from './archiveFile.ts';
import { formatJson, type JsonRecord, NewerVersion, UnreadableText } from './json.ts';
import { STATE_PATH } from './layout.ts';
import { mergeStates } from './mergeStates.ts';
import { parseInPart } from './salvage.ts';
import { emptyState } from './state.ts';
import { formatState, parseState } from './stateFile.ts';

/** What can be read of a damaged file. */
interface WholePart {
	/** How many sessions. */
	sessions: number;
	/** The text of a file that holds them and all that `before`, the text of a sound one, holds. `now`: ms UTC. */
	joinedTo(before: string | undefined, now: number): string;
}

/** What is whole in the damaged state or archive at `path`; undefined when nothing is. */
export function wholePart(path: string, text: string | undefined): WholePart | undefined {
	try {
		const { file } = parseInPart(text ?? '');
		return path === STATE_PATH ? ofState(file) : ofArchive(file);
	} catch (error) {
		if (error instanceof UnreadableText || error instanceof NewerVersion) return undefined;
		throw error;
	}
}

function ofState(file: JsonRecord): WholePart {
	// Written and read again: what is nested too deeply to be written is of no use.
	const part = parseState(formatJson(file));
	return {
		sessions: part.sessions.length + part.completed.length,
		joinedTo(before, now) {
			const state = before === undefined ? emptyState() : parseState(before);
			mergeStates(state, part);
			return formatState(state, now);
		},
	};
}

function ofArchive({ completed_sessions: found, ...members }: JsonRecord): WholePart | undefined {
	const records = Array.isArray(found) ? found.filter((it) => idOf(it) !== undefined) : [];
	if (records.length === 0) return undefined;
	return {
		sessions: records.length,
		joinedTo(text) {
			const before = text === undefined ? emptyArchive() : parseArchive(text);
			return formatArchive({
				members: { ...members, ...before.members },
				records: mergeRecords([...before.records, ...records]),
			});
		},
	};
}
