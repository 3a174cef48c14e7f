import { aggregatesOf, categoriesIn, type ScoreEntry } from '../core/scoring/scoreAggregates.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { makePlaceInside } from '../files/place.ts';
import { orRepair } from './damage.ts';
import { isRecord, type JsonRecord, parseJsonObject, UnreadableText } from './json.ts';
import { scoreFileIn, scoreLockIn } from './layout.ts';
import { formatTime, parseTime } from './time.ts';

/** A score that `docs/metrics/reward_scores.json` holds. */
export interface RecordedScore {
	/** The session's id, where we wrote it. */
	session?: string;
	/** Number of the pull request; undefined where there is none. */
	pullRequest?: number;
	points: number;
	/** Points by category; empty where it does not tell. */
	categories: Record<string, number>;
	/** ms UTC; 0 where it does not tell. */
	at: number;
}

/** What is written about a score. Members that are undefined are left out. */
export interface NewScore {
	session?: string;
	/** Numbers, oldest first. */
	pullRequests: readonly number[];
	points: number;
	stabilised: number;
	breakdown: Readonly<Record<string, number>>;
	decision: string;
	rubricVersion: string;
	author?: string;
	filesChanged: number;
	/** In percentage points. */
	coverageDelta?: number;
	files: readonly { path: string; score: number; breakdown: Readonly<Record<string, number>>; notes: string }[];
}

/**
 * The scores in the file, in its order; none where there is no file. An entry that tells no score is left out.
 * @throws UserError where the file cannot be read.
 */
export async function readScoreFile(root: string): Promise<RecordedScore[]> {
	const { scores } = await load(root);
	return scores.flatMap((entry) => {
		const known = entryOf(entry);
		if (!known) return [];
		const { session_id: session } = entry as JsonRecord;
		const { pr, score, breakdown, at } = known;
		return {
			...(typeof session === 'string' && { session }),
			...(/^[1-9]\d{0,8}$/.test(pr) && { pullRequest: Number(pr) }),
			points: score,
			categories: categoriesIn(breakdown),
			at,
		};
	});
}

/**
 * Appends a score and makes the aggregates anew; a score of the same session, or of the same pull request without one, takes the
 * place of the one before it. Whatever else is in the file is kept.
 * @param now ms UTC.
 * @throws UserError where the file cannot be read or written; then it stays as it is.
 */
export async function appendScore(root: string, score: NewScore, now: number): Promise<void> {
	const lockFile = await makePlaceInside(scoreLockIn(root), root);
	const { withLock } = await import('./lock.ts');
	await withLock(lockFile, async (lock) => {
		const { file, scores, indent } = await load(root);
		const members = membersOf(score, now);
		const at = scores.findIndex((entry) => isRecord(entry) && isSame(entry, members));
		if (at < 0) scores.push(members);
		else scores[at] = { ...(scores[at] as JsonRecord), ...members };
		const entries = scores.map(entryOf).filter((entry) => entry !== undefined);
		const aggregates = { ...(isRecord(file.aggregates) && file.aggregates), ...aggregatesOf(entries) };
		const text = JSON.stringify(
			{
				...(file.version === undefined && { version: '1.0' }),
				...file,
				last_updated: formatTime(now),
				scores,
				aggregates,
			},
			undefined,
			indent,
		);
		lock.assertHeld();
		await writeFileAtomic(scoreFileIn(root), `${text}\n`, root);
	});
}

async function load(root: string): Promise<{ file: JsonRecord; scores: unknown[]; indent: string }> {
	const place = scoreFileIn(root);
	const text = await readFileIfExists(place, root);
	if (text === undefined) return { file: {}, scores: [], indent: '  ' };
	return orRepair(place, () => {
		const file = parseJsonObject(text);
		const { scores = [] } = file;
		if (!Array.isArray(scores)) throw new UnreadableText('"scores" is not a list');
		return { file, scores: [...scores], indent: /^[ \t]{1,8}(?=\S)/m.exec(text)?.[0] ?? '  ' };
	});
}

function membersOf(score: NewScore, now: number): JsonRecord {
	const last = score.pullRequests.at(-1);
	return {
		// A text in the known file, and what its readers tell entries apart by.
		pr: last === undefined ? (score.session ?? '') : String(last),
		score: score.points,
		breakdown: { ...score.breakdown, stabilized_score: score.stabilised },
		timestamp: formatTime(now),
		rubric_version: score.rubricVersion,
		author: score.author ?? null,
		files_changed: score.filesChanged,
		coverage_delta: score.coverageDelta ?? null,
		file_scores: Object.fromEntries(score.files.map(({ path, ...rest }) => [path, rest])),
		decision: score.decision,
		...(score.session !== undefined && { session_id: score.session, pull_requests: score.pullRequests.map(String) }),
	};
}

function isSame(entry: JsonRecord, members: JsonRecord): boolean {
	return entry.session_id === members.session_id && (members.session_id !== undefined || entry.pr === members.pr);
}

function entryOf(value: unknown): ScoreEntry | undefined {
	if (!isRecord(value) || typeof value.score !== 'number') return undefined;
	const { pr, score, breakdown, timestamp } = value;
	const written = typeof timestamp === 'string' ? timestamp : '';
	return {
		pr: typeof pr === 'string' || typeof pr === 'number' ? String(pr) : '',
		score,
		breakdown: isRecord(breakdown) ? numbersIn(breakdown) : {},
		timestamp: written,
		at: parseTime(written) ?? 0,
	};
}

function numbersIn(breakdown: JsonRecord): Record<string, number> {
	return Object.fromEntries(Object.entries(breakdown).filter(([, points]) => Number.isFinite(points))) as Record<
		string,
		number
	>;
}
