import type { ChangeKind } from '../core/commit.ts';
import type { Ending, Origin, Session, SessionCommit, Status, Trigger } from '../core/session.ts';
import { isSessionId } from '../core/sessionId.ts';
import { BadField, count, defined, list, oneOf, optionalSha, optionalText, record, sha, text, time } from './fields.ts';
import type { JsonRecord } from './json.ts';
import { formatTime } from './time.ts';

const STATUSES: readonly Status[] = ['active', 'warning', 'completed'];
const ORIGINS: readonly Origin[] = ['hand', 'agent', 'commit'];
const TRIGGERS: readonly Trigger[] = ['explicit', 'timeout', 'heuristic', 'closed', 'orphaned'];
const KINDS: readonly ChangeKind[] = ['A', 'M', 'D', 'R', 'C', 'T'];

/** A session as the state file has it: snake_case, times in ISO. Undefined members are left out on writing. */
export function sessionToRecord(session: Session): JsonRecord {
	return {
		author: session.author,
		identity: session.identity,
		origin: session.origin,
		status: session.status,
		started: formatTime(session.startedAt),
		last_activity: formatTime(session.lastActivityAt),
		title: session.title,
		working_copy: session.workingCopy,
		// Pairs, since their order tells which is the current one, and an object would sort a branch called `42` first.
		branches: Array.from(session.branches, ([name, pr]) => (pr === undefined ? [name] : [name, pr])),
		agent: session.agent,
		foreign: session.foreign,
		conversation: session.conversation,
		anchored: session.anchored,
		// Pairs with the time in ms: a long day has hundreds, and the time is compared, never shown.
		commits: session.commits.map(({ sha, authoredAt }) => [sha, authoredAt]),
		files: Object.fromEntries(session.files),
		pull_requests: session.pullRequests,
		assisted: session.assisted,
		base: session.base,
		ended: session.ended && endingToRecord(session.ended),
	};
}

/** The members that `sessionToRecord` writes. */
export const SESSION_MEMBERS: ReadonlySet<string> = new Set(
	Object.keys(
		sessionToRecord({
			id: '',
			author: '',
			identity: '',
			origin: 'hand',
			status: 'active',
			startedAt: 0,
			lastActivityAt: 0,
			branches: new Map(),
			anchored: false,
			commits: [],
			files: new Map(),
			pullRequests: [],
			assisted: 0,
		}),
	),
);

/** Throws BadField when the record makes no sense. */
export function recordToSession(id: string, from: JsonRecord): Session {
	if (!isSessionId(id)) throw new BadField('its id is none');
	const status = oneOf(from, 'status', STATUSES);
	const ended = from.ended === undefined ? undefined : recordToEnding(record(from.ended, '"ended"'));
	if ((status === 'completed') !== (ended !== undefined))
		throw new BadField('"status" and "ended" contradict each other');
	const startedAt = time(from, 'started');
	const lastActivityAt = time(from, 'last_activity');
	if (lastActivityAt < startedAt) throw new BadField('"last_activity" is before "started"');
	return defined<Session>({
		id,
		author: text(from, 'author'),
		identity: text(from, 'identity'),
		origin: oneOf(from, 'origin', ORIGINS),
		status,
		startedAt,
		lastActivityAt,
		title: optionalText(from, 'title'),
		workingCopy: optionalText(from, 'working_copy'),
		branches: new Map(list(from, 'branches').map(toBranch)),
		agent: optionalText(from, 'agent'),
		foreign: optionalText(from, 'foreign'),
		conversation: optionalText(from, 'conversation'),
		anchored: from.anchored === true,
		commits: list(from, 'commits').map(toCommit),
		files: toFiles(record(from.files ?? {}, '"files"')),
		pullRequests: list(from, 'pull_requests').map(toPullRequest),
		assisted: count(from, 'assisted', 0),
		base: optionalSha(from, 'base'),
		ended,
	});
}

export function endingToRecord({ trigger, at }: Ending): JsonRecord {
	return { trigger, at: formatTime(at) };
}

export function recordToEnding(from: JsonRecord): Ending {
	return { trigger: oneOf(from, 'trigger', TRIGGERS), at: time(from, 'at') };
}

function toCommit(value: unknown): SessionCommit {
	if (!Array.isArray(value)) throw new BadField('"commits" holds something that is no pair');
	const [name, authoredAt] = value as unknown[];
	if (!Number.isSafeInteger(authoredAt)) throw new BadField('a commit has no time');
	return { sha: sha(name, 'commits'), authoredAt: authoredAt as number };
}

function toBranch(value: unknown): [string, number | undefined] {
	if (!Array.isArray(value) || typeof value[0] !== 'string')
		throw new BadField('"branches" holds something that is no pair');
	return [value[0], value[1] === undefined ? undefined : toPullRequest(value[1])];
}

function toFiles(from: JsonRecord): Map<string, ChangeKind> {
	return new Map(Object.keys(from).map((path) => [path, oneOf(from, path, KINDS)]));
}

function toPullRequest(value: unknown): number {
	if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
	throw new BadField('a pull request is no number');
}
