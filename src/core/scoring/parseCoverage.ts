import { UserError } from '../userError.ts';
import { parseCobertura } from './cobertura.ts';
import type { CoverageReport } from './coverage.ts';
import { parseCoverageJson } from './coverageJson.ts';
import { parseLcov } from './lcov.ts';
import { withoutBom } from './reportText.ts';

/**
 * Reads a coverage report: lcov, cobertura XML, istanbul JSON (summary or final), or `{"frontend": {"percentage"},
 * "backend": {"percentage"}}`. Which it is, its text tells. Linear in the text.
 * @param name the file's name, for the error's sentence.
 * @throws UserError where the report is damaged, of another kind, or measured no line.
 */
export function parseCoverage(text: string, name: string): CoverageReport {
	const body = withoutBom(text).trim();
	if (body === '') throw new UserError(`${name} is empty; check that the tests ran with coverage on.`);
	if (body.startsWith('{') || body.startsWith('[')) return { percentage: parseCoverageJson(body, name) };
	return { percentage: body.startsWith('<') ? parseCobertura(body, name) : parseLcov(body, name) };
}
