import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { BUILT_IN_RUBRIC } from './rubric.ts';
import { parseRubric } from './rubricFile.ts';

const OLDER = `
weights: {tests: 4, bug_fix: 2, docs: 0.5, performance: 1, security: 2}
penalties: {failing_ci: -5, missing_tests: -2, regression: -3}
rules:
  - {id: R1, description: Tests come first}
`;

const NEWER = `
version: 2.1
scoring:
  search_first: {description: Looked before writing, points: 10}
  pattern_match: {description: Follows the patterns, points: 10}
  security_correct: {description: Secure, points: 20}
  architecture_compliant: {description: In its layer, points: 10}
  test_quality: {description: Good tests, points: 15}
  observability_correct: {description: Logs well, points: 10}
  docs_updated: {description: Documented, points: 5}
penalties:
  hardcoded_values: {description: Constants in code, points: -20}
  missing_tests: {description: No tests, points: -20}
output: {min_pass_score: 40, warning_score: 20, fail_score: 0}
`;

describe('parseRubric', () => {
	it('is the built-in rubric where there is no file, or an empty one', () => {
		for (const value of [undefined, null, parse('')]) {
			assert.deepEqual(parseRubric(value), { rubric: BUILT_IN_RUBRIC, problems: [] });
		}
	});

	describe('the older shape', () => {
		it('takes its weights and penalties, and leaves its rules to people', () => {
			const { rubric, problems } = parseRubric(parse(OLDER));
			assert.deepEqual(problems, []);
			assert.deepEqual(rubric.weights, { tests: 4, bug_fix: 2, docs: 0.5, performance: 1, security: 2 });
			assert.deepEqual(rubric.penalties, { failing_ci: -5, missing_tests: -2, regression: -3 });
			assert.deepEqual(rubric.thresholds, BUILT_IN_RUBRIC.thresholds);
			assert.equal(rubric.version, 'custom');
		});
		it('keeps the built-in value of what it does not name', () => {
			const { rubric } = parseRubric({ version: 'team-3', weights: { docs: 2 } });
			assert.deepEqual(rubric, {
				...BUILT_IN_RUBRIC,
				version: 'team-3',
				weights: { ...BUILT_IN_RUBRIC.weights, docs: 2 },
			});
		});
		it('reports a wrong value, uses the built-in one, and reads on', () => {
			const { rubric, problems } = parseRubric({
				weights: { tests: 'many', docs: -1, security: Number.NaN, performance: 3 },
				penalties: { failing_ci: 4, regression: -11, missing_tests: -1 },
			});
			assert.deepEqual(rubric.weights, { ...BUILT_IN_RUBRIC.weights, performance: 3 });
			assert.deepEqual(rubric.penalties, { ...BUILT_IN_RUBRIC.penalties, missing_tests: -1 });
			assert.deepEqual(problems, [
				'"weights.tests" must be a number from 0 to 10; 3 is used.',
				'"weights.docs" must be a number from 0 to 10; 1 is used.',
				'"weights.security" must be a number from 0 to 10; 2 is used.',
				'"penalties.failing_ci" must be a number from -10 to 0; -4 is used.',
				'"penalties.regression" must be a number from -10 to 0; -3 is used.',
			]);
		});
		it('reports what has no built-in check, and keys that mean nothing', () => {
			const { rubric, problems } = parseRubric({ weights: { elegance: 5 }, penalties: { __proto: -1 }, wights: {} });
			assert.deepEqual({ ...rubric, version: BUILT_IN_RUBRIC.version }, BUILT_IN_RUBRIC);
			assert.deepEqual(problems, [
				'There is no key "wights" in a rubric, so it has no effect.',
				'"weights.elegance" has no built-in check, so it gives and takes no points.',
				'"penalties.__proto" has no built-in check, so it gives and takes no points.',
			]);
		});
		it('reports a part that is no list of names', () => {
			const { problems } = parseRubric({ weights: 3, penalties: ['failing_ci'] });
			assert.equal(problems.length, 2);
		});
	});

	describe('the newer shape', () => {
		it('brings what has a built-in check to a sum of 10, and scores nothing else', () => {
			const { rubric } = parseRubric(parse(NEWER));
			assert.deepEqual(rubric.weights, { tests: 3.75, bug_fix: 0, docs: 1.25, performance: 0, security: 5 });
			assert.equal(rubric.version, '2.1');
		});
		it('brings penalties and thresholds to the same scale: 40 of 80 points pass, below 0 fails', () => {
			const { rubric } = parseRubric(parse(NEWER));
			assert.deepEqual(rubric.penalties, { ...BUILT_IN_RUBRIC.penalties, missing_tests: -2.5 });
			assert.deepEqual(rubric.thresholds, { block: 0, approve: 4.9 });
		});
		it('reports each name without a built-in check', () => {
			const { problems } = parseRubric(parse(NEWER));
			assert.deepEqual(
				problems.map((problem) => /^"([\w.]+)" has no/.exec(problem)?.[1]),
				[
					...['scoring.search_first', 'scoring.pattern_match', 'scoring.architecture_compliant'],
					...['scoring.observability_correct', 'penalties.hardcoded_values', 'output.warning_score'],
				],
			);
		});
		it('uses the built-in weights where nothing has a check', () => {
			const { rubric, problems } = parseRubric({ scoring: { elegance: { points: 10 } }, output: { fail_score: 5 } });
			assert.deepEqual({ ...rubric, version: BUILT_IN_RUBRIC.version }, BUILT_IN_RUBRIC);
			assert.equal(problems.length, 2);
		});
		it('refuses points and scores that are no sane numbers', () => {
			const { rubric, problems } = parseRubric({
				scoring: { test_quality: { points: 10 }, docs_updated: { points: '5' } },
				penalties: { missing_tests: { points: 20 } },
				output: { min_pass_score: Number.POSITIVE_INFINITY },
			});
			assert.deepEqual(rubric.weights, { tests: 10, bug_fix: 0, docs: 0, performance: 0, security: 0 });
			assert.deepEqual(rubric.penalties, BUILT_IN_RUBRIC.penalties);
			assert.deepEqual(rubric.thresholds, BUILT_IN_RUBRIC.thresholds);
			assert.equal(problems.length, 3);
		});
		it('refuses a fail score above the pass score', () => {
			const output = { min_pass_score: 1, fail_score: 5 };
			const { rubric, problems } = parseRubric({ scoring: { tests: { points: 10 } }, output });
			assert.deepEqual(rubric.thresholds, BUILT_IN_RUBRIC.thresholds);
			assert.equal(problems.length, 1);
		});
	});

	it('reports a file that is no rubric', () => {
		for (const value of ['weights', 3, []]) {
			const { rubric, problems } = parseRubric(value);
			assert.deepEqual(rubric, BUILT_IN_RUBRIC);
			assert.equal(problems.length, 1);
		}
	});

	it('always gives a rubric within its limits, and problems of one line', () => {
		const part = fc.dictionary(
			fc.oneof(
				fc.constantFrom('tests', 'security_correct', 'missing_tests', 'min_pass_score', 'fail_score'),
				fc.string(),
			),
			fc.oneof(fc.double(), fc.record({ points: fc.double() }), fc.jsonValue()),
		);
		const file = fc.record(
			{ version: fc.jsonValue(), weights: part, scoring: part, penalties: part, output: part },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(file, fc.jsonValue()), (value) => {
				const { rubric, problems } = parseRubric(value);
				for (const weight of Object.values(rubric.weights)) assert.ok(weight >= 0 && weight <= 10);
				for (const price of Object.values(rubric.penalties)) assert.ok(price >= -10 && price <= 0);
				const { block, approve } = rubric.thresholds;
				assert.ok(Number.isFinite(block) && Number.isFinite(approve) && block <= approve);
				for (const problem of problems) assert.match(problem, /^[^\n\r]+\.$/);
			}),
		);
	});
});
