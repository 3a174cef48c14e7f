import type { ChangedFile } from './changedFile.ts';
import { type Evidence, pathsOf } from './evidence.ts';
import { isDecisionRecord } from './pathKinds.ts';
import type { Reason } from './reason.ts';

const DAY_MS = 86_400_000;

/** A date is current up to this long before the session's end: a long session may span days. */
const CURRENT_BEFORE_MS = 7 * DAY_MS;

/** And this long after it: the author's calendar may be a day ahead of UTC. */
const CURRENT_AFTER_MS = DAY_MS;

const ISO_DATE = /\b(\d{4})-(\d{2})-(\d{2})\b/g;

/**
 * Points for documentation: 1 with an engineering decision, 0.25 with current dates, 0.1 otherwise.
 * @param endedAt when the session ended, ms UTC; undefined: no date counts as current.
 */
export function docsPoints(evidence: Evidence, endedAt?: number): Reason[] {
	const { docs } = evidence;
	if (docs.length === 0) return [];
	const decisions = docs.filter((file) => isDecisionRecord(file.path) || hasDecisionHeading(file));
	if (decisions.length > 0) return [give(1, 'Documentation with an engineering decision.', decisions)];
	const dated = endedAt === undefined ? [] : docs.filter((file) => hasCurrentDate(file, endedAt));
	if (dated.length > 0) return [give(0.25, 'Documentation that carries a current date.', dated)];
	return [give(0.1, 'Documentation was updated.', docs)];
}

function give(points: number, because: string, files: readonly ChangedFile[]): Reason {
	return { category: 'docs', points, because, paths: pathsOf(files) };
}

function hasDecisionHeading(file: ChangedFile): boolean {
	return file.addedText
		.split('\n')
		.some((line) => line.startsWith('#') && /\bdecisions?\b/.test(line.slice(0, 200).toLowerCase()));
}

function hasCurrentDate(file: ChangedFile, endedAt: number): boolean {
	for (const [, year, month, day] of file.addedText.matchAll(ISO_DATE)) {
		const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
		// A date is its whole day, so that the first day counts from its beginning.
		if (date + DAY_MS > endedAt - CURRENT_BEFORE_MS && date <= endedAt + CURRENT_AFTER_MS) return true;
	}
	return false;
}
