import { bugFixPoints } from './bugFixPoints.ts';
import type { ChangedFile } from './changedFile.ts';
import type { CoverageReport } from './coverage.ts';
import { docsPoints } from './docsPoints.ts';
import { gatherEvidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { penaltyPoints } from './penalties.ts';
import { performancePoints } from './performancePoints.ts';
import type { Reason } from './reason.ts';
import { round } from './round.ts';
import { BUILT_IN_RUBRIC, type Category, RANGE, type Rubric } from './rubric.ts';
import { BLOCKED_TOTAL, judgeSecurity } from './securityPoints.ts';
import { testPoints } from './testPoints.ts';

/** What a session is scored on. What is absent is unknown, and unknown costs nothing. */
export interface ScoreInput {
	/** The net change, each file once, in any order. */
	files: readonly ChangedFile[];
	/** The messages of the session's commits. */
	messages: readonly string[];
	coverage?: CoverageReport;
	/** The coverage of what the session began from. */
	coverageBefore?: CoverageReport;
	/** Undefined: no static analysis ran. Empty: it found nothing. */
	findings?: readonly Finding[];
	ciFailed?: boolean;
	/** When the session ended, ms UTC: tells which dates in documentation are current. */
	endedAt?: number;
}

/** What should happen to a session's pull requests. */
export const DECISIONS = ['APPROVE', 'REQUEST_CHANGES', 'BLOCK'] as const;

type Decision = (typeof DECISIONS)[number];

/** Points by category, two decimals. The built-in rubric's categories and `penalties`, or those of a team's own scorer. */
type Breakdown = Readonly<Record<string, number>>;

/** What one file took part in. A reason's points count in full for each file that it names, so files do not add up. */
export interface FileScore {
	path: string;
	score: number;
	breakdown: Breakdown;
	/** The reasons' sentences, one a line; empty where the file took part in none. */
	notes: string;
}

/** A session's score. */
export interface Score {
	/** From -10 to 10, one decimal. The sum of the reasons' points, unless the range or a blocker held it. */
	total: number;
	/** The total times the square root of a tenth of the files: what a session did, in proportion to its size. */
	stabilised: number;
	decision: Decision;
	breakdown: Breakdown;
	/** One for all the points given and taken. */
	reasons: Reason[];
	/** Sorted by path. */
	files: FileScore[];
	/** A sentence: why the session must not pass, whatever else it earned. */
	blocker?: string;
	rubricVersion: string;
}

/** Scores a session once, on its net change, by a rubric. The rules are those of docs/scoring.md. */
export function scoreSession(input: ScoreInput, rubric: Rubric): Score {
	const evidence = gatherEvidence(input.files, input.messages);
	const security = judgeSecurity(evidence, input.findings);
	const given = {
		tests: testPoints(evidence, input.coverage, input.coverageBefore),
		bug_fix: bugFixPoints(evidence),
		docs: docsPoints(evidence, input.endedAt),
		performance: performancePoints(evidence),
		security: security.reasons,
	} satisfies Record<Category, Reason[]>;
	const reasons = [
		...(Object.keys(given) as Category[]).flatMap((category) => weigh(category, given[category], rubric)),
		...penaltyPoints(evidence, rubric.penalties, input.coverage, input.ciFailed).filter(({ points }) => points !== 0),
	];
	const total = totalOf(sumOf(reasons), security.blocker !== undefined);
	return {
		total,
		stabilised: stabilise(total, input.files.length),
		decision: security.blocker === undefined ? decide(total, rubric) : 'BLOCK',
		breakdown: breakDown(reasons),
		reasons,
		files: scoreFiles(evidence.files, reasons),
		...(security.blocker !== undefined && { blocker: security.blocker }),
		rubricVersion: rubric.version,
	};
}

/** Scales points to the weight that the rubric gives their category, and says what goes over it. */
function weigh(category: Category, reasons: readonly Reason[], rubric: Rubric): Reason[] {
	const weight = rubric.weights[category];
	if (weight === 0) return [];
	const scale = weight / BUILT_IN_RUBRIC.weights[category];
	const weighed = reasons.map((reason) => ({ ...reason, points: round(reason.points * scale, 2) }));
	const over = round(sumOf(weighed) - weight, 2);
	if (over > 0) weighed.push({ category, points: -over, because: `This category gives at most ${weight}.` });
	return weighed;
}

function totalOf(sum: number, blocked: boolean): number {
	const highest = blocked ? BLOCKED_TOTAL : RANGE.highest;
	return round(Math.max(RANGE.lowest, Math.min(highest, sum)), 1);
}

/** A total in proportion to the number of files. */
export function stabilise(total: number, files: number): number {
	return round(total * Math.sqrt(Math.max(files, 1) / 10), 1);
}

/** The total as it is shown decides, so that nobody sees a 3.0 approved. */
export function decide(total: number, { thresholds }: Rubric): Decision {
	if (total < thresholds.block) return 'BLOCK';
	return total > thresholds.approve ? 'APPROVE' : 'REQUEST_CHANGES';
}

function breakDown(reasons: readonly Reason[]): Record<Category | 'penalties', number> {
	const of = (category: Reason['category']): number => sumOf(reasons.filter((reason) => reason.category === category));
	return {
		tests: of('tests'),
		bug_fix: of('bug_fix'),
		docs: of('docs'),
		performance: of('performance'),
		security: of('security'),
		penalties: of('penalties'),
	};
}

function scoreFiles(files: readonly ChangedFile[], reasons: readonly Reason[]): FileScore[] {
	const named = new Map<string, Reason[]>(files.map((file) => [file.path, []]));
	for (const reason of reasons) for (const path of reason.paths ?? []) named.get(path)?.push(reason);
	return [...named].map(([path, its]) => ({
		path,
		score: sumOf(its),
		breakdown: breakDown(its),
		notes: its.map((reason) => reason.because).join('\n'),
	}));
}

function sumOf(reasons: readonly Reason[]): number {
	return round(
		reasons.reduce((sum, reason) => sum + reason.points, 0),
		2,
	);
}
