import assert from 'node:assert/strict';
import { ALICE, BOT, ENDED, ID, START, type Stage, useStage } from '../../test/support/actionStage.ts';

const CONFIGURATION = '.cursor/config/session_config.yaml';
const RUBRIC = '.cursor/reward_rubric.yaml';
const GENEROUS = 'weights: {tests: 10, bug_fix: 10, docs: 10}\npenalties: {missing_tests: 0}\n';
const LENIENT = "auto_pr_patterns: ['^never']\ncompletion_markers: ['work']\n";
const FILES = {
	'src/login.ts': 'export const login = () => true;\n',
	'src/login.test.ts': "it('logs in', () => assert(login()));\n",
	'docs/login.md': '# Login\n\nHow to log in.\n',
};

describe('the GitHub Action judges by the base branch', function () {
	this.timeout(300_000);
	let stage: Stage;
	useStage((it) => {
		stage = it;
	});

	/** A pull request that brings its own configuration and rubric, and the checkout of its merge with the base branch. */
	async function openWithRules(given: Parameters<Stage['open']>[1] = {}) {
		const { repository, server } = stage;
		const base = await repository.git('rev-parse', 'HEAD');
		const message = `wip: login\n\nSession-Id: ${ID}\n`;
		await repository.git('switch', '--quiet', '-c', 'topic');
		const files = { ...FILES, [CONFIGURATION]: LENIENT, [RUBRIC]: GENEROUS };
		const sha = await repository.commit(message, files, { author: ALICE, at: START + 60_000 });
		await repository.git('switch', '--quiet', '--detach', 'main');
		await repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge topic into main', 'topic');
		const committer = { ...ALICE, at: START + 60_000 };
		const commits = [{ sha, parents: [base], message, author: ALICE, committer, login: 'alice' }];
		return server.addPullRequest({
			title: 'wip: work',
			body: ENDED,
			baseSha: base,
			commits,
			headRef: 'topic',
			...given,
		});
	}

	/** The score where a commit is checked out, anew. */
	async function scoreAt(revision: string, env: Record<string, string> = {}) {
		await stage.repository.git('checkout', '--quiet', '--detach', revision);
		stage.demo().comments.clear();
		return stage.act(stage.pullEvent(1), 'score', env);
	}

	it('whatever rubric a pull request brings along, also in the checkout of its merge', async () => {
		await openWithRules();
		const merge = await stage.repository.git('rev-parse', 'HEAD');
		const [onMerge, onBase] = [await scoreAt(merge), await scoreAt('main')];
		assert.deepEqual([onMerge.code, onBase.code], [0, 0], onMerge.log);
		assert.match(onBase.outputs.score!, /^-?\d+\.\d$/);
		assert.equal(onMerge.outputs.score, onBase.outputs.score);
		assert.equal(onMerge.summary, onBase.summary);
		stage.demo().files.set(`main:${RUBRIC}`, GENEROUS);
		assert.notEqual((await scoreAt(merge)).outputs.score, onBase.outputs.score);
	});

	it('whatever configuration it brings along: neither its patterns nor its markers', async () => {
		await openWithRules({ body: 'Words.' });
		stage.demo().issues.get(1)!.pull!.commits[0]!.message = 'wip: login';
		const { outputs } = await stage.act(stage.pullEvent(1), 'check');
		assert.deepEqual([outputs['should-score'], outputs.complete], ['false', 'false']);
		stage.demo().files.set(`main:${CONFIGURATION}`, LENIENT);
		const theirs = await stage.act(stage.pullEvent(1), 'check');
		assert.equal(theirs.outputs['should-score'], 'true');
	});

	it('for a fork too, whose token may only read', async () => {
		await openWithRules({ headOwner: 'alice', headRepository: 'alice/demo' });
		const env = { INPUT_TOKEN: stage.server.addReadOnlyToken(BOT) };
		const merge = await stage.repository.git('rev-parse', 'HEAD');
		const [onMerge, onBase] = [await scoreAt(merge, env), await scoreAt('main', env)];
		assert.deepEqual([onMerge.code, stage.comments()], [0, []]);
		assert.match(onMerge.outputs.score!, /^-?\d+\.\d$/);
		assert.equal(onMerge.outputs.score, onBase.outputs.score);
		assert.match(onMerge.summary, /- Note: ` The session's comment is not kept/);
	});

	it('as it is now, where it moved since the pull request began', async () => {
		const { pull } = await openWithRules();
		stage.demo().files.set(`${pull.baseSha}:${RUBRIC}`, GENEROUS);
		const before = await scoreAt('main');
		stage.demo().files.set(`main:${RUBRIC}`, GENEROUS);
		const moved = await scoreAt('main');
		assert.notEqual(moved.outputs.score, before.outputs.score);
	});

	it('and says what it reads from the checkout, because GitHub did not tell', async () => {
		await openWithRules();
		stage.server.failNext({ match: /^GET .*reward_rubric/, status: 403 });
		const { log } = await scoreAt('main');
		assert.match(
			log,
			/^::warning::\.cursor\/reward_rubric\.yaml is read from the checkout, not from the base branch: /m,
		);
	});
});
