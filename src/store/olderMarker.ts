import type { Session } from '../core/session.ts';
import { isRecord } from './json.ts';
import { formatLocalTime } from './time.ts';

/** What the older system's marker of a running session tells. */
interface OlderMarker {
	/** Its id. */
	session: string;
	/** ms UTC; 0 where it is not told. */
	lastUpdatedAt: number;
}

/** The marker, as the scripts write it: their clock is the local one, and they cannot compare a time that names a zone. */
export function olderMarkerText({ id, author, startedAt, lastActivityAt }: Session): string {
	const marker = {
		session_id: id,
		author,
		created: formatLocalTime(startedAt),
		last_updated: formatLocalTime(lastActivityAt),
	};
	return JSON.stringify(marker, null, 2);
}

/** Undefined where the text is no marker: it may be cut short, or anybody's. */
export function readOlderMarker(text: string): OlderMarker | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isRecord(value) || typeof value.session_id !== 'string') return undefined;
	// Without a zone, Date.parse takes a time to be local.
	const at = typeof value.last_updated === 'string' ? Date.parse(value.last_updated) : Number.NaN;
	return { session: value.session_id, lastUpdatedAt: Number.isNaN(at) ? 0 : at };
}
