import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Editor, startEditor } from '../editor/editor.ts';
import { until } from '../editor/until.ts';
import { type GitHubServer, startGitHubServer } from '../github-server/server.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const cli = path.resolve('dist/cli.js');

describe('the whole path, from a commit in the editor to one score in CI', () => {
	let github: GitHubServer;
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;
	let session: string;

	before(async () => {
		github = await startGitHubServer();
		github.addRepository({ owner: 'octo', name: 'demo' });
		repository = await makeRepository();
		await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		await repository.commit('Begin', { 'README.md': '# Demo\n' });
		editor = await startEditor({
			folders: [repository.root],
			env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token },
		});
		workbench = await openWorkbench(editor);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
		await github?.close();
	});

	it('starts a session by key', async () => {
		await workbench.press('Control+Alt+P', 'S');
		await workbench.statusText('autoPr.status', (text) => /0 commits/.test(text));
		session = run('status', '--json').json.session.id;
	});

	it('shows three commits that plain git made, each on the branch of a micro-PR', async () => {
		for (const number of [1, 2, 3]) {
			await repository.git('switch', '--quiet', '--create', `micro-${number}`);
			await repository.commit(`Work, part ${number}`, {
				[`src/part${number}.ts`]: `export const answer = ${number};\n`,
				[`src/part${number}.test.ts`]: `import assert from 'node:assert';\nassert.equal(${number}, ${number});\n`,
			});
			github.addPullRequest({ title: 'Auto-PR: src (2 files)', body: 'By the daemon.', headRef: `micro-${number}` });
		}
		const text = await workbench.statusText('autoPr.status', (shown) => /3 commits/.test(shown));
		assert.match(text, /3 commits/);
		await workbench.screenshot('whole-path-running');
	});

	it('has CI wait while the session runs', async () => {
		await workbench.runCommand('Auto-PR: Publish Session');
		await until(
			async () => [1, 2, 3].map(bodyOf),
			(bodies) => bodies.every((body) => body.includes('Session-Id')),
		);
		for (const number of [1, 2, 3]) {
			assert.equal(bodyOf(number), `By the daemon.\n\nSession-Id: ${session}`);
			assert.equal(check(number).score, 'wait');
		}
	});

	it('completes the session by command, and the last pull request says so', async () => {
		await workbench.runCommand('Auto-PR: End Session');
		await until(
			async () => bodyOf(3),
			(body) => body.includes('Session-End'),
		);
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		assert.match(
			bodyOf(3),
			new RegExp(
				`^By the daemon\\.\n\nSession-Id: ${session}\nSession-End: explicit \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$`,
			),
		);
	});

	it('has CI wait for the first two pull requests and score at the last', () => {
		assert.deepEqual(
			[1, 2, 3].map((number) => check(number).score),
			['wait', 'wait', 'now'],
		);
		assert.deepEqual(
			[1, 2, 3].map((number) => check(number).session),
			[session, session, session],
		);
	});

	it('gives one score for the net change of the whole session', () => {
		const { json, status } = run('score', session, '--json');
		assert.equal(status, 0);
		assert.equal(json.session, session);
		assert.equal(json.commits, 3);
		assert.equal(json.files.length, 6);
		assert.equal(typeof json.total, 'number');
	});

	it('never made the work tree dirty, and kept to what GitHub describes', async () => {
		assert.equal(await repository.git('status', '--porcelain'), '');
		assert.deepEqual(github.violations, []);
	});

	function bodyOf(number: number): string {
		return github.state.repositories.get('octo/demo')?.issues.get(number)?.body ?? '';
	}

	function check(number: number): { score: string; session: string } {
		const request = [
			'--pr',
			String(number),
			'--title',
			'Auto-PR: src (2 files)',
			'--author',
			'octo',
			'--body-file',
			'-',
		];
		return run('check', ...request, '--json', { input: bodyOf(number) }).json;
	}

	// biome-ignore lint/suspicious/noExplicitAny: the documents are what is tested.
	function run(...given: (string | { input: string })[]): { status: number | null; json: any } {
		const args = given.filter((item) => typeof item === 'string');
		const options = given.find((item) => typeof item === 'object');
		const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--repo', repository.root], {
			encoding: 'utf8',
			env: { ...process.env, GITHUB_API_URL: github.url },
			...options,
		});
		assert.notEqual(status, 2, stderr);
		return { status, json: JSON.parse(stdout) };
	}
});
