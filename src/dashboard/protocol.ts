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

/** A completed session as the dashboard lists it. Times are ms UTC. */
export interface ListedSession {
	id: string;
	author: string;
	title?: string;
	completedAt: number;
	minutes: number;
	commits: number;
	files: number;
	/** `explicit`, `timeout`, …: a word of the archive, also one of an older system. */
	trigger: string;
	pullRequests: number[];
	score?: number;
}

/** Trailers that wait. */
interface Waiting {
	session: string;
	/** Why, as a sentence. */
	why?: string;
}

/** A repository's sessions. */
export interface Sessions {
	/** The repository's name where the window has several. */
	repository?: string;
	/** The session of this working copy. */
	here?: OpenSession;
	/** The other open ones. */
	others: OpenSession[];
	/** The newest, newest first. */
	completed: ListedSession[];
	waiting: Waiting[];
	/** Sentences about what went wrong with the files. */
	notices: string[];
}

/** All that the dashboard shows, sent as a whole whenever it changes. */
export type DashboardState =
	| { stage: 'loading' }
	| { stage: 'no repository'; hasFolder: boolean }
	| { stage: 'failed'; sentence: string }
	| ({ stage: 'restricted' } & Sessions)
	| ({ stage: 'ready' } & Sessions);

/** From the extension. */
export interface ToDashboard {
	type: 'state';
	state: DashboardState;
	/** The extension's clock, ms UTC: it may run on another machine. */
	now: number;
}

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
	if (!isRecord(message) || message.type !== 'state' || typeof message.now !== 'number') return undefined;
	return isState(message.state) ? { type: 'state', state: message.state, now: message.now } : undefined;
}

/** Whether something is a state: also one that an older version of the dashboard may have kept. */
export function isState(value: unknown): value is DashboardState {
	if (!isRecord(value) || !STAGES.includes(value.stage)) return false;
	if (value.stage === 'failed') return typeof value.sentence === 'string';
	if (value.stage !== 'ready' && value.stage !== 'restricted') return true;
	const { here, others, completed, waiting, notices } = value;
	return (
		(here === undefined || isOpenSession(here)) &&
		isListOf(others, isOpenSession) &&
		isListOf(completed, isListedSession) &&
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

function isListedSession(value: unknown): boolean {
	return (
		isRecord(value) &&
		areTexts(value.id, value.author, value.trigger) &&
		areNumbers(value.completedAt, value.minutes, value.commits, value.files) &&
		Array.isArray(value.pullRequests)
	);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(isOne);
}

function areTexts(...values: unknown[]): boolean {
	return values.every((value) => typeof value === 'string');
}

function areNumbers(...values: unknown[]): boolean {
	return values.every((value) => typeof value === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
