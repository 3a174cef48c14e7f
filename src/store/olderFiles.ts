import type { CompletedSession } from '../core/completedSession.ts';
import { isSessionId, parseSessionId } from '../core/sessionId.ts';
import { idOf, pullRequestOf, RECORD_MEMBERS, sessionsIn } from './archiveFile.ts';
import { unknownMembers } from './fields.ts';
import { isRecord, type JsonRecord, UnreadableText } from './json.ts';
import { objectAt, parseInPart } from './salvage.ts';
import { STATE_MEMBERS } from './stateFile.ts';
import { formatTime, parseTime } from './time.ts';

/** What a file of the older system tells. */
export interface OlderSessions {
	completed: CompletedSession[];
	/** Not completed as far as the file knows; each as it would be if it had been left at its last activity. */
	open: CompletedSession[];
	/** Members of their records that only others know, by session id: a scorer's breakdown, say. */
	others: Map<string, JsonRecord>;
	/** What was left out and why, each a sentence. */
	dropped: string[];
}

/**
 * Reads a file of the older system, told by its members: the analytics record, the state with its three maps, or
 * the note `.cursor/.session_id` of a running session. Times without a zone are taken to be in `zone`, an IANA name. Throws
 * UnreadableText when nothing in it can be read.
 */
export function readOlderFile(text: string, zone: string): OlderSessions {
	const { file, problems } = parseInPart(text);
	const result: OlderSessions = { completed: [], open: [], others: new Map(), dropped: problems };
	if ('completed_sessions' in file || 'active_sessions' in file) takeRecords(result, file, zone);
	else if ('pr_to_session' in file || 'session_to_prs' in file || 'session_metadata' in file) {
		takeMaps(result, file, zone);
	} else if ('session_id' in file) takeNote(result, file, zone);
	else if (Array.isArray(file.scores)) {
		result.dropped.push(`${file.scores.length} scores were left out: they are of pull requests, not of sessions.`);
	} else throw new UnreadableText('this is no file of sessions');
	return result;
}

function takeRecords(result: OlderSessions, file: JsonRecord, zone: string): void {
	const { dropped } = result;
	const records = file.completed_sessions ?? [];
	if (!Array.isArray(records)) dropped.push('"completed_sessions" was left out: it is not a list.');
	const active = Object.entries(objectAt(file, 'active_sessions', dropped)).map(([id, value]) =>
		isRecord(value) ? { session_id: id, ...value } : value,
	);
	const completed = sessionsIn({ members: {}, records: Array.isArray(records) ? records : [] }, zone);
	const open = sessionsIn({ members: {}, records: active }, zone, 'Active');
	result.completed = completed.sessions;
	result.open = open.sessions.map((session) => ({ ...session, trigger: 'orphaned' }));
	dropped.push(...completed.problems, ...open.problems);
	const taken = new Set([...completed.sessions, ...open.sessions].map(({ id }) => id));
	for (const record of [...(Array.isArray(records) ? records : []), ...active]) {
		if (!isRecord(record) || !taken.has(idOf(record) ?? '')) continue;
		noteOthers(result, record);
		if (Array.isArray(record.prs)) record.prs.forEach((pr) => void numberOrDropped(pr, idOf(record)!, dropped));
	}
	dropMembers(result, file, new Set(['version', 'last_updated', 'completed_sessions', 'active_sessions']));
}

/** Keeps what only others know of a record, the metadata included: ours is written over it. */
function noteOthers(result: OlderSessions, record: JsonRecord): void {
	const others = unknownMembers(record, RECORD_MEMBERS);
	if (isRecord(others.metadata) && Object.keys(others.metadata).length === 0) delete others.metadata;
	if (Object.keys(others).length > 0) result.others.set(String(record.session_id), others);
}

/** The state knows who, when and which pull requests; not until when, nor how much. */
function takeMaps(result: OlderSessions, file: JsonRecord, zone: string): void {
	const { dropped } = result;
	const metadata = new Map(Object.entries(objectAt(file, 'session_metadata', dropped)));
	const pullRequests = pullRequestsBySession(file, dropped);
	for (const id of new Set([...metadata.keys(), ...pullRequests.keys()])) {
		const known = metadata.get(id) ?? {};
		const session = isRecord(known) ? bareSession(id, known.author, known.timestamp, zone) : undefined;
		if (!session || !isRecord(known)) {
			dropped.push(`Session ${id} was left out: its id is none, or its entry makes no sense.`);
			continue;
		}
		const { author, timestamp, title, ...others } = known;
		if (typeof title === 'string' && title !== '') session.title = title;
		session.pullRequests = [...(pullRequests.get(id) ?? [])].sort((a, b) => a - b);
		if (Object.keys(others).length > 0) result.others.set(id, { metadata: others });
		result.open.push(session);
	}
	dropMembers(result, file, STATE_MEMBERS);
}

function pullRequestsBySession(file: JsonRecord, dropped: string[]): Map<string, Set<number>> {
	const found = new Map<string, Set<number>>();
	const add = (id: string, value: unknown) => {
		const pr = numberOrDropped(value, id, dropped);
		const numbers = found.get(id) ?? new Set();
		if (pr !== undefined) numbers.add(pr);
		found.set(id, numbers);
	};
	for (const [id, list] of Object.entries(objectAt(file, 'session_to_prs', dropped))) {
		if (Array.isArray(list)) for (const pr of list) add(id, pr);
		else dropped.push(`"${id}" in "session_to_prs" was left out: it is not a list.`);
	}
	for (const [pr, id] of Object.entries(objectAt(file, 'pr_to_session', dropped))) {
		if (typeof id === 'string') add(id, pr);
		else dropped.push(`"${pr}" in "pr_to_session" was left out: it is not a text.`);
	}
	return found;
}

function takeNote(result: OlderSessions, file: JsonRecord, zone: string): void {
	const id = String(file.session_id);
	const session = bareSession(id, file.author, file.created, zone);
	if (!session) {
		result.dropped.push(`Session ${id} was left out: its id is none, or it has no time.`);
		return;
	}
	const last = typeof file.last_updated === 'string' ? parseTime(file.last_updated, zone) : undefined;
	session.lastActivityAt = Math.max(session.startedAt, last ?? 0);
	session.completedAt = session.lastActivityAt;
	session.durationMinutes = Math.floor((session.lastActivityAt - session.startedAt) / 60_000);
	result.open.push(session);
	dropMembers(result, file, new Set(['session_id', 'author', 'created', 'last_updated']));
}

/** A session of which only its beginning is known; what its file does not tell, its id does. */
function bareSession(id: string, author: unknown, started: unknown, zone: string): CompletedSession | undefined {
	const parts = isSessionId(id) ? parseSessionId(id) : undefined;
	if (!parts) return undefined;
	// The older system made its ids of local time.
	const text = started === undefined ? formatTime(parts.startedAt).slice(0, -1) : String(started);
	const startedAt = parseTime(text, zone);
	if (startedAt === undefined) return undefined;
	return {
		id,
		author: typeof author === 'string' && author !== '' ? author : parts.author,
		startedAt,
		lastActivityAt: startedAt,
		completedAt: startedAt,
		trigger: 'orphaned',
		durationMinutes: 0,
		pullRequests: [],
		filesChanged: 0,
		testFilesAdded: 0,
		docsUpdated: 0,
		filesByKind: {},
		commits: [],
		branches: [],
		assisted: 0,
	};
}

function numberOrDropped(value: unknown, id: string, dropped: string[]): number | undefined {
	const pr = pullRequestOf(value);
	if (pr === undefined) {
		const shown = JSON.stringify(value).slice(0, 40);
		dropped.push(`Pull request ${shown} of session ${id} was left out: it is no number.`);
	}
	return pr;
}

/** Says which members of the file itself go no further. */
function dropMembers({ dropped }: OlderSessions, file: JsonRecord, known: ReadonlySet<string>): void {
	for (const key of Object.keys(unknownMembers(file, known))) {
		dropped.push(`"${key}" was left out: it is nothing of sessions that is known here.`);
	}
}
