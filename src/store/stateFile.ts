import type { Session } from '../core/session.ts';
import { isSessionId } from '../core/sessionId.ts';
import { carryMaps, dropFromMaps, mapMembers } from './establishedMaps.ts';
import {
	BadField,
	count,
	defined,
	list,
	optionalText,
	record,
	sha,
	text,
	texts,
	time,
	unknownMembers,
} from './fields.ts';
import type { Holder } from './holder.ts';
import { formatJson, isRecord, type JsonRecord, NewerVersion, parseJsonObject } from './json.ts';
import { endingToRecord, recordToEnding, recordToSession, SESSION_MEMBERS, sessionToRecord } from './sessionRecord.ts';
import {
	emptyState,
	type QueuedPublish,
	type Recovery,
	type ReflogCursor,
	type State,
	type WorkingCopy,
} from './state.ts';
import { formatTime } from './time.ts';

/**
 * The state file's version. A reader of 1.0 knows the three maps alone and goes on working; a newer 1.x may add members, which are
 * kept; a 2 means something that this version must not touch.
 */
const VERSION = '1.1';

/** How many completed sessions stay in the three maps. */
const RECENT = 50;

/** The members that are read here. */
export const STATE_MEMBERS: ReadonlySet<string> = new Set([
	'version',
	'last_updated',
	'pr_to_session',
	'session_to_prs',
	'session_metadata',
	'sessions',
	'awaiting_archive',
	'recently_completed',
	'working_copies',
	'publish_queue',
	'told',
	'recovery',
]);

/**
 * Reads a state file. What makes no sense is left out and told in `problems`. Throws UnreadableText when the text as a whole
 * makes none, and NewerVersion when a newer version wrote it.
 */
export function parseState(source: string): State {
	const file = parseJsonObject(source);
	const state = emptyState();
	const { carried } = state;
	carried.version = knownVersion(file.version);
	if (file.version !== carried.version) carried.olderVersion = JSON.stringify(file.version ?? null);
	carried.rest = unknownMembers(file, STATE_MEMBERS);
	carryMaps(state, file);
	state.recent = eachOf(state, file, 'recently_completed', (id) => {
		if (typeof id === 'string' && isSessionId(id)) return id;
		throw new BadField('it is no session id');
	});
	state.sessions = readSessions(state, file, 'sessions');
	const awaiting = isRecord(file.awaiting_archive) ? file.awaiting_archive : {};
	state.completed = readSessions(state, awaiting, 'sessions').filter(({ ended }) => ended);
	if (typeof awaiting.because === 'string') state.archiveError = awaiting.because;
	carried.ours = new Set([...state.sessions, ...state.completed].map(({ id }) => id).concat(state.recent));
	for (const [path, copy] of membersOf(state, file, 'working_copies', toWorkingCopy)) {
		state.workingCopies.set(path, copy);
	}
	state.publishQueue = eachOf(state, file, 'publish_queue', toQueued);
	state.told = new Map(membersOf(state, file, 'told', (when) => text({ when }, 'when')));
	const recovery = file.recovery !== undefined && orProblem(state, '"recovery"', () => toRecovery(file.recovery));
	if (recovery) state.recovery = recovery;
	return state;
}

/** Writes a state file; `now` (ms UTC) is its `last_updated`. */
export function formatState(state: State, now: number): string {
	const { carried, completed } = state;
	dropFromMaps(state);
	const extras = carried.sessionExtras;
	const records = (sessions: readonly Session[]) =>
		Object.fromEntries(sessions.map((it) => [it.id, { ...extras.get(it.id), ...sessionToRecord(it) }]));
	return formatJson({
		version: carried.version,
		last_updated: formatTime(now),
		...mapMembers(state),
		sessions: records(state.sessions),
		awaiting_archive: completed.length > 0 ? { because: state.archiveError, sessions: records(completed) } : undefined,
		recently_completed: state.recent,
		working_copies: Object.fromEntries(
			Array.from(state.workingCopies, ([path, copy]) => [
				path,
				{ ...carried.workingCopyExtras.get(path), ...workingCopyToRecord(copy) },
			]),
		),
		publish_queue: state.publishQueue.map(queuedToRecord),
		told: Object.fromEntries(state.told),
		recovery: state.recovery && recoveryToRecord(state.recovery),
		...carried.rest,
	});
}

/** What `formatState` would write of the same state at another time (ms UTC), without formatting it again. */
export function atTime(text: string, now: number): string {
	return text.replace(WRITTEN_AT, (_, start: string) => `${start}${formatTime(now)}"`);
}

/** The beginning of what `formatState` writes, up to its time. */
const WRITTEN_AT = /^(\{\n {2}"version": "[^"\n]*",\n {2}"last_updated": ")[^"\n]*"/;

/** Moves a session from `completed` to the recently completed ones, once it is in the archive. */
export function noteArchived(state: State, session: Session): void {
	// While it is in `completed` its entries in the maps are derived; from here on they are carried.
	const derived = mapMembers({ ...state, sessions: [], completed: [session] });
	carryMaps(state, derived);
	state.completed = state.completed.filter(({ id }) => id !== session.id);
	state.recent = [...state.recent.filter((id) => id !== session.id), session.id].slice(-RECENT);
	state.carried.ours.add(session.id);
}

/** Adds the pull requests that came after a session's end to the maps, while these still know it. */
export function notePullRequests({ recent, carried }: State, id: string, pullRequests: readonly number[]): void {
	if (!recent.includes(id)) return;
	const prs = pullRequests.map(String);
	for (const pr of pullRequests) carried.prToSession.set(pr, id);
	carried.sessionToPrs.set(id, [...new Set([...(carried.sessionToPrs.get(id) ?? []), ...prs])]);
}

function knownVersion(version: unknown): string {
	const known = typeof version === 'number' ? String(version) : version;
	if (typeof known !== 'string') return VERSION;
	const [major = 1, minor = 0] = known.split('.').map(Number);
	if (major > 1) throw new NewerVersion(known);
	return major === 1 && minor > 1 ? known : VERSION;
}

function readSessions(state: State, from: JsonRecord, key: string): Session[] {
	return membersOf(state, from, key, (value, id) => {
		const fields = record(value, 'it');
		const session = recordToSession(id, fields);
		keepExtras(state.carried.sessionExtras, id, fields, SESSION_MEMBERS);
		return session;
	}).map(([, session]) => session);
}

const WORKING_COPY_MEMBERS = new Set(['reflog', 'owners']);

function toWorkingCopy(value: unknown, path: string, state: State): WorkingCopy {
	const from = record(value, 'it');
	keepExtras(state.carried.workingCopyExtras, path, from, WORKING_COPY_MEMBERS);
	const owners = list(from, 'owners').flatMap((it) => toHolder(it) ?? []);
	const owned = owners.length > 0 ? { owners } : {};
	return from.reflog === undefined ? owned : { reflog: toCursor(record(from.reflog, '"reflog"')), ...owned };
}

function toCursor(from: JsonRecord): ReflogCursor {
	const offset = count(from, 'offset');
	if (from.last === undefined) return { offset };
	const last = record(from.last, '"last"');
	return { offset, last: { sha: sha(last.sha, 'sha'), at: time(last, 'at') } };
}

function workingCopyToRecord({ reflog, owners }: WorkingCopy): JsonRecord {
	return {
		reflog: reflog && { ...reflog, last: reflog.last && { ...reflog.last, at: formatTime(reflog.last.at) } },
		owners,
	};
}

/** Whoever cannot be understood is nobody. */
function toHolder(value: unknown): Holder | undefined {
	if (!isRecord(value)) return undefined;
	const { pid, started, machine, host } = value;
	if (!Number.isSafeInteger(pid) || (pid as number) <= 0) return undefined;
	return [started, machine, host].every((it) => typeof it === 'string')
		? ({ pid, started, machine, host } as Holder)
		: undefined;
}

function toRecovery(value: unknown): Recovery {
	const from = record(value, 'it');
	return defined<Recovery>({
		at: time(from, 'at'),
		sentence: text(from, 'sentence'),
		since: from.since === undefined ? undefined : time(from, 'since'),
		complete: from.complete === true,
	});
}

function recoveryToRecord({ at, since, ...it }: Recovery): JsonRecord {
	return { ...it, at: formatTime(at), since: since === undefined ? undefined : formatTime(since) };
}

function toQueued(value: unknown): QueuedPublish {
	const from = record(value, 'it');
	const session = text(from, 'session');
	if (!isSessionId(session)) throw new BadField('"session" is no session id');
	return defined<QueuedPublish>({
		session,
		branches: texts(from, 'branches'),
		startedAt: time(from, 'started'),
		ending: from.ending === undefined ? undefined : recordToEnding(record(from.ending, '"ending"')),
		since: time(from, 'since'),
		attempts: count(from, 'attempts', 0),
		error: optionalText(from, 'error'),
		printed: from.printed === true || undefined,
	});
}

function queuedToRecord({ startedAt, since, ending, ...it }: QueuedPublish): JsonRecord {
	return {
		...it,
		started: formatTime(startedAt),
		since: formatTime(since),
		ending: ending && endingToRecord(ending),
	};
}

function keepExtras(into: Map<string, JsonRecord>, key: string, from: JsonRecord, known: ReadonlySet<string>): void {
	const extras = unknownMembers(from, known);
	if (Object.keys(extras).length > 0) into.set(key, extras);
}

/** The members of the object at `key`, each read by `read`; those that make no sense are told in `problems`. */
function membersOf<T>(
	state: State,
	from: JsonRecord,
	key: string,
	read: (value: unknown, name: string, state: State) => T,
): [string, T][] {
	const members = orProblem(state, `"${key}"`, () => Object.entries(record(from[key] ?? {}, 'it'))) ?? [];
	return members.flatMap(([name, value]): [string, T][] => {
		const result = orProblem(state, `"${name}" in "${key}"`, () => ({ value: read(value, name, state) }));
		return result ? [[name, result.value]] : [];
	});
}

/** The same for a list. */
function eachOf<T>(state: State, from: JsonRecord, key: string, read: (value: unknown) => T): T[] {
	const items = orProblem(state, `"${key}"`, () => list(from, key)) ?? [];
	return items.flatMap((value, index) => {
		const result = orProblem(state, `Entry ${index + 1} of "${key}"`, () => ({ value: read(value) }));
		return result ? [result.value] : [];
	});
}

function orProblem<T>(state: State, what: string, read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof BadField)) throw error;
		state.problems.push(`${what} was left out: ${error.message}.`);
		return undefined;
	}
}
