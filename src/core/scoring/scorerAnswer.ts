import { UserError } from '../userError.ts';
import type { Reason } from './reason.ts';
import { isObject, type JsonObject } from './reportText.ts';
import { round } from './round.ts';
import { RANGE, type Rubric } from './rubric.ts';
import { DECISIONS, decide, type FileScore, type Score, stabilise } from './score.ts';

/** More than any scorer needs, and few enough for a comment and a dashboard. */
const MOST_CATEGORIES = 30;
const MOST_REASONS = 1000;
/** Characters. */
const LONGEST_NAME = 60;
const LONGEST_TEXT = 2000;
/** Points of a category, reason or file: a scale of their own, within reason. */
const MOST_POINTS = 1000;

/** A team's own score, and what of the answer was left out: a sentence each. */
export interface ParsedAnswer {
	score: Score;
	problems: string[];
}

/**
 * Reads what a team's own scorer printed: one JSON object with `score`, and `decision`, `breakdown`, `reasons`, `file_scores`, `blocker`
 * and `rubric_version` where it has them. What is absent or null is made from the score; other members have no effect.
 * @param paths of the files in the net change: scores of others are left out.
 * @param rubric whose thresholds decide where the answer does not.
 * @throws UserError that says which member is wrong.
 */
export function parseScorerAnswer(text: string, paths: readonly string[], rubric: Rubric): ParsedAnswer {
	const answer = parse(text);
	const total = round(numberIn(answer, 'score', RANGE.highest), 1);
	const blocker = textIn(answer, 'blocker', LONGEST_TEXT);
	const files = filesIn(answer, new Set(paths));
	const score: Score = {
		total,
		stabilised: stabilise(total, paths.length),
		decision: decisionIn(answer) ?? (blocker === undefined ? decide(total, rubric) : 'BLOCK'),
		breakdown: breakdownOf(answer.breakdown, 'breakdown'),
		reasons: reasonsIn(answer),
		files: files.known,
		...(blocker !== undefined && { blocker }),
		rubricVersion: textIn(answer, 'rubric_version', LONGEST_NAME) ?? 'own scorer',
	};
	const left = files.others;
	const problems =
		left === 0 ? [] : [`The scorer gave scores to files that did not change, which are left out: ${left} of them.`];
	return { score, problems };
}

function parse(text: string): JsonObject {
	if (text.trim() === '') throw wrong('is empty');
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw wrong('is not one JSON document: print nothing else to standard output');
	}
	if (!isObject(value)) throw wrong('is JSON, but not an object');
	return value;
}

function decisionIn(answer: JsonObject): Score['decision'] | undefined {
	const given = member(answer, 'decision');
	if (given === undefined) return undefined;
	const known = DECISIONS.find((decision) => decision === given);
	if (!known) throw wrong(`has a "decision" that is none of ${DECISIONS.join(', ')}`);
	return known;
}

function reasonsIn(answer: JsonObject): Reason[] {
	const given = member(answer, 'reasons') ?? [];
	if (!Array.isArray(given)) throw wrong('has "reasons" that are no list');
	if (given.length > MOST_REASONS) throw wrong(`has more than ${MOST_REASONS} "reasons"`);
	return given.map((reason, index) => {
		const where = `"reasons[${index}]"`;
		if (typeof reason === 'string') return { category: 'other', points: 0, because: clipped(reason, LONGEST_TEXT) };
		if (!isObject(reason)) throw wrong(`has ${where} that is neither a text nor an object`);
		const because = textIn(reason, 'because', LONGEST_TEXT, where);
		if (because === undefined) throw wrong(`has ${where} without a text "because"`);
		const points = member(reason, 'points') === undefined ? 0 : numberIn(reason, 'points', MOST_POINTS, where);
		return { category: textIn(reason, 'category', LONGEST_NAME, where) ?? 'other', points: round(points, 2), because };
	});
}

function filesIn(answer: JsonObject, paths: ReadonlySet<string>): { known: FileScore[]; others: number } {
	const given = member(answer, 'file_scores') ?? {};
	if (!isObject(given)) throw wrong('has "file_scores" that are no object of paths');
	const known: FileScore[] = [];
	for (const path of [...paths].sort()) {
		const file = Object.hasOwn(given, path) ? given[path] : undefined;
		if (file === undefined) {
			known.push({ path, score: 0, breakdown: {}, notes: '' });
			continue;
		}
		const where = `"file_scores" for ${JSON.stringify(clipped(path, 200))}`;
		if (!isObject(file)) throw wrong(`has ${where} that are no object`);
		known.push({
			path,
			score: round(numberIn(file, 'score', MOST_POINTS, where), 2),
			breakdown: breakdownOf(file.breakdown, where),
			notes: textIn(file, 'notes', LONGEST_TEXT, where) ?? '',
		});
	}
	return { known, others: Object.keys(given).filter((path) => !paths.has(path)).length };
}

function breakdownOf(given: unknown, where: string): Record<string, number> {
	if (given === undefined || given === null) return {};
	if (!isObject(given)) throw wrong(`has a ${where} that is no object of points`);
	const names = Object.keys(given);
	if (names.length > MOST_CATEGORIES) throw wrong(`has a ${where} of more than ${MOST_CATEGORIES} categories`);
	return Object.fromEntries(
		names.map((name) => [clipped(name, LONGEST_NAME), round(numberIn(given, name, MOST_POINTS, where), 2)]),
	);
}

/** @param most up to which, in both directions. */
function numberIn(from: JsonObject, key: string, most: number, where?: string): number {
	const value = member(from, key);
	if (typeof value === 'number' && Math.abs(value) <= most) return value;
	const name = JSON.stringify(clipped(key, LONGEST_NAME));
	throw wrong(`has ${value === undefined ? 'no' : 'a'} ${name}${of(where)} that is a number from -${most} to ${most}`);
}

function textIn(from: JsonObject, key: string, longest: number, where?: string): string | undefined {
	const value = member(from, key);
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'string') return clipped(value, longest);
	throw wrong(`has a "${key}"${of(where)} that is no text`);
}

function member(from: JsonObject, key: string): unknown {
	return Object.hasOwn(from, key) ? (from[key] ?? undefined) : undefined;
}

function of(where: string | undefined): string {
	return where === undefined ? '' : ` in ${where}`;
}

function clipped(text: string, longest: number): string {
	const characters = [...text.slice(0, 2 * longest)];
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}

function wrong(what: string): UserError {
	return new UserError(`The scorer's answer ${what}. See "Your own scorer" in docs/scoring.md.`);
}
