import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ALICE, ENDED, ID, START, type Stage, useStage } from '../../test/support/actionStage.ts';

const LCOV = (hit: number) => `SF:src/f0.ts\nDA:1,1\nLF:100\nLH:${hit}\nend_of_record\n`;

describe('what the GitHub Action scores by', function () {
	this.timeout(300_000);
	let stage: Stage;
	useStage((it) => {
		stage = it;
	});

	const score = (number: number, env: Record<string, string> = {}) => stage.act(stage.pullEvent(number), 'score', env);
	/** A scorer in JavaScript in the checkout: its command. */
	const scorer = async (code: string) => {
		await stage.repository.write({ 'tools/score.cjs': code });
		return `"${process.execPath}" tools/score.cjs`;
	};
	const answering = (answer: object) => scorer(`console.log(${JSON.stringify(JSON.stringify(answer))})`);

	/** One that failed: a sentence, no score, and nobody else kept from scoring. */
	const fails = async (env: Record<string, string>, sentence: RegExp) => {
		const { code, log, outputs } = await score(1, env);
		assert.deepEqual([code, outputs.score], [1, undefined], log);
		assert.match(log, sentence);
		assert.doesNotMatch(log, /Unexpected/);
		for (const { body, reactions } of stage.comments()) {
			assert.doesNotMatch(body, /\*\*Score/);
			assert.deepEqual(reactions, []);
		}
	};

	describe('a pull request of no session', () => {
		const open = () =>
			stage.open('Adds the cart.', { title: 'Add the cart', message: 'Add the cart', by: { ...ALICE, name: 'Alice' } });

		it('is scored by itself as before: at once, on its own commits, in the outputs and the summary', async () => {
			const { number } = await open();
			const { code, outputs, summary } = await score(number);
			assert.deepEqual(
				[code, outputs['session-id'], outputs['should-score'], outputs['pull-requests'], outputs.files],
				[0, '', 'true', '1', 'src/f0.ts'],
			);
			assert.equal(outputs.score, '-2.0');
			assert.match(summary, /- Score: \*\*-2\.0\*\* \(` REQUEST_CHANGES `\)/);
			assert.match(summary, /- -2 ` penalties `: ` Code changed, and no test with it\. `/);
			assert.deepEqual(stage.comments(), []);
		});

		it('is scored by reports and by a scorer too', async () => {
			const { number } = await open();
			await stage.repository.write({ 'clean.json': '{"results": []}' });
			assert.equal((await score(number, { INPUT_ANALYSIS: 'clean.json' })).outputs.score, '0.0');
			const { outputs, summary } = await score(number, { INPUT_SCORER: await answering({ score: 7 }) });
			assert.equal(outputs.score, '7.0');
			assert.match(summary, /- Score: \*\*7\.0\*\* \(` APPROVE `\)/);
		});
	});

	describe('reports', () => {
		it('count, several of them, and the comment tells by session and by file', async () => {
			await stage.open(ENDED);
			const { repository } = stage;
			await repository.write({ 'out/a.info': LCOV(10), 'out/b.info': LCOV(20), 'out/sast.json': '{"results": []}' });
			const { code, outputs, summary, log } = await score(1, {
				INPUT_COVERAGE: 'out/a.info\r\n\n  out/b.info  \n',
				INPUT_ANALYSIS: path.join(repository.root, 'out', 'sast.json'),
			});
			assert.equal(code, 0, log);
			const { body } = stage.comments()[0]!;
			for (const text of [body, summary]) {
				assert.match(text, /- -2 ` penalties `: ` Coverage is 15 %, under 20 %\. `/);
				assert.match(text, /- \+2 ` security `/);
			}
			assert.equal(outputs.score, '0.0');
		});

		it('of which files took part are told in the comment and the summary', async () => {
			await stage.open(ENDED);
			const { summary } = await score(1);
			const { body } = stage.comments()[0]!;
			for (const text of [body, summary]) {
				assert.match(
					text,
					/<details><summary>Files<\/summary>\n\n- -2 ` src\/f0\.ts `: ` Code changed[^\n]*\n\n<\/details>/,
				);
			}
		});

		it('are charged when CI failed', async () => {
			await stage.open(ENDED);
			const { outputs } = await score(1, { 'INPUT_CI-FAILED': 'true' });
			assert.equal(outputs.score, '-6.0');
		});

		it('are read in the checkout alone, and what cannot be read is said', async () => {
			await stage.open(ENDED);
			const { repository, folder } = stage;
			await writeFile(path.join(folder, 'secret.info'), LCOV(90));
			await repository.write({ 'bad.info': 'no report', 'bad.json': '[]' });
			await fails({ INPUT_COVERAGE: path.join(folder, 'secret.info') }, /^::error::[^\n]*outside the repository/m);
			await fails({ INPUT_COVERAGE: '../secret.info' }, /^::error::[^\n]*outside the repository/m);
			await fails({ INPUT_COVERAGE: 'nowhere.info' }, /^::error::There is no file nowhere\.info in the checkout/m);
			await fails({ INPUT_COVERAGE: 'bad.info' }, /^::error::bad\.info:1 is no coverage report/m);
			await fails({ INPUT_ANALYSIS: 'bad.json' }, /^::error::bad\.json /m);
			await fails({ 'INPUT_CI-FAILED': 'maybe' }, /^::error::The input "ci-failed" is true or false\.$/m);
			if (process.platform !== 'win32') {
				await mkdir(path.join(repository.root, 'out'), { recursive: true });
				await symlink(path.join(folder, 'secret.info'), path.join(repository.root, 'out', 'link.info'));
				await fails({ INPUT_COVERAGE: 'out/link.info' }, /^::error::[^\n]*outside the repository/m);
			}
			assert.match((await score(1)).outputs.score!, /\d/, 'the next run scores');
		});
	});

	describe("a team's own scorer", () => {
		it('runs once a session, at the top of the checkout, without our token', async () => {
			await stage.open(`Session-Id: ${ID}`);
			await stage.open(ENDED);
			const seen = path.join(stage.folder, 'seen.jsonl');
			const command = await scorer(`
				const env = Object.keys(process.env).filter((name) => /^(INPUT|ACTIONS)_/.test(name));
				const session = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
				const { SESSION_PULL_REQUESTS: numbers } = process.env;
				require('node:fs').appendFileSync(${JSON.stringify(seen)}, JSON.stringify({ env, numbers, session, cwd: process.cwd() }) + '\\n');
				console.log('{"score": 1.5, "breakdown": {"style": 1.5}}');
			`);
			const env = { INPUT_SCORER: command, ACTIONS_RUNTIME_TOKEN: 'secret' };
			const runs = await Promise.all([1, 2, 1, 2].map((number) => score(number, env)));
			assert.deepEqual(new Set(runs.map(({ outputs }) => outputs.score)), new Set(['1.5']));
			const [line, ...more] = (await readFile(seen, 'utf8')).trim().split('\n');
			assert.deepEqual(more, []);
			const asked = JSON.parse(line!);
			assert.deepEqual([asked.env, asked.numbers, asked.cwd], [[], '1 2', stage.repository.root]);
			assert.deepEqual([asked.session.session_id, asked.session.pull_requests], [ID, [1, 2]]);
			assert.match(stage.comments()[0]!.body, /\| style \| 1\.5 \|/);
		});

		it('commands neither the runner nor the comment', async () => {
			const nasty = '`` @octocat <img src=x>\n\n# hacked\n::error::hacked';
			await stage.open(ENDED, { message: `wip: $(touch hacked)\n\nSession-Id: ${ID}` });
			const command = await scorer(`
				console.error('::set-output name=score::9\\n::error::hacked');
				console.log(JSON.stringify({ score: 1, reasons: [${JSON.stringify(nasty)}], breakdown: { '| x |\\n# hacked': 1 },
					file_scores: { 'src/f0.ts': { score: 1, notes: ${JSON.stringify(nasty)} } } }));
			`);
			const { code, log, outputs, summary } = await score(1, { INPUT_SCORER: command });
			assert.deepEqual([code, outputs.score], [0, '1.0']);
			assert.doesNotMatch(log, /^::(?:error|set-output)/m);
			for (const text of [summary, stage.comments()[0]!.body]) {
				assert.doesNotMatch(text, /^# hacked/m);
				assert.match(text, /``` `` @octocat <img src=x> # hacked ::error::hacked ```/);
			}
			await assert.rejects(readFile(path.join(stage.repository.root, 'hacked')));
		});

		it('that fails is an error with a sentence, and the next run asks it again', async () => {
			await stage.open(ENDED);
			const bad = "console.error('::error::hacked\\nno database'); process.exit(3)";
			await fails({ INPUT_SCORER: await scorer(bad) }, /^::error::The scorer failed with exit code 3: no database$/m);
			await fails({ INPUT_SCORER: await answering({}) }, /^::error::The scorer's answer has no "score"/m);
			const hangs = await scorer('setInterval(() => {}, 1000)');
			await fails({ INPUT_SCORER: hangs, 'INPUT_SCORER-TIMEOUT': '1' }, /^::error::[^\n]*longer than 1 s/m);
			await fails({ INPUT_SCORER: hangs, 'INPUT_SCORER-TIMEOUT': '601' }, /^::error::[^\n]*from 1 to 600\.$/m);
			assert.equal((await score(1, { INPUT_SCORER: await answering({ score: 2 }) })).outputs.score, '2.0');
		});

		it('scores the pull request where no commit names its session', async () => {
			await stage.open(ENDED, { message: 'wip: no trailer', by: { ...ALICE, at: START } });
			const asked = `console.log(JSON.stringify({ score: process.env.SESSION_ID === '${ID}' ? 2.5 : 0 }))`;
			const { outputs, log } = await score(1, { INPUT_SCORER: await scorer(asked) });
			assert.deepEqual([outputs['session-id'], outputs.score], [ID, '2.5'], log);
		});
	});
});
