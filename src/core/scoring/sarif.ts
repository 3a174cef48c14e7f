import { UserError } from '../userError.ts';
import type { Finding, Severity } from './finding.ts';
import { uriPath } from './reportPath.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from './reportText.ts';

/** The findings of a SARIF 2.1.0 log. Its `results` are read with their rules, which hold what a result leaves out. */
export function parseSarif(runs: readonly unknown[], name: string): Finding[] {
	return runs.flatMap((run, index) => {
		if (!isObject(run)) throw new UserError(`${name} has something at runs[${index}] that is no run; write it again.`);
		const rules = rulesOf(run);
		return listOf(run.results).flatMap((result, at) => {
			if (!isObject(result)) {
				throw new UserError(
					`${name} has something at runs[${index}].results[${at}] that is no result; write it again.`,
				);
			}
			return readResult(result, rules) ?? [];
		});
	});
}

/** The rules of a run by name, and those of its driver by place. */
interface Rules {
	byId: Map<string, JsonObject>;
	byIndex: readonly unknown[];
}

function rulesOf(run: JsonObject): Rules {
	const tool = objectOf(run.tool);
	const driver = listOf(objectOf(tool.driver).rules);
	const others = listOf(tool.extensions).flatMap((extension) => listOf(objectOf(extension).rules));
	const byId = new Map<string, JsonObject>();
	for (const rule of [...driver, ...others]) {
		if (isObject(rule) && typeof rule.id === 'string') byId.set(rule.id, rule);
	}
	return { byId, byIndex: driver };
}

function readResult(result: JsonObject, rules: Rules): Finding | undefined {
	if (!isOpen(result)) return undefined;
	const id = result.ruleId ?? objectOf(result.rule).id;
	const place = result.ruleIndex ?? objectOf(result.rule).index;
	const rule = objectOf(
		(typeof id === 'string' ? rules.byId.get(id) : undefined) ??
			(typeof place === 'number' ? rules.byIndex[place] : undefined),
	);
	const properties = objectOf(rule.properties);
	const score = scoreOf(result.properties) ?? scoreOf(properties);
	if (score === undefined && isAboutSomethingElse(properties)) return undefined;
	const location = objectOf(objectOf(listOf(result.locations)[0]).physicalLocation);
	const path = uriPath(objectOf(location.artifactLocation).uri);
	return {
		rule: textOf(id ?? rule.id),
		severity: score === undefined ? ofLevel(result, rule) : ofScore(score),
		...(path !== undefined && { path }),
	};
}

/** A failure that is new as far as the log knows and that nobody suppressed (SARIF 2.1.0, 3.27.9, 3.27.23, 3.27.24). */
function isOpen(result: JsonObject): boolean {
	if (result.kind !== undefined && result.kind !== 'fail') return false;
	if (result.baselineState === 'unchanged' || result.baselineState === 'absent') return false;
	return !listOf(result.suppressions).some((suppression) => {
		const { status } = objectOf(suppression);
		return status === undefined || status === 'accepted';
	});
}

/** The `security-severity` that GitHub code scanning reads, 0 to 10, written as a text. */
function scoreOf(properties: unknown): number | undefined {
	const written = objectOf(properties)['security-severity'];
	const score = typeof written === 'number' ? written : Number.parseFloat(textOf(written));
	return Number.isFinite(score) ? score : undefined;
}

/** Tags or a category that do not say security: a linter's style rule. Without either, the tool is taken at its word. */
function isAboutSomethingElse({ tags, category }: JsonObject): boolean {
	const said = [...listOf(tags), category].filter((word) => typeof word === 'string' && word !== '');
	return said.length > 0 && !said.some((word) => (word as string).toLowerCase().includes('security'));
}

/** GitHub's ranges ("SARIF support for code scanning"). */
function ofScore(score: number): Severity {
	if (score >= 9) return 'critical';
	if (score >= 7) return 'high';
	return score >= 4 ? 'medium' : 'low';
}

/** SARIF's levels know no critical; a level that is not given is the rule's, else `warning` (3.27.10). */
function ofLevel(result: JsonObject, rule: JsonObject): Severity {
	const level = result.level ?? objectOf(rule.defaultConfiguration).level ?? 'warning';
	if (level === 'error') return 'high';
	return level === 'note' || level === 'none' ? 'low' : 'medium';
}
