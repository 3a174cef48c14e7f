import { UserError } from '../userError.ts';
import type { Finding, Severity } from './finding.ts';
import { reportPath } from './reportPath.ts';
import { isObject, objectOf, textOf } from './reportText.ts';

/**
 * Semgrep's words: four levels, and the older ERROR, WARNING and INFO for high, medium and low
 * (semgrep.dev/docs/kb/rules/understand-severities). The last two mark rules that report no problem.
 */
const SEVERITIES = new Map<unknown, Severity>([
	['CRITICAL', 'critical'],
	['HIGH', 'high'],
	['MEDIUM', 'medium'],
	['LOW', 'low'],
	['ERROR', 'high'],
	['WARNING', 'medium'],
	['INFO', 'low'],
	['INVENTORY', 'low'],
	['EXPERIMENT', 'low'],
]);

/** The findings of `semgrep scan --json`. */
export function parseSemgrep(results: readonly unknown[], name: string): Finding[] {
	return results.flatMap((result, index) => {
		if (!isObject(result) || !isObject(result.extra)) {
			throw new UserError(
				`${name} has something at results[${index}] that is no finding; run semgrep with --json again.`,
			);
		}
		const { severity: word, is_ignored: ignored, metadata } = result.extra;
		const severity = SEVERITIES.get(typeof word === 'string' ? word.toUpperCase() : word);
		if (!severity) {
			throw new UserError(
				`${name} has no severity that is known at results[${index}].extra.severity; run semgrep again.`,
			);
		}
		const { category } = objectOf(metadata);
		if (ignored === true || (typeof category === 'string' && category !== 'security')) return [];
		const path = reportPath(result.path);
		return [{ rule: textOf(result.check_id), severity, ...(path !== undefined && { path }) }];
	});
}
