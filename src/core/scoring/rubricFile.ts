import { isObject, type JsonObject } from './reportText.ts';
import { round } from './round.ts';
import { BUILT_IN_RUBRIC, type Category, type Penalty, RANGE, type Rubric } from './rubric.ts';

/** A team's rubric, and what of its file could not be used: a sentence each. */
export interface ParsedRubric {
	rubric: Rubric;
	problems: string[];
}

/** A rubric while it is read. */
interface Draft {
	version: string;
	weights: Record<Category, number>;
	penalties: Record<Penalty, number>;
	thresholds: { block: number; approve: number };
	problems: string[];
}

/** Keys of both shapes. `rules`, `name` and `description` are words for people, which score nothing. */
const KEYS = new Set(['version', 'name', 'description', 'rules', 'weights', 'penalties', 'scoring', 'output']);

/** The names in the newer shape that mean one of our categories. */
const SCORING = new Map<string, Category>([
	['tests', 'tests'],
	['test_quality', 'tests'],
	['bug_fix', 'bug_fix'],
	['docs', 'docs'],
	['docs_updated', 'docs'],
	['performance', 'performance'],
	['security', 'security'],
	['security_correct', 'security'],
]);

/** Points of the newer shape: their own scale, and no sane file goes beyond this. */
const MOST_POINTS = 1000;

/**
 * Reads `.cursor/reward_rubric.yaml`, already parsed from YAML, in either of its shapes. What is wrong or has no
 * built-in check becomes a problem, its built-in value is used, and the rest of the file counts. Never throws.
 */
export function parseRubric(value: unknown): ParsedRubric {
	const draft: Draft = {
		version: BUILT_IN_RUBRIC.version,
		weights: { ...BUILT_IN_RUBRIC.weights },
		penalties: { ...BUILT_IN_RUBRIC.penalties },
		thresholds: { ...BUILT_IN_RUBRIC.thresholds },
		problems: [],
	};
	if (isObject(value)) readFile(value, draft);
	else if (value !== undefined && value !== null) {
		draft.problems.push('The rubric is not a list of `key: value` lines, so the built-in one is used.');
	}
	const { problems, ...rubric } = draft;
	return { rubric, problems };
}

function readFile(file: JsonObject, draft: Draft): void {
	const { version } = file;
	const isNamed = typeof version === 'string' || typeof version === 'number';
	draft.version = isNamed ? String(version).slice(0, 60) : 'custom';
	for (const key of Object.keys(file)) {
		if (!KEYS.has(key)) draft.problems.push(`There is no key ${quote(key)} in a rubric, so it has no effect.`);
	}
	if (Object.hasOwn(file, 'scoring')) readNewer(file, draft);
	else readOlder(file, draft);
}

/** `weights: {tests: 3}`, `penalties: {failing_ci: -4}`. */
function readOlder(file: JsonObject, draft: Draft): void {
	for (const [name, value] of entriesOf(file, 'weights', draft)) {
		if (!Object.hasOwn(draft.weights, name)) noCheck(`weights.${name}`, draft);
		else if (isWithin(value, 0, RANGE.highest)) draft.weights[name as Category] = round(value, 2);
		else wrong(`weights.${name}`, `from 0 to ${RANGE.highest}`, draft.weights[name as Category], draft);
	}
	for (const [name, value] of entriesOf(file, 'penalties', draft)) {
		if (!Object.hasOwn(draft.penalties, name)) noCheck(`penalties.${name}`, draft);
		else if (isWithin(value, RANGE.lowest, 0)) draft.penalties[name as Penalty] = round(value, 2);
		else wrong(`penalties.${name}`, `from ${RANGE.lowest} to 0`, draft.penalties[name as Penalty], draft);
	}
	if (Object.hasOwn(file, 'output')) {
		draft.problems.push('output belongs to a rubric with scoring, so it has no effect beside weights.');
	}
}

/**
 * `scoring: {name: {description, points}}`. Its points have a scale of their own. Those with a built-in check are
 * brought to a sum of 10, our highest total; penalties and thresholds are to 10 what they were to the sum of all the
 * file's points. So a check that is missing here makes the rest weigh more, and does not put approval out of reach.
 */
function readNewer(file: JsonObject, draft: Draft): void {
	const mapped = new Map<Category, number>();
	let sum = 0;
	for (const [name, value] of entriesOf(file, 'scoring', draft)) {
		const points = pointsOf(value);
		const category = SCORING.get(name);
		if (!isWithin(points, 0, MOST_POINTS)) {
			draft.problems.push(`${quote(`scoring.${name}`)} has no points from 0 to ${MOST_POINTS}, so it is left out.`);
			continue;
		}
		sum += points;
		if (category) mapped.set(category, (mapped.get(category) ?? 0) + points);
		else noCheck(`scoring.${name}`, draft);
	}
	const mappedSum = [...mapped.values()].reduce((all, points) => all + points, 0);
	if (mappedSum === 0) {
		draft.problems.push('Nothing under scoring has a built-in check, so the built-in weights and thresholds are used.');
	} else {
		for (const category of Object.keys(draft.weights) as Category[]) {
			draft.weights[category] = round(((mapped.get(category) ?? 0) / mappedSum) * RANGE.highest, 2);
		}
	}
	readNewerPenalties(file, sum, draft);
	if (mappedSum > 0) readOutput(file, sum, draft);
	if (Object.hasOwn(file, 'weights')) {
		draft.problems.push('weights belongs to a rubric without scoring, so it has no effect beside it.');
	}
}

function readNewerPenalties(file: JsonObject, sum: number, draft: Draft): void {
	for (const [name, value] of entriesOf(file, 'penalties', draft)) {
		const points = pointsOf(value);
		if (!Object.hasOwn(draft.penalties, name)) noCheck(`penalties.${name}`, draft);
		else if (isWithin(points, -MOST_POINTS, 0) && sum > 0) {
			const scaled = round((points / sum) * RANGE.highest, 2);
			draft.penalties[name as Penalty] = Math.max(RANGE.lowest, scaled);
		} else wrong(`penalties.${name}.points`, `from -${MOST_POINTS} to 0`, draft.penalties[name as Penalty], draft);
	}
}

/** `output: {min_pass_score, warning_score, fail_score}`. */
function readOutput(file: JsonObject, sum: number, draft: Draft): void {
	const { block, approve } = draft.thresholds;
	for (const [name, value] of entriesOf(file, 'output', draft)) {
		if (name !== 'min_pass_score' && name !== 'fail_score') {
			draft.problems.push(`${quote(`output.${name}`)} has no counterpart among the decisions, so it has no effect.`);
		} else if (!isWithin(value, -MOST_POINTS, MOST_POINTS)) {
			wrong(`output.${name}`, `from -${MOST_POINTS} to ${MOST_POINTS}`, name === 'fail_score' ? block : approve, draft);
		} else {
			const scaled = round((value / sum) * RANGE.highest, 1);
			if (name === 'fail_score') draft.thresholds.block = scaled;
			// That score itself passes, and totals have one decimal.
			else draft.thresholds.approve = round(scaled - 0.1, 1);
		}
	}
	if (draft.thresholds.block > draft.thresholds.approve) {
		draft.problems.push('output.fail_score must not be above output.min_pass_score; the built-in thresholds are used.');
		draft.thresholds = { block, approve };
	}
}

/** The members of a part of the file. A part that is missing or empty has none. */
function entriesOf(file: JsonObject, key: string, draft: Draft): [name: string, value: unknown][] {
	const part = Object.hasOwn(file, key) ? file[key] : undefined;
	if (isObject(part)) return Object.entries(part);
	if (part !== undefined && part !== null) {
		draft.problems.push(`${key} must be a list of \`name: value\` lines; the built-in values are used.`);
	}
	return [];
}

/** The newer shape's `{description, points}`; a bare number is taken too. */
function pointsOf(value: unknown): unknown {
	return isObject(value) ? value.points : value;
}

function isWithin(value: unknown, lowest: number, highest: number): value is number {
	return typeof value === 'number' && value >= lowest && value <= highest;
}

function noCheck(name: string, draft: Draft): void {
	draft.problems.push(`${quote(name)} has no built-in check, so it gives and takes no points.`);
}

function wrong(name: string, range: string, used: number, draft: Draft): void {
	draft.problems.push(`${quote(name)} must be a number ${range}; ${used} is used.`);
}

/** A name of the file, fit for one line of a log. */
function quote(name: string): string {
	return JSON.stringify(name.slice(0, 80));
}
