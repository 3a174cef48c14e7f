import type { ChangeKind } from '../core/commit.ts';
import { type CompletedSession, completedSession, minutesBetween } from '../core/completedSession.ts';
import type { Origin, Session } from '../core/session.ts';
import { isSessionId } from '../core/sessionId.ts';
import { BadField, defined, list, optionalSha, optionalText, record, sha, text, texts, time } from './fields.ts';
import { formatJson, isRecord, type JsonRecord, NewerVersion, parseJsonObject, UnreadableText } from './json.ts';
import { formatTime, parseTime } from './time.ts';

/** The analytics record as its file has it: records of others, and members that only others know, are kept as they are. */
export interface Archive {
	/** The file's members, `completed_sessions` aside. */
	members: JsonRecord;
	/** The completed sessions, as found. */
	records: unknown[];
}

const KINDS: readonly ChangeKind[] = ['A', 'M', 'D', 'R', 'C', 'T'];

/** What the older system called its triggers. */
const OLDER_TRIGGERS = new Map([
	['manual_cli', 'explicit'],
	['orphaned_cleanup', 'orphaned'],
]);

export function emptyArchive(): Archive {
	return { members: { version: '1.0', active_sessions: {} }, records: [] };
}

/**
 * Reads an archive. Throws UnreadableText, with the line, for a text that is damaged, conflict-marked or half merged,
 * and NewerVersion for one that a newer version wrote.
 */
export function parseArchive(source: string): Archive {
	const { completed_sessions: records = [], ...members } = parseJsonObject(source);
	if (!Array.isArray(records)) throw new UnreadableText('"completed_sessions" is not a list');
	if (typeof members.version === 'string' && Number.parseInt(members.version, 10) > 1) {
		throw new NewerVersion(members.version);
	}
	return { members, records };
}

/**
 * Writes an archive: one session a line, sorted by id, so that branches merge cleanly where their authors or days
 * differ. `last_updated`, which the older system wrote, is left out: it would change on every branch that completes a session, and so
 * be a conflict in every merge. The newest completion says the same.
 */
export function formatArchive({ members, records }: Archive): string {
	const { last_updated, ...rest } = members;
	const sorted = records
		.map((it) => ({ it, id: idOf(it) }))
		// Those without an id stay last, in their order: sort is stable.
		.sort((a, b) => (a.id === b.id ? 0 : a.id === undefined ? 1 : b.id === undefined ? -1 : a.id < b.id ? -1 : 1));
	return formatJson({ version: '1.0', active_sessions: {}, ...rest, completed_sessions: sorted.map(({ it }) => it) });
}

/**
 * The sessions of an archive, sorted by id, each once: the last wins. Times without a zone are taken to be in `zone` (an IANA
 * name; UTC). What makes no sense is left out and told in `problems`, with what `kind` of session it is.
 */
export function sessionsIn(
	archive: Archive,
	zone?: string,
	kind = 'Completed',
): { sessions: CompletedSession[]; problems: string[] } {
	const sessions = new Map<string, CompletedSession>();
	const problems: string[] = [];
	archive.records.forEach((value, index) => {
		try {
			const session = recordToCompleted(record(value, 'it'), zone);
			sessions.set(session.id, session);
		} catch (error) {
			if (!(error instanceof BadField)) throw error;
			problems.push(`${kind} session ${idOf(value) ?? `number ${index + 1}`} was left out: ${error.message}.`);
		}
	});
	return { sessions: [...sessions.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

/**
 * Adds sessions; where an id is there, brings that record up to date and keeps its other members (a score, say). `others`: members
 * that only others know, by session id.
 */
export function putCompleted(
	archive: Archive,
	sessions: readonly CompletedSession[],
	others: ReadonlyMap<string, JsonRecord> = new Map(),
): void {
	const records = sessions.map((session) => joined(others.get(session.id), completedToRecord(session)));
	archive.records = mergeRecords(archive.records.concat(records));
}

/** The records, each id once: of two with one id, the members of the later win. Those without an id stay as they are. */
export function mergeRecords(records: readonly unknown[]): unknown[] {
	const byId = new Map<string, JsonRecord>();
	const others: unknown[] = [];
	for (const value of records) {
		const id = idOf(value);
		if (id === undefined) others.push(value);
		else byId.set(id, joined(byId.get(id), value as JsonRecord));
	}
	return [...byId.values(), ...others];
}

/** An archive as the older system writes it, open sessions (of which it knows no more than these members) and `last_updated` (ms UTC) included. */
export function formatOlderArchive(
	completed: readonly CompletedSession[],
	open: readonly Session[],
	now: number,
): string {
	const active = open.map((session): [string, JsonRecord] => {
		const over = completedSession({ ...session, ended: { trigger: 'orphaned', at: session.lastActivityAt } });
		const { completed: _, completion_trigger, duration_minutes, ...record } = completedToRecord(over);
		return [session.id, { ...record, status: 'active' }];
	});
	return formatJson({
		version: '1.0',
		last_updated: formatTime(now),
		active_sessions: Object.fromEntries(active),
		completed_sessions: completed.map(completedToRecord),
	});
}

/** The members that are read here; what else a record has is of others. */
export const RECORD_MEMBERS: ReadonlySet<string> = new Set([
	'session_id',
	'author',
	'started',
	'last_activity',
	'prs',
	'total_files_changed',
	'test_files_added',
	'docs_updated',
	'status',
	'completed',
	'completion_trigger',
	'duration_minutes',
	'final_score',
]);

function joined(before: JsonRecord | undefined, after: JsonRecord): JsonRecord {
	if (!before) return after;
	const metadata = isRecord(before.metadata) && isRecord(after.metadata) && { ...before.metadata, ...after.metadata };
	return { ...before, ...after, ...(metadata && { metadata }) };
}

/** When a record says that its session completed, ms UTC; undefined when it makes no sense. */
export function completionOf(value: unknown): number | undefined {
	if (!isRecord(value)) return undefined;
	const { completed, last_activity } = value;
	return parseTime(typeof completed === 'string' ? completed : String(last_activity));
}

export function idOf(value: unknown): string | undefined {
	return isRecord(value) && typeof value.session_id === 'string' ? value.session_id : undefined;
}

/** The established members, as the older system names them; the rest is in `metadata`. */
function completedToRecord(session: CompletedSession): JsonRecord {
	return {
		session_id: session.id,
		author: session.author,
		started: formatTime(session.startedAt),
		last_activity: formatTime(session.lastActivityAt),
		prs: session.pullRequests.map(String),
		total_files_changed: session.filesChanged,
		test_files_added: session.testFilesAdded,
		docs_updated: session.docsUpdated,
		status: 'completed',
		completed: formatTime(session.completedAt),
		completion_trigger: session.trigger,
		duration_minutes: session.durationMinutes,
		...(session.score !== undefined && { final_score: session.score }),
		metadata: defined<JsonRecord>({
			title: session.title,
			origin: session.origin,
			agent: session.agent,
			branches: session.branches,
			base: session.base,
			head: session.commits.at(-1),
			commits: session.commits,
			assisted: session.assisted,
			files: session.filesByKind,
		}),
	};
}

function recordToCompleted(from: JsonRecord, zone: string | undefined): CompletedSession {
	const id = text(from, 'session_id');
	if (!isSessionId(id)) throw new BadField('its id is none');
	const metadata = isRecord(from.metadata) ? from.metadata : {};
	const startedAt = time(from, 'started', zone);
	const lastActivityAt = time(from, 'last_activity', zone);
	const completedAt = typeof from.completed === 'string' ? time(from, 'completed', zone) : lastActivityAt;
	const trigger = optionalText(from, 'completion_trigger') ?? 'explicit';
	return defined<CompletedSession>({
		id,
		author: text(from, 'author'),
		startedAt,
		lastActivityAt,
		completedAt,
		trigger: OLDER_TRIGGERS.get(trigger) ?? trigger,
		durationMinutes: numberOr(from.duration_minutes, minutesBetween(startedAt, completedAt)),
		pullRequests: list(from, 'prs')
			.map(pullRequestOf)
			.filter((it) => it !== undefined),
		filesChanged: numberOr(from.total_files_changed, 0),
		testFilesAdded: numberOr(from.test_files_added, 0),
		docsUpdated: from.docs_updated === true ? 1 : numberOr(from.docs_updated, 0),
		filesByKind: toCounts(metadata.files),
		commits: list(metadata, 'commits').map((it) => sha(it, 'commits')),
		base: optionalSha(metadata, 'base'),
		branches: texts(metadata, 'branches'),
		agent: optionalText(metadata, 'agent'),
		title: optionalText(metadata, 'title'),
		origin: toOrigin(metadata.origin),
		assisted: numberOr(metadata.assisted, 0),
		score: typeof from.final_score === 'number' ? from.final_score : undefined,
	});
}

/** The number of a pull request, which the older system wrote as a text; undefined for what is none. */
export function pullRequestOf(value: unknown): number | undefined {
	const pr = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
	return Number.isSafeInteger(pr) && pr > 0 ? pr : undefined;
}

function toCounts(value: unknown): Partial<Record<ChangeKind, number>> {
	const from = isRecord(value) ? value : {};
	const counts: Partial<Record<ChangeKind, number>> = {};
	for (const kind of KINDS) if (typeof from[kind] === 'number') counts[kind] = from[kind];
	return counts;
}

/** Analytics of others: a wrong figure is no reason to lose the session. */
function numberOr(value: unknown, fallback: number): number {
	return typeof value === 'number' && value >= 0 ? Math.floor(value) : fallback;
}

function toOrigin(value: unknown): Origin | undefined {
	return value === 'hand' || value === 'agent' || value === 'commit' ? value : undefined;
}
