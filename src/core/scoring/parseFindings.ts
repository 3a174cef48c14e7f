import { UserError } from '../userError.ts';
import type { Finding } from './finding.ts';
import { parseJsonObject, withoutBom } from './reportText.ts';
import { parseSarif } from './sarif.ts';
import { parseSemgrep } from './semgrep.ts';

/**
 * Reads a static analysis report, SARIF or semgrep JSON. What a team has suppressed, and what the report itself says
 * is not about security, is left out.
 * @param name the file's name, for the error's sentence.
 * @throws UserError where the report is damaged or of another kind.
 */
export function parseFindings(text: string, name: string): Finding[] {
	const report = parseJsonObject(withoutBom(text), name);
	if (Array.isArray(report.runs)) return parseSarif(report.runs, name);
	if (Array.isArray(report.results)) return parseSemgrep(report.results, name);
	throw new UserError(`${name} is no static analysis report that is known: SARIF has runs, semgrep JSON has results.`);
}
