import type { ChangedFile } from './changedFile.ts';
import { type CoverageReport, percent } from './coverage.ts';
import { type Evidence, pathsOf } from './evidence.ts';
import { isCode, isProductCode, isTestCode, subjectOf } from './pathKinds.ts';
import type { Reason } from './reason.ts';
import type { Penalty } from './rubric.ts';

/** Coverage below this is charged as missing tests, in percent. */
const LOW_COVERAGE = 20;

/** A test that loses at least this many lines and gains none was gutted, not tidied. */
const GUTTED_LINES = 10;

/** What a session is charged for, by the rubric's prices. One cause is charged once. */
export function penaltyPoints(
	evidence: Evidence,
	prices: Readonly<Record<Penalty, number>>,
	coverage?: CoverageReport,
	ciFailed?: boolean,
): Reason[] {
	const reasons: Reason[] = [];
	const charge = (penalty: Penalty, because: string, paths?: string[]): void => {
		reasons.push({ category: 'penalties', points: prices[penalty], because, ...(paths && { paths }) });
	};
	const testable = evidence.product.length + evidence.tests.length > 0;
	// The coverage of a run that failed measures the failure.
	const measured = ciFailed || !testable ? undefined : coverage;
	if (ciFailed) charge('failing_ci', 'CI failed.');
	else if (measured?.percentage === 0) {
		charge('failing_ci', 'The coverage report says 0 %: the tests did not run.');
	}
	if (measured && measured.percentage > 0 && measured.percentage < LOW_COVERAGE) {
		charge('missing_tests', `Coverage is ${percent(measured)}, under ${LOW_COVERAGE} %.`);
	} else if (measured?.percentage !== 0 && evidence.code.length > 0 && evidence.tests.length === 0) {
		charge('missing_tests', 'Code changed, and no test with it.', pathsOf(evidence.code));
	}
	const lost = lostTests(evidence.files);
	if (lost.length > 0) {
		charge('regression', 'Tests were taken away and not replaced, while what they test stays.', pathsOf(lost));
	}
	return reasons;
}

/**
 * The tests that a net change took away: renamed to something that no runner finds; or removed or gutted, unless what
 * they tested went too or the tests as a whole gained as many lines as they lost.
 */
function lostTests(files: readonly ChangedFile[]): ChangedFile[] {
	const removed = new Set(files.filter(isRemovedCode).map((file) => subjectOf(file.path)));
	const orphaned = files.filter((file) => isTestCode(file.path) && !removed.has(subjectOf(file.path)));
	const gone = orphaned.reduce((sum, file) => sum + file.deleted, 0);
	const gained = files.reduce((sum, file) => sum + (isTestCode(file.path) ? file.added : 0), 0);
	return files.filter((file) => isSwitchedOff(file) || (gone > gained && orphaned.includes(file) && isGutted(file)));
}

function isRemovedCode(file: ChangedFile): boolean {
	return file.kind === 'D' && isProductCode(file.path);
}

/** `login.test.ts` became `login.test.ts.disabled`. */
function isSwitchedOff(file: ChangedFile): boolean {
	return file.kind === 'R' && file.from !== undefined && isTestCode(file.from) && !isCode(file.path);
}

function isGutted(file: ChangedFile): boolean {
	return file.kind === 'D' || (file.added === 0 && file.deleted >= GUTTED_LINES);
}
