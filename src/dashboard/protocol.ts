import type { Filter } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
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

/** From the extension. */
export type ToDashboard = StateMessage | HistoryMessage | HealthMessage;

/** What a button can ask for. */
const ACTIONS = [
	'start',
	'end',
	'keepGoing',
	'discard',
	'publish',
	'openFolder',
	'manageTrust',
	'showLog',
	'tryAgain',
] as const;

export type Action = (typeof ACTIONS)[number];

/** From the dashboard. */
export type ToExtension =
	/** It was drawn, for the first time or again, and has no state or an old one. */
	| { type: 'ready' }
	/** A button was pressed. `session`: the id of the open session that it stands with. */
	| { type: 'act'; action: Action; session?: string };

/** Reads a message of the dashboard; undefined for what is none. */
export function readToExtension(message: unknown): ToExtension | undefined {
	if (!isRecord(message)) return undefined;
	if (message.type === 'ready') return { type: 'ready' };
	if (message.type !== 'act') return undefined;
	const action = ACTIONS.find((candidate) => candidate === message.action);
	const { session } = message;
	if (action === undefined || (session !== undefined && typeof session !== 'string')) return undefined;
	return session === undefined ? { type: 'act', action } : { type: 'act', action, session };
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
	return undefined;
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
}

/** Reads what was kept, maybe by an older version: what is not understood is left out. */
export function readKept(value: unknown): Kept {
	if (!isRecord(value)) return { filter: {} };
	return { ...(isState(value.state) && { state: value.state }), filter: isFilter(value.filter) ? value.filter : {} };
}

/** Whether something is a state: also one that an older version of the dashboard may have kept. */
export function isState(value: unknown): value is DashboardState {
	if (!isRecord(value) || !STAGES.includes(value.stage)) return false;
	if (value.stage === 'failed') return typeof value.sentence === 'string';
	if (value.stage !== 'ready' && value.stage !== 'restricted') return true;
	const { here, others, waiting, notices } = value;
	return (
		(here === undefined || isOpenSession(here)) &&
		isListOf(others, isOpenSession) &&
		isListOf(waiting, (entry) => isRecord(entry) && typeof entry.session === 'string') &&
		isListOf(notices, (notice) => typeof notice === 'string')
	);
}

function isOpenSession(value: unknown): boolean {
	return (
		isRecord(value) &&
		areTexts(value.id, value.author) &&
		areNumbers(value.startedAt, value.lastActivityAt, value.commits, value.files, value.tests, value.docs) &&
		Array.isArray(value.pullRequests)
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
