/** What points are given for. */
export type Category = 'tests' | 'bug_fix' | 'docs' | 'performance' | 'security';

/** What points are taken for. */
export type Penalty = 'failing_ci' | 'missing_tests' | 'regression';

/** How a session's points become a score and a decision. */
export interface Rubric {
	/** Kept with every score, so that scores of one rubric are compared with each other only. */
	version: string;
	/** The most that each category gives, from 0 (not scored) to 10, two decimals. Points in it scale with it. */
	weights: Readonly<Record<Category, number>>;
	/** From -10 to 0 (not charged), two decimals. */
	penalties: Readonly<Record<Penalty, number>>;
	/** In points of the total, which has one decimal. */
	thresholds: {
		/** A total below is BLOCK. */
		block: number;
		/** A total above is APPROVE; from `block` up to here it is REQUEST_CHANGES. */
		approve: number;
	};
}

/** The ends of every total. */
export const RANGE = { lowest: -10, highest: 10 } as const;

/** The rubric of docs/scoring.md, used where a team has none of its own. The rules give their points for its weights. */
export const BUILT_IN_RUBRIC: Rubric = {
	version: 'built-in-1',
	weights: { tests: 3, bug_fix: 2, docs: 1, performance: 1, security: 2 },
	penalties: { failing_ci: -4, missing_tests: -2, regression: -3 },
	thresholds: { block: -3, approve: 3 },
};
