import assert from 'node:assert/strict';
import fc from 'fast-check';
import { change, removal } from './changeBuilder.ts';
import type { ChangedFile } from './changedFile.ts';
import type { Finding } from './finding.ts';
import type { Reason } from './reason.ts';
import { BUILT_IN_RUBRIC, type Rubric } from './rubric.ts';
import { type Score, type ScoreInput, scoreSession } from './score.ts';

const CODE = change('src/cart.ts');
const ASSERTIONS = 'assert.equal(a, 1);\nassert.equal(b, 2);\nassert.equal(c, 3);';

/** Scores files by the built-in rubric. */
function score(files: ChangedFile[], more: Partial<ScoreInput> = {}): Score {
	return scoreSession({ files, messages: [], ...more }, BUILT_IN_RUBRIC);
}

/** What one category gives or takes for these files. */
function pointsFor(category: Reason['category'], files: ChangedFile[], more: Partial<ScoreInput> = {}): number {
	return score(files, more).breakdown[category]!;
}

function found(severity: Finding['severity'], path?: string): Finding {
	return { rule: 'sql.injection', severity, ...(path !== undefined && { path }) };
}

describe('scoreSession', () => {
	describe('tests, at most 3', () => {
		it('gives 1 for new test files, however many', () => {
			assert.equal(pointsFor('tests', [change('src/cart.test.ts')]), 1);
			assert.equal(pointsFor('tests', [change('src/a.test.ts'), change('test/test_b.py', 'x = 1')]), 1);
		});
		it('gives nothing for a new test file without program text', () => {
			assert.equal(pointsFor('tests', [change('src/cart.test.ts', '// TODO: assert(everything)\n\n/* later */')]), 0);
			assert.equal(pointsFor('tests', [change('src/cart.test.ts', '')]), 0);
		});
		it('gives nothing for fixtures, snapshots and vendored tests', () => {
			assert.equal(pointsFor('tests', [change('test/fixtures/order.json'), change('vendor/x/x_test.go')]), 0);
		});
		it('gives nothing for being new to a test that was only changed', () => {
			assert.equal(pointsFor('tests', [change('src/cart.test.ts', 'run();', { kind: 'M' })]), 0);
		});
		it('gives 1 when coverage rises by 5 points or more', () => {
			const rise = (from: number, to: number): number =>
				pointsFor('tests', [CODE], { coverageBefore: { percentage: from }, coverage: { percentage: to } });
			assert.equal(rise(70, 75), 1);
			assert.equal(rise(70, 74.9), 0);
			assert.equal(pointsFor('tests', [CODE], { coverage: { percentage: 99 } }), 0);
		});
		it('gives 0.5 for integration and end-to-end tests, by their path', () => {
			for (const path of [
				'test/integration/cart.test.ts',
				'e2e/cart.spec.ts',
				'test/end-to-end/cart.ts',
				'ui/cart.cy.ts',
			]) {
				assert.equal(pointsFor('tests', [change(path, 'run();', { kind: 'M' })]), 0.5, path);
			}
		});
		it('gives 0.5 for three assertions, or for an assertion with a mock', () => {
			const quality = (text: string, path = 'src/cart.test.ts'): number =>
				pointsFor('tests', [change(path, text, { kind: 'M' })]);
			assert.equal(quality(ASSERTIONS), 0.5);
			assert.equal(quality('const save = vi.fn();\nexpect(save).toHaveBeenCalled();'), 0.5);
			assert.equal(quality('assert total == 1\nassert tax == 2\nassert sum(x) == 3', 'tests/test_cart.py'), 0.5);
			assert.equal(quality('t.Errorf("a")\nt.Fatal("b")\nrequire.Equal(t, 1, n)', 'cart_test.go'), 0.5);
			assert.equal(quality('assert.ok(true);'), 0);
			assert.equal(quality('const save = vi.fn();'), 0);
		});
		it('does not take an import or a comment for an assertion', () => {
			const text = "import assert from 'node:assert';\n// assert(a)\n/*\nassert(b)\nexpect(c)\n*/\nrun(); // assert(d)";
			assert.equal(pointsFor('tests', [change('src/cart.test.ts', text, { kind: 'M' })]), 0);
		});
		it('gives 0.5 for tests of critical modules', () => {
			for (const path of ['src/authService.test.ts', 'tests/payments/test_refund.py', 'test/tenant/list.test.ts']) {
				assert.equal(pointsFor('tests', [change(path, 'run()', { kind: 'M' })]), 0.5, path);
			}
			assert.equal(pointsFor('tests', [change('src/authorList.test.ts', 'run();', { kind: 'M' })]), 0);
		});
		it('stops at 3, and says so in a reason', () => {
			const { breakdown, reasons } = score([change('e2e/login.spec.ts', ASSERTIONS)], {
				coverageBefore: { percentage: 50 },
				coverage: { percentage: 60 },
			});
			assert.equal(breakdown.tests, 3);
			assert.deepEqual(
				reasons.filter((reason) => reason.category === 'tests').map((reason) => reason.points),
				[1, 1, 0.5, 0.5, 0.5, -0.5],
			);
		});
	});

	describe('bug fix, at most 2', () => {
		const fix = { messages: ['fix(cart): total of an empty cart\n\nIt was NaN.'] };
		const log = change('.cursor/BUG_LOG.md', '- cart total');
		const pattern = change('.cursor/anti_patterns.md', '## Sum of nothing');
		const test = change('src/cart.test.ts');

		it('gives 0.5 for a bare fix, 1 with part of its paperwork, 2 with log, pattern and regression test', () => {
			assert.equal(pointsFor('bug_fix', [CODE], fix), 0.5);
			assert.equal(pointsFor('bug_fix', [CODE, log], fix), 1);
			assert.equal(pointsFor('bug_fix', [CODE, test, log], fix), 1);
			assert.equal(pointsFor('bug_fix', [CODE, test, log, pattern], fix), 2);
		});
		it('counts a changelog as a log', () => {
			assert.equal(pointsFor('bug_fix', [CODE, change('CHANGELOG.md', '- fixed')], fix), 1);
		});
		it('knows a fix by the words of a title, behind a prefix too', () => {
			for (const title of ['Fixed the cart total', 'auto-pr: fix cart', 'hotfix: cart', 'wip: cart, bugfix']) {
				assert.equal(pointsFor('bug_fix', [CODE], { messages: ['add cart', title] }), 0.5, title);
			}
		});
		it('does not know one by a prefix of a word, the body, a revert, or a cosmetic fix', () => {
			for (const message of [
				'add fixtures',
				'prefix keys',
				'add cart\n\nfix',
				'Revert "fix cart"',
				'fix typo',
				'fix: lint',
			]) {
				assert.equal(pointsFor('bug_fix', [CODE], { messages: [message] }), 0, message);
			}
		});
		it('gives nothing where nothing of the product changed', () => {
			assert.equal(pointsFor('bug_fix', [log, test], fix), 0);
		});
	});

	describe('documentation, at most 1', () => {
		const endedAt = Date.UTC(2025, 10, 19, 15, 12);

		it('gives 0.1 for documentation', () => {
			assert.equal(pointsFor('docs', [change('README.md', 'More.'), change('docs/a.md', 'More.')]), 0.1);
		});
		it('gives 0.25 where it carries a current date', () => {
			const dated = (date: string, end?: number): number =>
				pointsFor('docs', [change('README.md', `Last updated: ${date}`)], end === undefined ? {} : { endedAt: end });
			assert.equal(dated('2025-11-19', endedAt), 0.25);
			assert.equal(dated('2025-11-20', endedAt), 0.25);
			assert.equal(dated('2025-11-13', endedAt), 0.25);
			assert.equal(dated('2025-11-11', endedAt), 0.1);
			assert.equal(dated('2025-11-21', endedAt), 0.1);
			assert.equal(dated('2025-99-99', endedAt), 0.1);
			assert.equal(dated('2025-11-19'), 0.1);
		});
		it('gives 1 for an engineering decision, by its path or heading', () => {
			assert.equal(pointsFor('docs', [change('docs/adr/0007-queue.md', 'We use a queue.')]), 1);
			assert.equal(pointsFor('docs', [change('docs/queue.md', '# Queue\n\n## Decision\n\nWe use one.')]), 1);
			assert.equal(pointsFor('docs', [change('docs/queue.md', 'A decision is due.')]), 0.1);
		});
		it('gives nothing for documentation that was removed, only renamed, or is a picture', () => {
			const renamed = change('docs/b.md', '', { kind: 'R', from: 'docs/a.md' });
			const picture = change('docs/a.png', '', { binary: true });
			assert.equal(pointsFor('docs', [removal('docs/c.md'), renamed, picture]), 0);
		});
	});

	describe('performance, at most 1', () => {
		it('gives 1 for performance tests', () => {
			for (const path of ['bench/cart.ts', 'src/cart.bench.ts', 'tests/performance/test_cart.py']) {
				assert.equal(pointsFor('performance', [change(path, 'run()')]), 1, path);
			}
		});
		it('gives 0.5 for a line of code about it and 1 for three', () => {
			assert.equal(pointsFor('performance', [change('src/a.ts', 'const cache = new Map();')]), 0.5);
			assert.equal(pointsFor('performance', [change('src/a.ts', 'cache.get(k);\ncache.set(k, v);\nbatch(all);')]), 1);
		});
		it('does not count comments, tests, settings and documentation', () => {
			const files = ['src/a.test.ts', 'README.md', 'vite.config.ts', 'settings.yaml'].map((path) =>
				change(path, 'cache()'),
			);
			assert.equal(pointsFor('performance', [...files, change('src/a.ts', '// cache this')]), 0);
		});
	});

	describe('security, at most 2', () => {
		it('gives 2 when static analysis found nothing in the changed files', () => {
			assert.equal(pointsFor('security', [CODE], { findings: [] }), 2);
			assert.equal(pointsFor('security', [CODE], { findings: [found('low', 'src/cart.ts')] }), 2);
		});
		it('gives nothing where no report was given, and says so', () => {
			const { breakdown, reasons } = score([CODE]);
			assert.equal(breakdown.security, 0);
			assert.ok(reasons.some((reason) => reason.category === 'security' && reason.points === 0));
		});
		it('gives nothing for a clean report on documentation, removals or nothing', () => {
			for (const files of [[], [change('README.md', 'More.')], [removal('src/old.ts')]]) {
				assert.equal(pointsFor('security', files, { findings: [] }), 0);
			}
		});
		it('gives nothing with a medium finding and takes 1 for high ones', () => {
			assert.equal(pointsFor('security', [CODE], { findings: [found('medium', 'src/cart.ts')] }), 0);
			const high = found('high', 'src/cart.ts');
			assert.equal(pointsFor('security', [CODE], { findings: [high, high, found('medium', 'src/cart.ts')] }), -1);
		});
		it('takes 3 for a critical finding and blocks: the total is at most -3, whatever else was earned', () => {
			const files = [CODE, change('e2e/login.spec.ts', ASSERTIONS), change('docs/adr/1.md', 'We do.')];
			const blocked = score(files, { findings: [found('critical', 'src/cart.ts')] });
			assert.equal(blocked.breakdown.security, -3);
			assert.equal(blocked.breakdown.tests, 2.5);
			assert.equal(blocked.total, -3);
			assert.equal(blocked.decision, 'BLOCK');
			assert.equal(
				blocked.blocker,
				'A critical finding in the changed files (sql.injection): the total is at most -3.',
			);
		});
		it('leaves a blocked total below -3 as it is', () => {
			assert.equal(score([CODE], { findings: [found('critical')], ciFailed: true }).total, -9);
		});
		it('leaves out what is wrong in files that the session did not change', () => {
			assert.equal(pointsFor('security', [CODE], { findings: [found('critical', 'src/other.ts')] }), 2);
			assert.equal(pointsFor('security', [CODE, removal('a.ts')], { findings: [found('critical', 'a.ts')] }), 2);
		});
		it('counts a finding without a place', () => {
			assert.equal(pointsFor('security', [CODE], { findings: [found('critical')] }), -3);
		});
		it('finds the file by an absolute path, and by one from a folder of the repository', () => {
			const files = [change('backend/src/cart.py', 'x = 1'), change('main.py', 'x = 1')];
			for (const path of ['/build/shop/backend/src/cart.py', 'D:/a/shop/main.py', 'src/cart.py']) {
				assert.equal(pointsFor('security', files, { findings: [found('high', path)] }), -1, path);
			}
			for (const path of ['cart.py', 'other/cart.py', '/home/runner/domain.py', 'rc/cart.py']) {
				assert.equal(pointsFor('security', files, { findings: [found('high', path)] }), 2, path);
			}
		});
		it('lets no markup or mention of a rule into its sentences', () => {
			const rule = '@everyone <img src=x>\n# [x](y)`';
			const { blocker } = score([CODE], { findings: [{ rule, severity: 'critical' }] });
			assert.match(blocker ?? '', /^[\w ,.:()-]+$/);
		});
	});

	describe('penalties', () => {
		const test = change('src/cart.test.ts');

		it('takes 4 when CI failed', () => {
			assert.equal(pointsFor('penalties', [CODE, test], { ciFailed: true }), -4);
			assert.equal(pointsFor('penalties', [CODE, test], { ciFailed: false }), 0);
		});
		it('takes 4 when there is coverage, but of nothing, and then not for missing tests as well', () => {
			assert.equal(pointsFor('penalties', [CODE, test], { coverage: { percentage: 0 } }), -4);
			assert.equal(pointsFor('penalties', [CODE], { coverage: { percentage: 0 } }), -4);
		});
		it('takes 2 for coverage under 20 %, and then not for missing tests as well', () => {
			assert.equal(pointsFor('penalties', [CODE, test], { coverage: { percentage: 19.9 } }), -2);
			assert.equal(pointsFor('penalties', [CODE], { coverage: { percentage: 19.9 } }), -2);
			assert.equal(pointsFor('penalties', [CODE, test], { coverage: { percentage: 20 } }), 0);
		});
		it('takes nothing for coverage that nobody measured', () => {
			assert.equal(pointsFor('penalties', [CODE, test]), 0);
		});
		it('does not charge the coverage of a failed run beside the failure', () => {
			assert.equal(pointsFor('penalties', [CODE, test], { ciFailed: true, coverage: { percentage: 0 } }), -4);
			assert.equal(pointsFor('penalties', [CODE], { ciFailed: true, coverage: { percentage: 0 } }), -6);
		});
		it('does not charge coverage to a session that only wrote documentation', () => {
			assert.equal(pointsFor('penalties', [change('README.md', 'More.')], { coverage: { percentage: 0 } }), 0);
		});
		it('takes 2 when code changed and no test with it', () => {
			assert.equal(pointsFor('penalties', [CODE]), -2);
			assert.equal(pointsFor('penalties', [CODE], { coverage: { percentage: 80 } }), -2);
		});
		it('asks no test for settings, comments, removals, renames, vendored or generated files', () => {
			const renamed = change('src/b.ts', '', { kind: 'R', from: 'src/a.ts' });
			const settings = ['package.json', 'app.css', 'eslint.config.js', 'vendor/a.go', 'src/generated/a.ts', 'a.d.ts'];
			const files = settings.map((path) => change(path));
			assert.equal(pointsFor('penalties', [...files, renamed, removal('src/c.ts'), change('src/d.ts', '// why')]), 0);
		});
		it('does not take a test that was removed for one that was written', () => {
			assert.equal(pointsFor('penalties', [CODE, removal('src/cart.test.ts')]), -5);
		});
		it('takes 3 when a test is removed and what it tests stays', () => {
			assert.equal(pointsFor('penalties', [removal('src/cart.test.ts')]), -3);
		});
		it('takes nothing when what it tests went too, whatever the language calls the test', () => {
			assert.equal(pointsFor('penalties', [removal('src/cart.ts'), removal('src/cart.test.ts')]), 0);
			assert.equal(pointsFor('penalties', [removal('shop/cart.py'), removal('tests/test_cart.py')]), 0);
			assert.equal(pointsFor('penalties', [removal('Cart.java'), removal('CartTest.java')]), 0);
			assert.equal(pointsFor('penalties', [removal('cart.go'), removal('cart_test.go')]), 0);
		});
		it('takes nothing when tests only moved between files', () => {
			const merged = change('src/shop.test.ts', ASSERTIONS, { added: 50 });
			assert.equal(pointsFor('penalties', [removal('src/cart.test.ts', 40), merged]), 0);
			assert.equal(pointsFor('penalties', [change('b.test.ts', '', { kind: 'R', from: 'a.test.ts' })]), 0);
		});
		it('takes 3 when a test is emptied, not when it is tidied', () => {
			const shrunk = (deleted: number): ChangedFile => change('src/cart.test.ts', '', { kind: 'M', deleted });
			assert.equal(pointsFor('penalties', [shrunk(30)]), -3);
			assert.equal(pointsFor('penalties', [shrunk(9)]), 0);
		});
		it('takes 3 when a test is renamed so that no runner finds it', () => {
			const off = change('src/cart.test.ts.disabled', '', { kind: 'R', from: 'src/cart.test.ts' });
			assert.equal(pointsFor('penalties', [off]), -3);
		});
		it('takes nothing for a revert: the net change tells what is left', () => {
			const messages = ['Revert "add cart"\n\nThis reverts commit 0123456789012345678901234567890123456789.'];
			assert.equal(pointsFor('penalties', [removal('src/cart.ts'), removal('src/cart.test.ts')], { messages }), 0);
		});
	});

	describe('the total', () => {
		it('is what the older scorer would give a session with tests, dated docs and a clean report', () => {
			const result = score([CODE, change('src/cart.test.ts'), change('README.md', '2025-11-19')], {
				findings: [],
				endedAt: Date.UTC(2025, 10, 19),
			});
			assert.deepEqual(result.breakdown, {
				tests: 1,
				bug_fix: 0,
				docs: 0.25,
				performance: 0,
				security: 2,
				penalties: 0,
			});
			assert.equal(result.total, 3.3);
			assert.equal(result.stabilised, 1.8);
			assert.equal(result.decision, 'APPROVE');
		});
		it('is 0 for an empty session', () => {
			const { total, stabilised, decision, files } = score([]);
			assert.deepEqual([total, stabilised, decision, files], [0, 0, 'REQUEST_CHANGES', []]);
		});
		it('decides by the total as it is shown: BLOCK below -3, APPROVE above 3', () => {
			const clean = { findings: [] };
			const three = [CODE, change('src/cart.test.ts')];
			assert.deepEqual([score(three, clean).total, score(three, clean).decision], [3, 'REQUEST_CHANGES']);
			assert.equal(score([...three, change('README.md', 'More.')], clean).decision, 'APPROVE');
			const lost = score([removal('src/cart.test.ts')]);
			assert.deepEqual([lost.total, lost.decision], [-3, 'REQUEST_CHANGES']);
			assert.equal(score(three, { ciFailed: true, coverage: { percentage: 1 } }).decision, 'REQUEST_CHANGES');
			assert.equal(score([CODE], { ciFailed: true }).decision, 'BLOCK');
		});
		it('is stabilised by the square root of a tenth of the files', () => {
			const files = Array.from({ length: 40 }, (_, index) => change(`src/${index}.test.ts`));
			assert.deepEqual([score(files).total, score(files).stabilised], [1, 2]);
			assert.equal(score(files.slice(0, 10)).stabilised, 1);
			assert.equal(score(files.slice(0, 1)).stabilised, 0.3);
		});
		it('names the rubric', () => {
			assert.equal(score([]).rubricVersion, 'built-in-1');
		});
	});

	describe('another rubric', () => {
		const rubric: Rubric = {
			version: 'team-2',
			weights: { ...BUILT_IN_RUBRIC.weights, tests: 6, docs: 0 },
			penalties: { ...BUILT_IN_RUBRIC.penalties, missing_tests: 0, failing_ci: -8 },
			thresholds: { block: 0, approve: 1 },
		};
		it('scales the points of a category to its weight', () => {
			const result = scoreSession({ files: [change('src/cart.test.ts')], messages: [] }, rubric);
			assert.deepEqual([result.breakdown.tests, result.decision, result.rubricVersion], [2, 'APPROVE', 'team-2']);
		});
		it('gives neither points nor reasons for what weighs nothing', () => {
			const files = [CODE, change('docs/adr/1.md', 'We do.')];
			const { reasons } = scoreSession({ files, messages: [], findings: [] }, rubric);
			assert.deepEqual([...new Set(reasons.map((reason) => reason.category))], ['security']);
		});
		it('charges its own prices', () => {
			const result = scoreSession({ files: [CODE], messages: [], ciFailed: true }, rubric);
			assert.deepEqual([result.total, result.decision], [-8, 'BLOCK']);
		});
		it('does not switch the blocker off', () => {
			const noSecurity = { ...rubric, weights: { ...rubric.weights, security: 0 } };
			const result = scoreSession({ files: [CODE], messages: [], findings: [found('critical')] }, noSecurity);
			assert.deepEqual([result.total, result.decision], [-3, 'BLOCK']);
		});
	});

	describe('files', () => {
		it('gives each file the points and sentences of the reasons that name it', () => {
			const { files } = score([CODE, change('src/cart.test.ts'), change('logo.png', '', { binary: true })]);
			assert.deepEqual(
				files.map(({ path, score: points, notes }) => [path, points, notes]),
				[
					['logo.png', 0, ''],
					['src/cart.test.ts', 1, 'New test files.'],
					['src/cart.ts', 0, ''],
				],
			);
			assert.equal(files[1]?.breakdown.tests, 1);
		});
		it('trusts the line count of a file whose text was cut away', () => {
			const cut = change('src/cart.test.ts', '', { added: 9000, truncated: true });
			assert.equal(pointsFor('tests', [cut]), 1);
		});
	});

	describe('always', () => {
		it('keeps the total within -10 and 10, and within -10 and -3 when blocked', () => {
			fc.assert(
				fc.property(inputs, rubrics, (input, rubric) => {
					const { total, blocker, decision } = scoreSession(input, rubric);
					assert.ok(total >= -10 && total <= (blocker === undefined ? 10 : -3), String(total));
					if (blocker !== undefined) assert.equal(decision, 'BLOCK');
				}),
			);
		});
		it('gives a reason for every point: they sum to the breakdown, and to the total where nothing held it', () => {
			fc.assert(
				fc.property(inputs, rubrics, (input, rubric) => {
					const { reasons, breakdown, total, blocker } = scoreSession(input, rubric);
					const sum = reasons.reduce((all, reason) => all + reason.points, 0);
					const broken = Object.values(breakdown).reduce((all, points) => all + points, 0);
					assert.ok(Math.abs(sum - broken) < 1e-6);
					const held = Math.max(-10, Math.min(blocker === undefined ? 10 : -3, sum));
					assert.ok(Math.abs(held - total) <= 0.05 + 1e-6, `${sum} became ${total}`);
					for (const reason of reasons) assert.match(reason.because, /^[A-Z\d].*\.$/);
				}),
			);
		});
		it('gives no category more than its weight', () => {
			fc.assert(
				fc.property(inputs, rubrics, (input, rubric) => {
					const { breakdown } = scoreSession(input, rubric);
					for (const [category, weight] of Object.entries(rubric.weights)) {
						assert.ok(breakdown[category]! <= weight, category);
					}
				}),
			);
		});
		it('gives the same score whatever the order of the files, and leaves its input alone', () => {
			fc.assert(
				fc.property(inputs, fc.infiniteStream(fc.nat()), (input, random) => {
					const before = structuredClone(input);
					const shuffled = input.files
						.map((file) => ({ file, at: random.next().value as number }))
						.sort((a, b) => a.at - b.at)
						.map(({ file }) => file);
					const straight = scoreSession(input, BUILT_IN_RUBRIC);
					assert.deepEqual(scoreSession({ ...input, files: shuffled }, BUILT_IN_RUBRIC), straight);
					assert.deepEqual(input, before);
				}),
			);
		});
		it('names only files of the net change', () => {
			fc.assert(
				fc.property(inputs, (input) => {
					const known = new Set(input.files.map((file) => file.path));
					const { reasons, files } = scoreSession(input, BUILT_IN_RUBRIC);
					assert.equal(files.length, known.size);
					for (const path of reasons.flatMap((reason) => reason.paths ?? [])) assert.ok(known.has(path), path);
				}),
			);
		});
	});
});

const PATHS = [
	...['src/cart.ts', 'src/cart.test.ts', 'e2e/login.spec.ts', 'README.md', 'docs/adr/1.md', 'CHANGELOG.md'],
	...['anti_patterns.md', 'bench/a.ts', 'package.json', 'tests/test_auth.py', 'logo.png', 'a.py', 'vendor/x.go'],
];

const texts = fc.oneof(
	fc.constantFrom(ASSERTIONS, 'cache();\nbatch();\nlazy();', '# Decision\n2025-11-19', '/* a\nassert(b)', '"""', ''),
	fc.string({ maxLength: 200 }),
);

const changes: fc.Arbitrary<ChangedFile> = fc
	.record({
		path: fc.oneof(fc.constantFrom(...PATHS), fc.string({ minLength: 1, maxLength: 20 })),
		kind: fc.constantFrom('A', 'M', 'D', 'R', 'C', 'T'),
		text: texts,
		deleted: fc.nat(100),
		from: fc.constantFrom(...PATHS),
		flags: fc.constantFrom({}, { binary: true }, { truncated: true }),
	})
	.map(({ path, kind, text, deleted, from, flags }) =>
		change(path, text, { kind, deleted, ...((kind === 'R' || kind === 'C') && { from }), ...flags }),
	);

const findings: fc.Arbitrary<Finding[]> = fc.array(
	fc
		.record({
			rule: fc.string({ unit: 'grapheme', maxLength: 100 }),
			severity: fc.constantFrom('critical', 'high', 'medium', 'low'),
			path: fc.option(fc.constantFrom(...PATHS), { nil: undefined }),
		})
		.map(({ rule, severity, path }) => ({ rule, severity, ...(path !== undefined && { path }) })),
	{ maxLength: 4 },
);

const reports = fc.double({ min: 0, max: 100, noNaN: true }).map((percentage) => ({ percentage }));

const inputs: fc.Arbitrary<ScoreInput> = fc.record(
	{
		files: fc.uniqueArray(changes, { maxLength: 25, selector: (file) => file.path }),
		messages: fc.array(fc.oneof(fc.constantFrom('fix: cart', 'fix typo', ''), fc.string()), { maxLength: 4 }),
		coverage: reports,
		coverageBefore: reports,
		findings,
		ciFailed: fc.boolean(),
		endedAt: fc.constant(Date.UTC(2025, 10, 19)),
	},
	{ requiredKeys: ['files', 'messages'], noNullPrototype: true },
);

const weight = fc.nat(1000).map((hundredths) => hundredths / 100);
const price = fc.nat(1000).map((hundredths) => -hundredths / 100);

const rubrics: fc.Arbitrary<Rubric> = fc.oneof(
	fc.constant(BUILT_IN_RUBRIC),
	fc.record({
		version: fc.string(),
		weights: fc.record({ tests: weight, bug_fix: weight, docs: weight, performance: weight, security: weight }),
		penalties: fc.record({ failing_ci: price, missing_tests: price, regression: price }),
		thresholds: fc.record({ block: price, approve: weight }),
	}),
);
