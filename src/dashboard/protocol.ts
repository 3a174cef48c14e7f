import { type Filter, SORTS, type Sort } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { SessionDetails } from '../core/analytics/sessionDetails.ts';
import { type HealthMessage, readHealthMessage } from './healthMessage.ts';

/** An open session as the dashboard shows it. Times are ms UTC. */
export interface OpenSession {
	id: string;
	author: string;
	title?: string;
	agent?: string;
	status: 'active' | 'warning';
	startedAt: number;
	lastActivityAt: number;
	commits: number;
	files: number;
	tests: number;
	docs: number;
	/** Why its last commit was found automatic. */
	because?: string;
	/** What would complete it, in words. */
	completes?: string;
	/** Of the session's pull requests. */
	pullRequests: number[];
}

/** Trailers that wait. */
interface Waiting {
	session: string;
	/** Why, as a sentence. */
	why?: string;
}

/** A repository's open sessions, and what is to be told of it. */
export interface Sessions {
	/** The repository's name where the window has several. */
	repository?: string;
	/** The session of this working copy. */
	here?: OpenSession;
	/** The other open ones. */
	others: OpenSession[];
	waiting: Waiting[];
	/** Sentences about what went wrong with the files. */
	notices: string[];
	/** What is wrong in the configuration, each with its place: the Problems panel has them too. */
	problems: string[];
}

/** All that the dashboard shows but the completed sessions; sent as a whole whenever it changes. */
export type DashboardState =
	| { stage: 'loading' }
	| { stage: 'no repository'; hasFolder: boolean }
	| { stage: 'failed'; sentence: string }
	| ({ stage: 'restricted' } & Sessions)
	| ({ stage: 'ready' } & Sessions);

/** How things stand now. */
interface StateMessage {
	type: 'state';
	state: DashboardState;
	/** The extension's clock, ms UTC: it may run on another machine. */
	now: number;
}

/** Completed sessions. There may be ten thousand, so after the first time only what is new is sent. */
export interface HistoryMessage {
	type: 'history';
	/** Whether these are all sessions; if not, they are to be added to those that were sent, or to take their place by id. */
	whole: boolean;
	rows: readonly AnalyticsRow[];
}

/** What the page of a completed session shows, as far as it could be read. */
export type DetailsMessage = { type: 'details'; session: string } & (
	| { details: SessionDetails }
	/** Why there are none, as a sentence. */
	| { failed: string }
);

/** From the extension. */
export type ToDashboard = StateMessage | HistoryMessage | HealthMessage | DetailsMessage;

/** What a button can ask for. */
const ACTIONS = [
	'start',
	'end',
	'keepGoing',
	'discard',
	'showCommits',
	'createPullRequest',
	'publish',
	'openFolder',
	'manageTrust',
	'showLog',
	'showProblems',
	'tryAgain',
] as const;

export type Action = (typeof ACTIONS)[number];

/** From the dashboard. */
export type ToExtension =
	/** It was drawn, for the first time or again, and has no state or an old one. */
	| { type: 'ready' }
	/** A button was pressed. `session`: the id of the open session that it stands with. */
	| { type: 'act'; action: Action; session?: string }
	/** A pull request is to be shown on its forge. */
	| { type: 'pullRequest'; number: number }
	/** The page of a completed session was opened. */
	| { type: 'open'; session: string }
	/** The sessions that the filter lets through are to be written to a file. */
	| { type: 'export'; format: ExportFormat; filter: Filter };

/** How figures can be taken away. */
export const EXPORT_FORMATS = ['csv', 'json', 'markdown'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Reads a message of the dashboard; undefined for what is none. */
export function readToExtension(message: unknown): ToExtension | undefined {
	if (!isRecord(message)) return undefined;
	if (message.type === 'ready') return { type: 'ready' };
	if (message.type === 'open' && typeof message.session === 'string') return { type: 'open', session: message.session };
	if (message.type === 'export') return readExport(message);
	if (message.type === 'pullRequest') return readNumber(message);
	if (message.type !== 'act') return undefined;
	const action = ACTIONS.find((candidate) => candidate === message.action);
	const { session } = message;
	if (action === undefined || (session !== undefined && typeof session !== 'string')) return undefined;
	return session === undefined ? { type: 'act', action } : { type: 'act', action, session };
}

function readNumber({ number }: Record<string, unknown>): ToExtension | undefined {
	return Number.isSafeInteger(number) && Number(number) > 0
		? { type: 'pullRequest', number: Number(number) }
		: undefined;
}

function readExport({ format, filter }: Record<string, unknown>): ToExtension | undefined {
	const known = EXPORT_FORMATS.find((candidate) => candidate === format);
	return known !== undefined && isFilter(filter) ? { type: 'export', format: known, filter } : undefined;
}

const STAGES: readonly unknown[] = [
	'loading',
	'no repository',
	'failed',
	'restricted',
	'ready',
] satisfies DashboardState['stage'][];

/** Reads a message of the extension; undefined for what is none, such as those of other frames and browser tools. */
export function readToDashboard(message: unknown): ToDashboard | undefined {
	if (!isRecord(message)) return undefined;
	const { type, state, now, whole, rows } = message;
	if (type === 'state' && typeof now === 'number' && isState(state)) return { type, state, now };
	if (type === 'health') return readHealthMessage(message);
	if (type === 'history' && typeof whole === 'boolean' && isListOf(rows, isRow)) return { type, whole, rows };
	if (type === 'details' && typeof message.session === 'string') return readDetails(message.session, message);
	return undefined;
}

function readDetails(session: string, { details, failed }: Record<string, unknown>): DetailsMessage | undefined {
	if (typeof failed === 'string') return { type: 'details', session, failed };
	return isDetails(details) ? { type: 'details', session, details } : undefined;
}

/** The completed sessions after a message, oldest first. `before`: those before it; undefined when there were none yet. */
export function afterHistory(
	before: readonly AnalyticsRow[] | undefined,
	message: HistoryMessage,
): readonly AnalyticsRow[] {
	if (message.whole) return message.rows;
	const byId = new Map([...(before ?? []), ...message.rows].map((row) => [row.id, row]));
	return [...byId.values()].sort((a, b) => a.startedAt - b.startedAt);
}

/** What the dashboard keeps while it is hidden. */
export interface Kept {
	state?: DashboardState;
	filter: Filter;
	/** The order of the list. */
	sort: Sort;
	/** Whose page is open. */
	session?: string;
}

/** Reads what was kept, maybe by an older version: what is not understood is left out. */
export function readKept(value: unknown): Kept {
	if (!isRecord(value)) return { filter: {}, sort: 'newest' };
	const { state, filter, sort, session } = value;
	return {
		...(isState(state) && { state }),
		filter: isFilter(filter) ? filter : {},
		sort: SORTS.find((one) => one === sort) ?? 'newest',
		...(typeof session === 'string' && { session }),
	};
}

/** Whether something is a state: also one that an older version of the dashboard may have kept. */
export function isState(value: unknown): value is DashboardState {
	if (!isRecord(value) || !STAGES.includes(value.stage)) return false;
	if (value.stage === 'failed') return typeof value.sentence === 'string';
	if (value.stage !== 'ready' && value.stage !== 'restricted') return true;
	const { here, others, waiting, notices, problems } = value;
	return (
		(here === undefined || isOpenSession(here)) &&
		isListOf(others, isOpenSession) &&
		isListOf(waiting, (entry) => isRecord(entry) && typeof entry.session === 'string') &&
		isListOf(notices, isText) &&
		isListOf(problems, isText)
	);
}

function isOpenSession(value: unknown): boolean {
	return (
		isRecord(value) &&
		areTexts(value.id, value.author) &&
		areNumbers(value.startedAt, value.lastActivityAt, value.commits, value.files, value.tests, value.docs) &&
		isListOf(value.pullRequests, (number) => typeof number === 'number')
	);
}

function isRow(value: unknown): value is AnalyticsRow {
	return (
		isRecord(value) &&
		areTexts(value.id, value.author, value.trigger) &&
		areNumbers(value.startedAt, value.completedAt, value.minutes) &&
		areNumbers(value.commits, value.files, value.tests, value.docs) &&
		isListOf(value.pullRequests, (number) => typeof number === 'number')
	);
}

function isDetails(value: unknown): value is SessionDetails {
	if (!isRecord(value)) return false;
	const { commits, missing, files, score, problems } = value;
	return (
		isListOf(commits, (one) => isRecord(one) && areTexts(one.sha, one.subject) && areNumbers(one.at, one.files)) &&
		isListOf(files, (one) => isRecord(one) && areTexts(one.path, one.kind)) &&
		areNumbers(missing) &&
		isListOf(problems, isText) &&
		(score === undefined || isScore(score))
	);
}

function isScore(value: unknown): boolean {
	return (
		isRecord(value) &&
		typeof value.total === 'number' &&
		isText(value.decision) &&
		isRecord(value.breakdown) &&
		areNumbers(...Object.values(value.breakdown)) &&
		isListOf(
			value.reasons,
			(one) =>
				isRecord(one) &&
				areTexts(one.category, one.because) &&
				typeof one.points === 'number' &&
				(one.paths === undefined || isListOf(one.paths, isText)),
		)
	);
}

/** By name, what the parts of a filter are. */
const FILTER_PARTS: Record<keyof Filter, (value: unknown) => boolean> = {
	time: isRange,
	author: isText,
	agent: (value) => value === null || isText(value),
	trigger: isText,
	search: isText,
	minutes: isRange,
	commits: isRange,
	pullRequests: isRange,
	slot: (value) => typeof value === 'number',
	scored: (value) => typeof value === 'boolean',
	category: isText,
};

function isFilter(value: unknown): value is Filter {
	return (
		isRecord(value) &&
		Object.entries(value).every(
			([name, part]) => Object.hasOwn(FILTER_PARTS, name) && FILTER_PARTS[name as keyof Filter](part),
		)
	);
}

function isRange(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && areNumbers(...value);
}

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function isListOf<T>(
	value: unknown,
	isOne: ((item: unknown) => item is T) | ((item: unknown) => boolean),
): value is T[] {
	return Array.isArray(value) && value.every(isOne);
}

function areTexts(...values: unknown[]): boolean {
	return values.every(isText);
}

function areNumbers(...values: unknown[]): boolean {
	return values.every((value) => typeof value === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
