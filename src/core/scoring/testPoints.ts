import { type CoverageReport, percent } from './coverage.ts';
import { type Evidence, pathsOf } from './evidence.ts';
import { isCriticalTest, isIntegrationTest } from './pathKinds.ts';
import type { Reason } from './reason.ts';

/** How far coverage must rise for its point, in percentage points. */
const COVERAGE_RISE = 5;

/** This many assertions make a test one of quality, without a mock too. */
const MANY_ASSERTIONS = 3;

/** The calls and statements by which test libraries of common languages assert. */
const ASSERTION =
	/^assert\s|assert\w{0,40}!?\s?[.(<]|\bexpect\w{0,40}\s?[.(]|\bEXPECT_[A-Z]|\.should\b|\bshould(?:Be|Equal|Throw|Have|Contain)|\bt\.(?:Error|Fatal|Fail|is|ok|equal|deepEqual|throws)|\brequire\.[A-Z]/i;

const MOCK =
	/\b(?:jest|vi|sinon|td|mock)\.(?:mock|fn|spyOn|spy|stub|fake|method|patch)|\bmock\w{0,40}\s?\(|@mock|MagicMock|@patch|monkeypatch|gomock|\bspyOn\(|\bstub\w{0,40}\s?\(/i;

/** An import names a library and asserts nothing. */
const IMPORT = /^(?:import|from|using|use|#include)\b|^require[\s(]/;

/** Points for tests: at most 3 of these 3.5, which the caller sees to. */
export function testPoints(evidence: Evidence, coverage?: CoverageReport, before?: CoverageReport): Reason[] {
	const reasons: Reason[] = [];
	const give = (points: number, because: string, paths?: string[]): void => {
		if (!paths || paths.length > 0) reasons.push({ category: 'tests', points, because, ...(paths && { paths }) });
	};
	const added = evidence.tests.filter((file) => file.kind === 'A' || file.kind === 'C');
	give(1, 'New test files.', pathsOf(added));
	if (coverage && before && coverage.percentage - before.percentage >= COVERAGE_RISE) {
		give(1, `Coverage went up from ${percent(before)} to ${percent(coverage)}, by ${COVERAGE_RISE} points or more.`);
	}
	const integration = evidence.tests.filter((file) => isIntegrationTest(file.path));
	give(0.5, 'Integration or end-to-end tests.', pathsOf(integration));
	give(0.5, 'Tests that assert well: three assertions or more, or an assertion and a mock.', assertWell(evidence));
	const critical = evidence.tests.filter((file) => isCriticalTest(file.path));
	give(0.5, 'Tests of critical modules: sign-in, permissions, tenants, security or payments.', pathsOf(critical));
	return reasons;
}

/** The tests that assert, when together they do it well. */
function assertWell(evidence: Evidence): string[] {
	let assertions = 0;
	let mocks = 0;
	const paths: string[] = [];
	for (const file of evidence.tests) {
		const lines = evidence.linesOf(file).filter((line) => !IMPORT.test(line));
		const found = lines.filter((line) => ASSERTION.test(line)).length;
		assertions += found;
		mocks += lines.filter((line) => MOCK.test(line)).length;
		if (found > 0) paths.push(file.path);
	}
	return assertions >= MANY_ASSERTIONS || (assertions > 0 && mocks > 0) ? paths : [];
}
