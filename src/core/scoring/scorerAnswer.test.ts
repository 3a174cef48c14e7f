import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../userError.ts';
import { BUILT_IN_RUBRIC } from './rubric.ts';
import { parseScorerAnswer } from './scorerAnswer.ts';

const PATHS = ['src/b.ts', 'src/a.ts'];
const parse = (answer: unknown) =>
	parseScorerAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer), PATHS, BUILT_IN_RUBRIC);

describe("a team's own scorer's answer", () => {
	it('needs a score alone; the rest is made from it', () => {
		for (const more of [{}, { decision: null, breakdown: null, reasons: null, file_scores: null, blocker: null }]) {
			assert.deepEqual(parse({ score: 5.04, ...more }), {
				score: {
					total: 5,
					stabilised: 2.2,
					decision: 'APPROVE',
					breakdown: {},
					reasons: [],
					files: ['src/a.ts', 'src/b.ts'].map((path) => ({ path, score: 0, breakdown: {}, notes: '' })),
					rubricVersion: 'own scorer',
				},
				problems: [],
			});
		}
	});

	it('is refused with what is wrong in it', () => {
		const cases: [unknown, RegExp][] = [
			['', /answer is empty/],
			['Score: 5', /is not one JSON document/],
			['{"score": NaN}', /is not one JSON document/],
			['{"score": 1}\n{"score": 2}', /is not one JSON document/],
			[[5], /not an object/],
			[{}, /no "score"/],
			[{ score: '5' }, /"score" that is a number from -10 to 10/],
			[{ score: 10.1 }, /from -10 to 10/],
			['{"score": 1e999}', /from -10 to 10/],
			[{ score: 1, decision: 'approve' }, /none of APPROVE, REQUEST_CHANGES, BLOCK/],
			[{ score: 1, breakdown: { a: 'b' } }, /"a" in breakdown/],
			[{ score: 1, breakdown: [] }, /breakdown that is no object/],
			[{ score: 1, breakdown: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [n, n])) }, /more than 30/],
			[{ score: 1, reasons: {} }, /"reasons" that are no list/],
			[{ score: 1, reasons: [{ points: 1 }] }, /"reasons\[0\]" without a text "because"/],
			[{ score: 1, reasons: Array(1001).fill('x') }, /more than 1000 "reasons"/],
			[{ score: 1, file_scores: { 'src/a.ts': 1 } }, /"src\/a\.ts" that are no object/],
			[{ score: 1, file_scores: { 'src/a.ts': {} } }, /no "score" in "file_scores"/],
			[{ score: 1, blocker: 1 }, /"blocker" that is no text/],
		];
		for (const [answer, sentence] of cases) {
			assert.throws(
				() => parse(answer),
				(error) => error instanceof UserError && sentence.test(error.message),
				JSON.stringify(answer).slice(0, 80),
			);
		}
	});

	it('may name __proto__ and what every object has', () => {
		const text =
			'{"score": 1, "breakdown": {"__proto__": 2, "toString": 3}, "file_scores": {"__proto__": {"score": 1}}}';
		const { score, problems } = parse(text);
		assert.deepEqual(Object.entries(score.breakdown), [
			['__proto__', 2],
			['toString', 3],
		]);
		assert.equal(problems.length, 1);
	});

	it('gives a score or a sentence, whatever it is', () => {
		const answers = fc.oneof(
			fc.string(),
			fc.json(),
			fc
				.record({ score: fc.double({ min: -10, max: 10, noNaN: true }), reasons: fc.jsonValue() })
				.map((it) => JSON.stringify(it)),
			fc
				.record({
					score: fc.integer({ min: -10, max: 10 }),
					file_scores: fc.dictionary(fc.constantFrom(...PATHS, 'x'), fc.jsonValue()),
				})
				.map((it) => JSON.stringify(it)),
		);
		fc.assert(
			fc.property(answers, (text) => {
				try {
					const { score } = parse(text);
					assert.match(score.total.toFixed(1), /^-?\d{1,2}\.\d$/);
				} catch (error) {
					assert.ok(error instanceof UserError);
				}
			}),
		);
	});
});
