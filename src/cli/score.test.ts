import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr, bundle } from './testing.ts';

const ID = 'alice-20251119-1430';
const START = Date.UTC(2025, 10, 19, 14, 30);
const ALICE = { name: 'Alice', email: 'alice@example.com' };
const RUBRIC = '.cursor/reward_rubric.yaml';
const SCORES = 'docs/metrics/reward_scores.json';

const LCOV = (hit: number) => `SF:src/a.ts\nDA:1,${hit}\nLF:100\nLH:${hit}\nend_of_record\n`;
const COBERTURA =
	'<?xml version="1.0"?>\n<coverage line-rate="0.75" lines-covered="75" lines-valid="100"></coverage>\n';
const ISTANBUL = JSON.stringify({ total: { lines: { total: 100, covered: 75, pct: 75 } } });
const PARTS = JSON.stringify({ frontend: { percentage: 80 }, backend: { percentage: 70 } });
const SARIF = (level: string) =>
	JSON.stringify({
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'x' } },
				results: [
					{
						ruleId: 'sql',
						level,
						locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.ts' } } }],
					},
				],
			},
		],
	});
const SEMGREP = JSON.stringify({ results: [{ check_id: 'sql', path: 'src/a.ts', extra: { severity: 'CRITICAL' } }] });

interface Scored {
	total: number;
	decision: string;
	breakdown: Record<string, number>;
	reasons: { category: string; points: number; because: string }[];
	files: { path: string; score: number; notes: string }[];
	blocker?: string;
	coverageDelta?: number;
	rubricVersion: string;
	stabilised: number;
}

describe('auto-pr score', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let folder: string;
	let base: string;

	beforeEach(async () => {
		repository = await makeRepository();
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-score-'));
		base = await repository.commit('first', { 'README.md': 'hello\n' }, { author: ALICE, at: START - 60_000 });
		await work('wip: code', { 'src/a.ts': 'export const a = 1;\n' });
		await work('wip: test', { 'src/a.test.ts': "it('is 1', () => assert.equal(a, 1));\n" });
	});
	afterEach(() => Promise.all([repository.dispose(), rm(folder, { recursive: true, force: true })]));

	const work = (title: string, files: Record<string, string>) =>
		repository.commit(`${title}\n\nSession-Id: ${ID}`, files, { author: ALICE, at: START + 60_000 });
	const run = (...args: string[]) => autoPr(['score', ...args], { cwd: repository.root });
	const file = async (name: string, text: string | Buffer) => {
		const place = path.join(folder, name);
		await writeFile(place, text);
		return place;
	};
	const scored = async (...args: string[]): Promise<Scored> => {
		const { code, stdout, stderr } = await run(ID, '--json', ...args);
		assert.equal(code, 0, stderr);
		return JSON.parse(stdout);
	};
	const refused = async (args: string[], sentence: RegExp) => {
		const { code, stdout, stderr } = await run(ID, ...args);
		assert.deepEqual([code, stdout], [2, ''], `${args.join(' ')}: ${stderr}`);
		assert.match(stderr, /^[^\n]+\n$/);
		assert.match(stderr, sentence);
	};

	it('gives the reason for every point, by session and by file', async () => {
		const { total, reasons, files } = await scored();
		assert.equal(total, 1);
		assert.deepEqual(
			reasons.filter(({ points }) => points !== 0),
			[{ category: 'tests', points: 1, because: 'New test files.', paths: ['src/a.test.ts'] }],
		);
		assert.deepEqual(
			files.map(({ path, score, notes }) => [path, score, notes]),
			[
				['src/a.test.ts', 1, 'New test files.'],
				['src/a.ts', 0, ''],
			],
		);
	});

	describe('with reports', () => {
		it('rewards coverage that rose, from every format', async () => {
			const before = await file('before.info', LCOV(50));
			for (const [name, text] of [
				['lcov.info', LCOV(75)],
				['cobertura.xml', COBERTURA],
				['coverage-summary.json', ISTANBUL],
				['coverage.json', PARTS],
			] as const) {
				const result = await scored('--coverage', await file(name, text), '--coverage-before', before);
				assert.deepEqual([result.breakdown.tests, result.coverageDelta], [2, 25], name);
			}
		});

		it('takes the mean of several, and all findings', async () => {
			const [low, high] = [await file('a.info', LCOV(10)), await file('b.info', LCOV(28))];
			const both = await scored('--coverage', low, high);
			assert.ok(both.reasons.some(({ because }) => because.startsWith('Coverage is 19 %')));
			const findings = await scored('--analysis', await file('a.sarif', SARIF('error')), await file('b.json', SEMGREP));
			assert.deepEqual([findings.decision, findings.breakdown.security], ['BLOCK', -3]);
			assert.match(findings.blocker!, /critical/);
		});

		it('rewards a clean analysis, and charges a high finding and a CI that failed', async () => {
			const clean = await file('clean.json', JSON.stringify({ results: [] }));
			assert.equal((await scored('--analysis', clean)).breakdown.security, 2);
			assert.equal((await scored('--analysis', await file('a.sarif', SARIF('error')))).breakdown.security, -1);
			assert.equal((await scored('--ci-failed')).breakdown.penalties, -4);
		});

		it('says in one sentence which report cannot be used', async () => {
			await refused(['--coverage', path.join(folder, 'nowhere.info')], /nowhere\.info cannot be read/);
			await refused(['--coverage', folder], /cannot be read/);
			await refused(['--coverage', await file('empty.info', '')], /empty\.info is empty/);
			await refused(['--coverage', await file('cut.json', '{"total": {')], /cut\.json is not complete JSON/);
			await refused(['--analysis', await file('other.json', '{}')], /other\.json is no static analysis report/);
			const huge = await file('huge.json', Buffer.alloc(64 * 1024 * 1024 + 1, ' '));
			await refused(['--analysis', huge], /huge\.json has more than 64 MB/);
		});
	});

	describe('with a rubric file', () => {
		it('of the older shape', async () => {
			await repository.write({
				[RUBRIC]:
					'version: team-7\nweights: {tests: 6, bug_fix: 2, docs: 1, performance: 1, security: 2}\npenalties: {failing_ci: -8, missing_tests: -2, regression: -3}\nrules: [{id: R1, description: Words}]\n',
			});
			const { breakdown, rubricVersion } = await scored('--ci-failed');
			assert.deepEqual([breakdown.tests, breakdown.penalties, rubricVersion], [2, -8, 'team-7']);
		});

		it('of the newer shape, which says what has no check', async () => {
			await repository.write({
				[RUBRIC]: [
					'scoring:',
					'  search_first: {description: Search, points: 10}',
					'  security_correct: {description: Security, points: 20}',
					'  test_quality: {description: Tests, points: 15}',
					'  docs_updated: {description: Docs, points: 5}',
					'penalties:',
					'  hardcoded_values: {description: Values, points: -20}',
					'  missing_tests: {description: Tests, points: -20}',
					'output: {min_pass_score: 40, warning_score: 20, fail_score: 0}',
				].join('\n'),
			});
			const { stdout, stderr } = await run(ID, '--json');
			const { breakdown, decision } = JSON.parse(stdout) as Scored;
			assert.deepEqual([breakdown.tests, breakdown.security, decision], [1.25, 0, 'REQUEST_CHANGES']);
			assert.match(stderr, /"scoring\.search_first" has no built-in check/);
			assert.match(stderr, /"penalties\.hardcoded_values" has no built-in check/);
			assert.match(stderr, /warning_score/);
		});

		it('that is no YAML, or wrong in a value', async () => {
			for (const text of ['weights: [', 'weights: {tests: -1}']) {
				await repository.write({ [RUBRIC]: text });
				const { code, stdout, stderr } = await run(ID, '--json');
				assert.deepEqual([code, JSON.parse(stdout).total], [0, 1]);
				assert.match(stderr, /reward_rubric\.yaml/);
			}
		});
	});

	describe('with --record', () => {
		const read = async () => JSON.parse(await readFile(path.join(repository.root, SCORES), 'utf8'));

		it('appends the score, once a session, and keeps what is there', async () => {
			await repository.write({ [SCORES]: '{"scores": [{"pr": "1", "score": -9, "breakdown": {}}], "team": "x"}' });
			for (const _ of [1, 2]) {
				const { code, stderr } = await run(ID, '--record');
				assert.equal(code, 0, stderr);
				assert.match(stderr, /^The score is recorded in [^\n]*reward_scores\.json\.\n$/);
			}
			const { scores, aggregates, team } = await read();
			assert.deepEqual([team, scores.length, scores[1].session_id, scores[1].score], ['x', 2, ID, 1]);
			assert.deepEqual([scores[1].author, scores[1].files_changed], ['Alice', 2]);
			assert.deepEqual(Object.keys(scores[1].file_scores), ['src/a.test.ts', 'src/a.ts']);
			assert.equal(aggregates.total_prs, 2);
		});

		it('writes nothing of a range, and nothing over a damaged file', async () => {
			const range = await run('--base', base, '--head', 'HEAD', '--record');
			assert.deepEqual([range.code, range.stdout], [2, '']);
			assert.match(range.stderr, /A range is no session/);
			await repository.write({ [SCORES]: '{"scores": [' });
			await refused(['--record'], /reward_scores\.json/);
			assert.equal(await readFile(path.join(repository.root, SCORES), 'utf8'), '{"scores": [');
		});
	});

	describe("with a team's own scorer", () => {
		/** A scorer in JavaScript, which runs wherever the tests run. */
		const scorer = async (code: string) => `"${process.execPath}" '${await file('own scorer.cjs', code)}'`;
		const printing = (value: unknown) => scorer(`process.stdout.write(${JSON.stringify(JSON.stringify(value))})`);

		it('uses its answer, member by member', async () => {
			const command = await printing({
				score: 4.26,
				decision: 'REQUEST_CHANGES',
				breakdown: { style: 4.26 },
				reasons: ['Fine.', { category: 'style', points: 4.26, because: 'Neat.' }],
				file_scores: { 'src/a.ts': { score: 2, notes: 'Short.' }, 'src/other.ts': { score: 9 } },
				rubric_version: 'style-2',
				comment: 'has no effect',
			});
			const { stderr, stdout } = await run(ID, '--json', '--scorer', command);
			const result = JSON.parse(stdout);
			assert.deepEqual(
				[result.total, result.decision, result.breakdown, result.rubricVersion, result.stabilised],
				[4.3, 'REQUEST_CHANGES', { style: 4.26 }, 'style-2', 1.9],
			);
			assert.deepEqual(result.reasons, [
				{ category: 'other', points: 0, because: 'Fine.' },
				{ category: 'style', points: 4.26, because: 'Neat.' },
			]);
			assert.deepEqual(
				result.files.map(({ path, score, notes }: Scored['files'][0]) => [path, score, notes]),
				[
					['src/a.test.ts', 0, ''],
					['src/a.ts', 2, 'Short.'],
				],
			);
			assert.match(stderr, /files that did not change, which are left out: 1/);
		});

		it('decides by the thresholds where it does not, and blocks by its blocker', async () => {
			assert.equal((await scored('--scorer', await printing({ score: 3.1, decision: null }))).decision, 'APPROVE');
			const blocked = await scored('--scorer', await printing({ score: 9, blocker: 'A secret.' }));
			assert.deepEqual([blocked.decision, blocked.blocker], ['BLOCK', 'A secret.']);
		});

		it('asks it once, with the session as JSON and in variables', async () => {
			const seen = path.join(folder, 'seen.jsonl');
			const command = await scorer(`
				const session = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
				const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(SESSION|INPUT)_/.test(name)));
				require('node:fs').appendFileSync(${JSON.stringify(seen)}, JSON.stringify({ session, env, cwd: process.cwd() }) + '\\n');
				console.error('looked at', session.files.length);
				console.log(JSON.stringify({ score: session.built_in.score }));
			`);
			const { code, stderr } = await autoPr(
				['score', ID, '--scorer', command, '--coverage', await file('l.info', LCOV(50))],
				{ cwd: repository.root, env: { INPUT_TOKEN: 'secret', SESSION_OLD: 'x' } },
			);
			assert.deepEqual([code, stderr], [0, 'The scorer says: looked at 2\n']);
			const [line, ...more] = (await readFile(seen, 'utf8')).trim().split('\n');
			assert.deepEqual(more, []);
			const { session, env, cwd } = JSON.parse(line!);
			const head = await repository.git('rev-parse', 'HEAD');
			assert.deepEqual(env, {
				SESSION_ID: ID,
				SESSION_PULL_REQUESTS: '',
				SESSION_BASE: base,
				SESSION_HEAD: head,
				SESSION_COMMITS: '2',
				SESSION_FILES: '2',
			});
			assert.equal(cwd, repository.root);
			assert.deepEqual(
				[session.version, session.session_id, session.author, session.coverage, session.findings],
				[1, ID, 'Alice', 50, null],
			);
			assert.deepEqual(session.commits[1].sha, head);
			assert.match(session.commits[0].message, /^wip: code/);
			const code1 = session.files.find((it: { path: string }) => it.path === 'src/a.ts');
			assert.deepEqual([code1.status, code1.added, code1.added_text], ['A', 1, 'export const a = 1;\n']);
		});

		it('runs without a shell: nothing in the command has a meaning but blanks and quotes', async () => {
			const command = await scorer('console.log(JSON.stringify({ score: 1, reasons: process.argv.slice(2) }))');
			const { reasons } = await scored('--scorer', `${command} "a b" c'd e'f $HOME ; touch hacked \`x\` C:\\t *`);
			assert.deepEqual(
				reasons.map(({ because }) => because),
				['a b', 'cd ef', '$HOME', ';', 'touch', 'hacked', '`x`', 'C:\\t', '*'],
			);
			await assert.rejects(readFile(path.join(repository.root, 'hacked')));
		});

		it('refuses an answer that is none, and says what is wrong with it', async () => {
			const cases: [string, RegExp][] = [
				['', /answer is empty/],
				['{"score": "5"}', /"score" that is a number from -10 to 10/],
				['Score: 5', /is not one JSON document/],
			];
			for (const [answer, sentence] of cases) {
				const command = await scorer(`process.stdout.write(${JSON.stringify(answer)})`);
				await refused(['--scorer', command], sentence);
			}
		});

		it('says how it failed: its exit code and last words, or that it is not there', async () => {
			await refused(
				['--scorer', await scorer("console.log('{\"score\": 5}'); console.error('a\\nno database'); process.exit(3)")],
				/^The scorer failed with exit code 3: no database\n$/,
			);
			await refused(['--scorer', 'no-such-program-anywhere x'], /there is no program no-such-program-anywhere/);
			await refused(['--scorer', ' '], /scorer is empty/);
			await refused(['--scorer', 'python3 "x'], /quote in the scorer is not closed/);
			await refused(['--scorer', 'x', '--scorer-timeout', '0'], /--scorer-timeout takes whole seconds/);
			await refused(['--scorer', await scorer("process.stdout.write('x'.repeat(11e6))")], /more than 10 MB/);
		});

		it('does not mind one that does not read its input', async () => {
			await work('wip: big', { 'src/big.ts': 'const a = 1;\n'.repeat(50_000) });
			assert.equal((await scored('--scorer', await printing({ score: 2 }))).total, 2);
		});

		describe('leaves no process behind', () => {
			before(function () {
				// What tells whether a process is there, and groups of them, are POSIX's.
				if (process.platform === 'win32') this.skip();
			});

			/** A scorer that starts another process, notes both, and then does as `after` says. */
			const parent = (after: string) =>
				scorer(`
					const { spawn } = require('node:child_process');
					const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
					require('node:fs').writeFileSync(${JSON.stringify(path.join(folder, 'pids'))}, process.pid + ' ' + child.pid);
					${after}
				`);
			const pids = () => readFileSync(path.join(folder, 'pids'), 'utf8').split(' ').map(Number);
			const gone = async () => {
				const left = () => pids().filter(isThere);
				// Ending takes a moment.
				for (let tries = 0; left().length > 0 && tries < 250; tries++) await sleep(20);
				const still = left();
				for (const pid of still) process.kill(pid, 'SIGKILL');
				assert.deepEqual(still, []);
			};

			it('when it takes too long', async () => {
				const command = await parent('setInterval(() => {}, 1000)');
				await refused(['--scorer', command, '--scorer-timeout', '2'], /ended, since it took longer than 2 s/);
				await gone();
			});

			it('when it has answered, and what it started has not ended', async () => {
				const command = await parent('console.log(\'{"score": 5}\'); process.exitCode = 0; child.unref();');
				assert.equal((await scored('--scorer', command)).total, 5);
				await gone();
			});

			it('when it is interrupted', async () => {
				const command = await parent('setInterval(() => {}, 1000)');
				const child = spawn(process.execPath, [bundle(), 'score', ID, '--scorer', command], {
					cwd: repository.root,
				});
				const ended = new Promise((resolve) => child.once('exit', resolve));
				for (let tries = 0; !isWritten(path.join(folder, 'pids')) && tries < 1000; tries++) await sleep(20);
				child.kill('SIGTERM');
				assert.equal(await ended, 143);
				await gone();
			});
		});

		it('may be the example of docs/scoring.md', async function () {
			const python = process.platform === 'win32' ? 'python' : 'python3';
			if (spawnSync(python, ['--version']).status !== 0) {
				console.error(`There is no ${python}: the example in docs/scoring.md was NOT run.`);
				this.skip();
			}
			const docs = await readFile(path.resolve(import.meta.dirname, '../../docs/scoring.md'), 'utf8');
			const [, example] = /^```python\n([\s\S]*?)^```$/m.exec(docs)!;
			const command = `${python} "${await file('score.py', example!)}"`;
			const before = await scored('--scorer', command);
			assert.deepEqual([before.total, before.breakdown], [1, { built_in: 1 }]);
			await work('wip: é', { 'src/db/a.test.ts': 'assert.ok("é");\n' });
			const after = await scored('--scorer', command);
			assert.equal(after.total, 0.5);
			assert.ok(after.reasons.some(({ category, points }) => category === 'database' && points === -0.5));
		});
	});
});

function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// One that nobody has waited for yet is a zombie, and has ended.
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}

function isWritten(place: string): boolean {
	try {
		return readFileSync(place, 'utf8').includes(' ');
	} catch {
		return false;
	}
}
