import type { CoverageReport } from '../core/scoring/coverage.ts';
import type { ScoreInput } from '../core/scoring/score.ts';

/** A report as a face has read it. */
export interface ReportText {
	/** The file's name, for sentences. */
	name: string;
	text: string;
}

/** What coverage and static analysis tools have written. An empty list is as none. */
export interface Reports {
	coverage?: readonly ReportText[];
	/** The coverage of what the session began from. */
	coverageBefore?: readonly ReportText[];
	analysis?: readonly ReportText[];
}

/** Bytes: what is larger is no report, or one of which nobody wants all. */
export const LARGEST_REPORT = 64 * 1024 * 1024;

/**
 * What the reports say. Several of one kind are parts of one whole: the mean of their percentages, and all of their findings.
 * @throws UserError that names a report which cannot be used.
 */
export async function readReports({
	coverage = [],
	coverageBefore = [],
	analysis = [],
}: Reports): Promise<Pick<ScoreInput, 'coverage' | 'coverageBefore' | 'findings'>> {
	const [{ parseCoverage }, { parseFindings }] = await Promise.all([
		import('../core/scoring/parseCoverage.ts'),
		import('../core/scoring/parseFindings.ts'),
	]);
	const measured = (reports: readonly ReportText[]): CoverageReport => {
		const parts = reports.map(({ name, text }) => parseCoverage(text, name).percentage);
		return { percentage: parts.reduce((sum, part) => sum + part, 0) / parts.length };
	};
	return {
		...(coverage.length > 0 && { coverage: measured(coverage) }),
		...(coverageBefore.length > 0 && { coverageBefore: measured(coverageBefore) }),
		...(analysis.length > 0 && { findings: analysis.flatMap(({ name, text }) => parseFindings(text, name)) }),
	};
}
