import type { OperationTimes } from './measurements.ts';

/** What is known of a repository; a figure that cannot be known where it is asked is left out. */
export interface HealthFigures {
	/** Ids of open sessions whose timeout passed and that nobody watches any more. Never one that runs or has ended. */
	orphans: readonly string[];
	/** The sessions that ended within `WINDOW`. */
	ended: readonly EndedSession[];
	/** How many sessions that were found by themselves a person took back within `WINDOW`. */
	discarded?: number;
	/** Of the file with the live state, bytes. */
	stateBytes?: number;
	/** Of our workflow, within `WORKFLOW_WINDOW`. */
	runs?: { completed: number; failed: number };
	operations?: readonly OperationTimes[];
}

/** A session that is over, as far as health goes. */
export interface EndedSession {
	/** Whole minutes. */
	minutes: number;
	/** One of `Trigger`, or a word of the older system's. */
	trigger: string;
}

/** How a figure stands. */
export interface Finding {
	name: FindingName;
	/** The figure for people: "7", "2 h 30 min", "12 %". */
	figure: string;
	/** The limit for people: "at most 5". */
	limit: string;
	value: number;
	/** In the unit of `value`. */
	bound: number;
	unit: Unit;
	warns: boolean;
	/** What it means and what to do: sentences. */
	advice: string;
}

export type FindingName =
	| 'orphans'
	| 'mean duration'
	| 'false positives'
	| 'completion rate'
	| 'state size'
	| 'workflow failures'
	| 'slow operations';

type Unit = 'sessions' | 'minutes' | 'percent' | 'bytes' | 'runs' | 'ms';

/** The whole judgement. */
export interface Health {
	/** What could be judged, in a fixed order. */
	findings: Finding[];
	/** Ids of the orphans. */
	orphans: readonly string[];
	operations: readonly OperationTimes[];
}

const DAY = 24 * 60 * 60_000;

/** How far back sessions are looked at, ms. */
export const WINDOW = 30 * DAY;

/** How far back runs of the workflow are looked at, ms. */
export const WORKFLOW_WINDOW = 7 * DAY;

/** A share or mean of fewer sessions than this says nothing yet. */
const ENOUGH = 10;

const LIMITS = {
	orphans: 5,
	meanMinutes: 120,
	falsePositivePercent: 10,
	completionPercent: 90,
	stateBytes: 1024 * 1024,
	failedRuns: 3,
	medianMs: 1000,
} as const;

/** Judges the figures against their limits. */
export function judgeHealth(figures: HealthFigures): Health {
	const { orphans, operations = [] } = figures;
	const judges = [judgeOrphans, judgeDuration, judgeDiscarded, judgeCompletion, judgeState, judgeRuns, judgeOperations];
	const findings = judges.map((judge) => judge(figures)).filter((finding) => finding !== undefined);
	return { findings, orphans, operations };
}

/** The findings that are beyond their limits. */
export function warningsOf({ findings }: Health): Finding[] {
	return findings.filter(({ warns }) => warns);
}

function judgeOrphans({ orphans }: HealthFigures): Finding {
	const bound = LIMITS.orphans;
	return {
		...atMost('orphans', orphans.length, bound, 'sessions', String),
		advice:
			'So many sessions are over and were never completed, since what watched them went away. "auto-pr cleanup" completes them here, and the scheduled workflow those with pull requests.',
	};
}

/** Rounded up, so that what is above the limit never reads like the limit. */
function judgeDuration({ ended }: HealthFigures): Finding | undefined {
	if (ended.length < ENOUGH) return undefined;
	const mean = Math.ceil(ended.reduce((sum, { minutes }) => sum + minutes, 0) / ended.length);
	return {
		...atMost('mean duration', mean, LIMITS.meanMinutes, 'minutes', minutesText),
		advice:
			'Sessions are longer than one piece of work mostly is. A shorter timeout_minutes splits them where people pause; /complete-session or a completion marker ends one for certain.',
	};
}

/** A session that we found and a person took back is a mistake of ours for certain; one that nobody looked at may be one too. */
function judgeDiscarded({ ended, discarded }: HealthFigures): Finding | undefined {
	if (discarded === undefined || ended.length + discarded < ENOUGH) return undefined;
	const percent = percentOf(discarded, ended.length + discarded);
	return {
		...atMost('false positives', percent, LIMITS.falsePositivePercent, 'percent', percentText),
		advice:
			'People take back many of the sessions that were found by themselves. "auto-pr replay --explain COMMIT" tells the rule that took a commit: narrow auto_pr_patterns, or leave enable_small_pr_heuristic off.',
	};
}

function judgeCompletion({ ended, orphans }: HealthFigures): Finding | undefined {
	const all = ended.length + orphans.length;
	if (all < ENOUGH) return undefined;
	const completed = ended.filter(({ trigger }) => trigger !== 'orphaned').length;
	const percent = 100 - percentOf(all - completed, all);
	return {
		name: 'completion rate',
		figure: percentText(percent),
		limit: `at least ${percentText(LIMITS.completionPercent)}`,
		value: percent,
		bound: LIMITS.completionPercent,
		unit: 'percent',
		warns: percent < LIMITS.completionPercent,
		advice:
			'Many sessions are completed only by the clean-up of what an editor left behind. See that the extension runs where the work is done (also on the remote host), and ends sessions before the machine goes.',
	};
}

function judgeState({ stateBytes }: HealthFigures): Finding | undefined {
	if (stateBytes === undefined) return undefined;
	return {
		...atMost('state size', stateBytes, LIMITS.stateBytes, 'bytes', bytesText),
		advice:
			'The file of the live state holds open sessions and what waits to be published. "auto-pr status" tells what waits and why; "auto-pr cleanup" completes what is over.',
	};
}

function judgeRuns({ runs }: HealthFigures): Finding | undefined {
	if (!runs) return undefined;
	const figure = (failed: number) => `${failed} of ${runs.completed}`;
	return {
		...atMost('workflow failures', runs.failed, LIMITS.failedRuns, 'runs', figure),
		limit: `at most ${LIMITS.failedRuns}`,
		advice:
			'Runs of the workflow auto-pr-sessions.yml fail. The log of the newest one says why: often a permission that is missing, or a checkout that is too shallow.',
	};
}

/** What waits for no network: that stays fast however much there is. */
const LOCAL: readonly string[] = ['observe', 'update'];

function judgeOperations({ operations = [] }: HealthFigures): Finding | undefined {
	const local = operations.filter(({ operation, times }) => LOCAL.includes(operation) && times >= ENOUGH);
	if (local.length === 0) return undefined;
	const median = Math.max(...local.map((operation) => operation.median));
	return {
		...atMost('slow operations', median, LIMITS.medianMs, 'ms', (ms) => `${Math.ceil(ms)} ms`),
		advice:
			'Taking commits in takes longer than it should. Look at the state size; a slow disk, a network folder or a virus scanner may be the reason.',
	};
}

/** A figure that is to stay at or below a bound; what it means is for the caller to add. */
function atMost(name: FindingName, value: number, bound: number, unit: Unit, text: (value: number) => string) {
	return { name, figure: text(value), limit: `at most ${text(bound)}`, value, bound, unit, warns: value > bound };
}

/** Rounded up to one decimal: no share above 10 % reads as 10 %. */
function percentOf(part: number, whole: number): number {
	return Math.ceil((part * 1000) / whole) / 10;
}

function percentText(percent: number): string {
	return `${Number(percent.toFixed(1))} %`;
}

function minutesText(minutes: number): string {
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function bytesText(bytes: number): string {
	const mib = Math.ceil((bytes / 1024 ** 2) * 10) / 10;
	return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KiB` : `${mib} MiB`;
}
