import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hooks from '@octokit/webhooks-examples';
import { type GitHubServer, startGitHubServer } from '../../test/github-server/server.ts';
import { readOutputs } from '../../test/support/outputs.ts';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { build, run } from './testing.ts';

const ID = 'alice-20251119-1430';
const CONFIGURATION = '.cursor/config/session_config.yaml';
const BASE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);
const OUTPUTS = [
	'session-id',
	'should-score',
	'complete',
	'trigger',
	'pull-requests',
	'base',
	'head',
	'files',
	'score',
];
const PERSON = { name: 'Alice', email: 'alice@example.com', at: Date.UTC(2025, 10, 19, 14, 30) };

/** GitHub's own example of an opened pull request; the tests change what they are about. */
const example = hooks
	.find(({ name }) => name === 'pull_request')!
	.examples.find((payload) => 'action' in payload && payload.action === 'opened') as { pull_request: object };

interface Given {
	title?: string;
	body?: string | null;
	base?: string;
	head?: string;
}

describe('the GitHub Action', function () {
	this.timeout(60_000);
	let program: string;
	let folder: string;
	let server: GitHubServer;

	before(() => {
		program = build();
	});
	after(() => rm(path.dirname(program), { recursive: true, force: true }));
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-job-'));
		server = await startGitHubServer();
		server.addRepository({ owner: 'octo', name: 'demo' });
		server.addPullRequest({
			headRef: 'topic',
			baseSha: BASE,
			files: [{ path: 'src/a.ts', status: 'added' }],
			commits: [{ sha: HEAD, parents: [BASE], message: 'x', author: PERSON, committer: PERSON }],
		});
	});
	afterEach(async () => {
		await server.close();
		await rm(folder, { recursive: true, force: true });
	});

	const demo = () => [...server.state.repositories.values()][0]!;
	const pullRequest = (number = 1) => demo().issues.get(number)!;

	/** Runs the action as a step would. The pull request is #1 by alice, from `topic`. */
	async function act(
		{ title = 'Add a login', body = null, base = BASE, head = HEAD }: Given,
		env: Record<string, string> = {},
	) {
		const [event, output, summary] = ['event.json', 'output', 'summary'].map((name) => path.join(folder, name)) as [
			string,
			string,
			string,
		];
		const changed = {
			number: 1,
			title,
			body,
			user: { login: 'alice' },
			base: { sha: base, ref: 'main' },
			head: { sha: head, ref: 'topic' },
		};
		await writeFile(event, JSON.stringify({ ...example, pull_request: { ...example.pull_request, ...changed } }));
		await Promise.all([writeFile(output, ''), writeFile(summary, '')]);
		const { code, log } = await run(program, {
			GITHUB_SERVER_URL: 'https://github.com',
			GITHUB_REPOSITORY: 'octo/demo',
			GITHUB_API_URL: server.url,
			GITHUB_EVENT_PATH: event,
			GITHUB_WORKSPACE: folder,
			GITHUB_OUTPUT: output,
			GITHUB_STEP_SUMMARY: summary,
			INPUT_COMMAND: 'check',
			INPUT_TOKEN: server.token,
			...env,
		});
		return {
			code,
			log,
			outputs: readOutputs(await readFile(output, 'utf8')),
			summary: await readFile(summary, 'utf8'),
		};
	}

	it('has a micro pull request wait', async () => {
		const { code, outputs, log, summary } = await act({
			title: 'Auto-PR: lib (1 files)',
			body: `Words.\r\n\r\nSession-Id: ${ID}`,
		});
		assert.equal(code, 0);
		assert.deepEqual(outputs, {
			'session-id': ID,
			'should-score': 'false',
			complete: 'false',
			trigger: '',
			'pull-requests': '1',
			base: BASE,
			head: HEAD,
			files: '',
			score: '',
		});
		assert.match(log, new RegExp(`^Session ${ID} is still running`, 'm'));
		assert.match(summary, /^### Auto-PR Sessions: this waits/);
		assert.deepEqual(server.violations, []);
	});

	it('says score now, once the body tells that the session has ended', async () => {
		const body = `Session-Id: ${ID}\nSession-End: timeout 2025-11-19T15:12:00Z`;
		const { outputs } = await act({ body });
		assert.deepEqual(
			[outputs['session-id'], outputs['should-score'], outputs.complete, outputs.trigger, outputs.files],
			[ID, 'true', 'true', 'timeout', 'src/a.ts'],
		);
	});

	it("scores a person's pull request by itself", async () => {
		const { outputs } = await act({});
		assert.deepEqual([outputs['should-score'], outputs.complete, outputs['session-id']], ['true', 'false', '']);
	});

	it("finds the session in the commits' trailers when the body names none", async () => {
		const [repository] = server.state.repositories.values();
		repository!.issues.get(1)!.pull!.commits[0]!.message = `wip: x\n\nSession-Id: ${ID}\n`;
		const { outputs } = await act({ title: 'wip: parser' });
		assert.deepEqual([outputs['session-id'], outputs['should-score']], [ID, 'false']);
	});

	it("takes the base branch's configuration, not the pull request's own", async () => {
		const [repository] = server.state.repositories.values();
		repository!.files.set(`main:${CONFIGURATION}`, "auto_pr_patterns: ['^snapshot']\ntimeout_minutes: soon\n");
		await mkdir(path.dirname(path.join(folder, CONFIGURATION)), { recursive: true });
		await writeFile(path.join(folder, CONFIGURATION), "auto_pr_patterns: ['^nothing']\n");
		const trusted = await act({ title: 'snapshot 12' });
		assert.equal(trusted.outputs['should-score'], 'false');
		assert.match(
			trusted.log,
			/^::warning file=\.cursor\/config\/session_config\.yaml,line=2,col=18::timeout_minutes /m,
		);
		const without = await act({ title: 'snapshot 12' }, { INPUT_TOKEN: '' });
		assert.equal(without.outputs['should-score'], 'true');
		assert.match(without.log, /^The configuration is read from the checkout/m);
	});

	it('answers a fork, too: it writes nothing, and does without what it may not read', async () => {
		const { code, outputs, log } = await act({ title: 'wip: x' }, { INPUT_TOKEN: 'ghs_expired' });
		assert.deepEqual([code, outputs['should-score']], [0, 'false']);
		assert.match(log, /^::warning::The configuration is read from the checkout/m);
		assert.deepEqual(
			server.requests.filter(({ method }) => method !== 'GET'),
			[],
		);
		assert.ok(!log.includes('ghs_expired'));
	});

	it('lets no text of a pull request command the runner or set an output', async () => {
		const body = `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z\n::set-output name=x::y\nshould-score<<E\nno\nE`;
		const { outputs, log, summary } = await act({ title: 'wip: x\n::error::hacked @octocat', body });
		assert.deepEqual(Object.keys(outputs), OUTPUTS);
		assert.equal(outputs['should-score'], 'true');
		assert.doesNotMatch(log, /^\s*::/m);
		assert.doesNotMatch(summary, /octocat|hacked/);
	});

	it('fails with one annotation that says what to do', async () => {
		const cases: [Record<string, string>, RegExp][] = [
			[{ INPUT_COMMAND: 'publish' }, /^::error::The input "command" is check, score or health, not "publish"\.$/m],
			[{ GITHUB_EVENT_PATH: path.join(folder, 'absent') }, /^::error::The event cannot be read: /m],
			[{ GITHUB_REPOSITORY: '' }, /^::error::.* run this in GitHub Actions\.$/m],
			[{ GITHUB_OUTPUT: '' }, /^::error::GITHUB_OUTPUT names no file/m],
		];
		for (const [env, sentence] of cases) {
			const { code, log } = await act({}, env);
			assert.equal(code, 1);
			assert.match(log, sentence);
		}
	});

	describe('with the command score', () => {
		let repository: TestRepository;

		beforeEach(async () => {
			repository = await makeRepository();
			await repository.commit('first', { 'README.md': 'hello\n' });
		});
		afterEach(() => repository.dispose());

		async function score(given: Given) {
			const head = await repository.git('rev-parse', 'HEAD');
			Object.assign(pullRequest().pull!, { headSha: head, baseSha: given.base });
			return act({ ...given, head }, { INPUT_COMMAND: 'score', GITHUB_WORKSPACE: repository.root });
		}

		it('scores a completed session once, on the commits that name it', async () => {
			const base = await repository.git('rev-parse', 'HEAD');
			await repository.commit(`wip: code\n\nSession-Id: ${ID}\n`, { 'src/a.ts': '1\n' });
			await repository.commit(`wip: test\n\nSession-Id: ${ID}\n`, { 'src/a.test.ts': "it('a', () => assert(1));\n" });
			const waiting = await score({ base, body: `Session-Id: ${ID}` });
			assert.deepEqual([waiting.code, waiting.outputs.score], [0, '']);
			const { code, outputs, summary } = await score({
				base,
				body: `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z`,
			});
			assert.equal(code, 0);
			assert.match(outputs.score!, /^-?\d+\.\d$/);
			assert.match(summary, new RegExp(`^- Score: \\*\\*${outputs.score}\\*\\*`, 'm'));
		});

		it('scores the pull request where no commit names the session', async () => {
			const base = await repository.git('rev-parse', 'HEAD');
			await repository.commit('plain', { 'src/a.ts': '1\n' });
			const { code, outputs, log } = await score({
				base,
				body: `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z`,
			});
			assert.deepEqual([code, outputs['session-id']], [0, ID]);
			assert.match(outputs.score!, /^-?\d+\.\d$/);
			assert.match(log, /^The pull request is scored in the session's place/m);
		});

		it('says what a shallow checkout lacks', async () => {
			const clone = path.join(folder, 'clone');
			await repository.commit('second', { 'src/a.ts': '1\n' });
			await repository.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, clone);
			const { code, log } = await act({}, { INPUT_COMMAND: 'score', GITHUB_WORKSPACE: clone });
			assert.equal(code, 1);
			assert.match(log, /^::error::.*The checkout is shallow: give actions\/checkout "fetch-depth: 0"\.$/m);
		});

		it('does not blame a shallow checkout for what it is not to blame for', async () => {
			const clone = path.join(folder, 'clone');
			const base = await repository.commit('second', { 'src/a.ts': '1\n' });
			const head = await repository.commit('third', { 'src/a.ts': '2\n' });
			// Deep enough.
			await repository.git('clone', '--quiet', '--depth=2', `file://${repository.root}`, clone);
			await writeFile(path.join(clone, 'sast.json'), 'no report');
			const env = { INPUT_COMMAND: 'score', GITHUB_WORKSPACE: clone, INPUT_ANALYSIS: 'sast.json' };
			const { code, log } = await act({ base, head }, env);
			assert.equal(code, 1);
			assert.match(log, /^::error::.*sast\.json/m);
			assert.doesNotMatch(log, /shallow/);
		});
	});
});
