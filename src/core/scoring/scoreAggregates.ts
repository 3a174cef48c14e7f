import { round } from './round.ts';

/** A score as `reward_scores.json` has it, as far as its figures are made from it. */
export interface ScoreEntry {
	pr: string;
	score: number;
	/** Points by category, and whatever else a scorer put there. */
	breakdown: Readonly<Record<string, number>>;
	/** As it is written; its moment in ms UTC. */
	timestamp: string;
	at: number;
}

/** So many of the newest scores below zero are listed, as the scorer does that the file comes from. */
const MOST_LISTED = 50;

const DAY_MS = 24 * 3_600_000;

/** Beside the categories in a breakdown, and no category. */
const NO_CATEGORY = 'stabilized_score';

/** The figures of the file's `aggregates`, made anew from all of its scores. Names and rounding are those of the known file. */
export function aggregatesOf(entries: readonly ScoreEntry[]): Record<string, unknown> {
	return {
		total_prs: entries.length,
		average_score: round(mean(entries.map(({ score }) => score)), 2),
		score_distribution: countBy(entries, ({ score }) => rangeOf(score)),
		trends: trendsOf(entries),
		category_performance: categoriesOf(entries),
		anti_patterns: listed(entries),
	};
}

/** The points of an entry by category, without what is beside them. */
export function categoriesIn(breakdown: Readonly<Record<string, unknown>>): Record<string, number> {
	const points = Object.entries(breakdown).filter(([name, value]) => name !== NO_CATEGORY && Number.isFinite(value));
	return Object.fromEntries(points) as Record<string, number>;
}

function rangeOf(score: number): string {
	if (score < 0) return 'negative (<0)';
	if (score < 3) return 'low (0-2)';
	return score < 6 ? 'medium (3-5)' : 'high (6-10)';
}

function trendsOf(entries: readonly ScoreEntry[]): object[] {
	const weeks = new Map<string, number[]>();
	for (const { at, score } of entries) add(weeks, weekOf(at), score);
	return [...weeks]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([period, scores]) => ({ period, average: mean(scores), count: scores.length }));
}

/** `2025-W46`, as Python's `%Y-W%W` counts: weeks begin on Monday, and week 1 with the year's first. */
function weekOf(at: number): string {
	const date = new Date(at);
	const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
	const day = Math.floor((at - newYear) / DAY_MS);
	const sinceMonday = (date.getUTCDay() + 6) % 7;
	const week = Math.floor((day + 7 - sinceMonday) / 7);
	return `${date.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

function categoriesOf(entries: readonly ScoreEntry[]): Record<string, object> {
	const points = new Map<string, number[]>();
	for (const { breakdown } of entries) {
		for (const [name, value] of Object.entries(categoriesIn(breakdown))) add(points, name, value);
	}
	return Object.fromEntries(
		[...points].map(([name, values]) => {
			const total = values.reduce((sum, value) => sum + value, 0);
			const count = values.filter((value) => value !== 0).length;
			return [name, { average: round(total / entries.length, 2), total: round(total, 2), count }];
		}),
	);
}

function listed(entries: readonly ScoreEntry[]): object[] {
	return entries
		.filter(({ score, breakdown }) => score < 0 && (breakdown.penalties ?? 0) < 0)
		.toSorted((a, b) => b.at - a.at)
		.slice(0, MOST_LISTED)
		.map(({ pr, score, timestamp, breakdown }) => ({
			pr,
			score,
			timestamp,
			breakdown,
			penalties: breakdown.penalties,
		}));
}

function add(lists: Map<string, number[]>, key: string, value: number): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

function countBy(entries: readonly ScoreEntry[], keyOf: (entry: ScoreEntry) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const entry of entries) counts[keyOf(entry)] = (counts[keyOf(entry)] ?? 0) + 1;
	return counts;
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
