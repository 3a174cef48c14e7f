import { UserError } from '../userError.ts';
import { shareOf } from './coverage.ts';
import { isCount, isObject, type JsonObject, objectOf, parseJsonObject } from './reportText.ts';

/** The covered lines in percent of a report in JSON: istanbul's summary or final one, or percentages by part. */
export function parseCoverageJson(text: string, name: string): number {
	const report = parseJsonObject(text, name);
	const values = Object.values(report).filter(isObject);
	if (Object.hasOwn(report, 'total')) return readSummary(report, name);
	if (values.some((file) => isObject(file.statementMap))) return readFinal(values, name);
	if (values.some((part) => Object.hasOwn(part, 'percentage'))) return readParts(report, name);
	throw new UserError(
		`${name} is no coverage report that is known: it has neither istanbul's total or statementMap, nor a percentage.`,
	);
}

/** `coverage-summary.json` of istanbul: `{"total": {"lines": {"total", "covered", "pct"}}, …}`. */
function readSummary(report: JsonObject, name: string): number {
	const { covered, total } = objectOf(objectOf(report.total).lines);
	if (!isCount(covered) || !isCount(total)) {
		throw new UserError(`${name} has no counts at total.lines; write it again with istanbul's json-summary.`);
	}
	return shareOf(covered, total, name);
}

/**
 * `coverage-final.json` of istanbul: statements by file. A line is covered when a statement that starts in it ran, as
 * istanbul-lib-coverage counts (FileCoverage.getLineCoverage).
 */
function readFinal(files: readonly JsonObject[], name: string): number {
	let covered = 0;
	let total = 0;
	for (const file of files) {
		const counts = objectOf(file.s);
		const lines = new Map<number, boolean>();
		for (const [id, statement] of Object.entries(objectOf(file.statementMap))) {
			const { line } = objectOf(objectOf(statement).start);
			const runs = counts[id];
			if (!isCount(line) || !isCount(runs)) {
				throw new UserError(`${name} has a statement without a line or count; write it again with istanbul's json.`);
			}
			lines.set(line, lines.get(line) === true || runs > 0);
		}
		total += lines.size;
		for (const ran of lines.values()) if (ran) covered++;
	}
	return shareOf(covered, total, name);
}

/** `{"frontend": {"percentage": 71}, "backend": {"percentage": 64}}`: the mean of the parts that were measured. */
function readParts(report: JsonObject, name: string): number {
	const found: number[] = [];
	for (const [part, value] of Object.entries(report)) {
		const percentage = objectOf(value).percentage;
		if (percentage === undefined || percentage === null) continue;
		if (typeof percentage !== 'number' || !(percentage >= 0 && percentage <= 100)) {
			throw new UserError(
				`${name} has a percentage at ${JSON.stringify(part.slice(0, 60))} that is not a number from 0 to 100.`,
			);
		}
		found.push(percentage);
	}
	if (found.length === 0)
		throw new UserError(`${name} has no percentage that is a number; run the tests with coverage.`);
	return found.reduce((sum, value) => sum + value, 0) / found.length;
}
