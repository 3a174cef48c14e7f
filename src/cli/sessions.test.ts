import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type GitHubServer, startGitHubServer } from '../../test/github-server/server.ts';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr, type Run } from './testing.ts';

const MINUTE = 60_000;

describe('the session of a working copy', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('first', { 'README.md': 'hello\n' });
	});
	afterEach(() => repository.dispose());

	const run = (...args: string[]): Promise<Run> => autoPr(args, { cwd: repository.root });
	const runJson = async (...args: string[]) => {
		const { code, stdout, stderr } = await run(...args, '--json');
		return { code, stderr, json: JSON.parse(stdout) };
	};
	/** Author and committer time of a commit made some minutes ago, in whole seconds. */
	const ago = (minutes: number) => Math.floor((Date.now() - minutes * MINUTE) / 1000) * 1000;

	it('starts, counts commits made by plain git, and ends', async () => {
		const started = await run('start', '--title', 'Log in');
		assert.equal(started.code, 0);
		assert.match(started.stdout, /^Session test-author-\d{8}-\d{4} started\.\n$/);
		await repository.commit('wip: one', { 'src/a.ts': '1\n' });
		await repository.commit('anything', { 'src/a.test.ts': '2\n', 'docs/a.md': '3\n' });

		const status = await run('status');
		assert.equal(status.code, 0);
		assert.match(status.stdout, /^Session test-author-\S+: Log in$/m);
		assert.match(status.stdout, /2 commits, 3 files, of them 1 test and 1 docs/);
		assert.match(status.stdout, /or by "auto-pr end"/);

		const ended = await run('end');
		assert.equal(ended.code, 0);
		assert.match(ended.stdout, /^Session test-author-\S+ ended: 2 commits, 3 files, 0 min\.$/m);
		assert.equal((await run('status')).code, 1);
		const archive = await readFile(path.join(repository.root, 'docs/metrics/auto_pr_sessions.json'), 'utf8');
		assert.match(archive, /"completion_trigger":\s*"explicit"/);
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('prints one JSON document for --json, times in UTC', async () => {
		const started = await runJson('start');
		assert.deepEqual([started.code, started.json.already], [0, false]);
		await repository.commit('wip: one', { 'a.ts': '1\n' });
		const { code, json } = await runJson('status');
		assert.equal(code, 0);
		assert.equal(json.session.id, started.json.session.id);
		assert.match(json.session.started, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
		assert.deepEqual(
			[json.session.status, json.session.origin, json.session.commits, json.session.branches, json.session.trigger],
			['active', 'hand', 1, ['main'], null],
		);
		assert.deepEqual([json.others, json.queue, json.notices], [[], [], []]);
		const ended = await runJson('end');
		assert.equal(ended.json.session.trigger, 'explicit');
		assert.deepEqual(
			(await runJson('status')).json.queue.map((entry: { session: string }) => entry.session),
			[ended.json.session.id],
		);
	});

	it('goes on with a session that runs already', async () => {
		const { json: first } = await runJson('start');
		const { json: second } = await runJson('start');
		assert.deepEqual([second.already, second.session.id], [true, first.session.id]);
	});

	it('answers 1 where none is running, and leaves a repository alone that nobody tracks', async () => {
		const { code, stdout, stderr } = await run('status');
		assert.deepEqual([code, stdout, stderr], [1, 'No session is running here.\n', '']);
		assert.equal((await runJson('status')).json.session, null);
		assert.equal(existsSync(path.join(repository.root, '.cursor')), false);
	});

	it('ends and discards by id, and says when there is no such session', async () => {
		const { json } = await runJson('start');
		const { id } = json.session;
		const unknown = await run('end', 'bob-20251119-1430');
		assert.equal(unknown.code, 2);
		assert.match(unknown.stderr, /^No open session is called bob-20251119-1430[^\n]+\n$/);
		assert.equal((await run('end', id)).code, 0);
		assert.equal((await run('discard', id)).code, 2);
	});

	it('discards without a record', async () => {
		await run('start');
		await repository.commit('wip: one', { 'a.ts': '1\n' });
		assert.equal((await run('status')).code, 0);
		const { code, stdout } = await run('discard');
		assert.equal(code, 0);
		assert.match(stdout, /is discarded/);
		assert.equal((await run('status')).code, 1);
		assert.equal(existsSync(path.join(repository.root, 'docs/metrics/auto_pr_sessions.json')), false);
	});

	it('warns of idleness, and notices by itself that a session has timed out', async () => {
		await run('start');
		await run('discard');
		await repository.commit('wip: a while ago', { 'a.ts': '1\n' }, { at: ago(20) });
		const warned = await runJson('status');
		assert.deepEqual([warned.code, warned.json.session.status], [0, 'warning']);
		assert.match((await run('status')).stdout, /idle for 20 min/);
		await run('discard');

		const before = ago(120);
		await repository.commit('wip: long ago', { 'b.ts': '1\n' }, { at: before });
		assert.equal((await run('status')).code, 1);
		const archive = await readFile(path.join(repository.root, 'docs/metrics/auto_pr_sessions.json'), 'utf8');
		assert.match(archive, /"completion_trigger":\s*"timeout"/);
		assert.match(
			(await run('status')).stdout,
			/^No session is running here\.\nThe last one, \S+, ended [^\n]+: timeout\.$/m,
		);
	});

	it('points at a mistake in the configuration and works on', async () => {
		await repository.write({ '.cursor/config/session_config.yaml': 'timeout_minutes: 1\nidle_warning: 3\n' });
		const { code, stderr } = await run('status');
		assert.equal(code, 1);
		assert.match(
			stderr,
			/^\.cursor\/config\/session_config\.yaml:1:18: timeout_minutes .* \(and 1 more: see "auto-pr validate"\)\n$/,
		);
	});

	describe('published', () => {
		let server: GitHubServer;

		beforeEach(async () => {
			server = await startGitHubServer();
			server.addRepository({ owner: 'octo', name: 'demo' });
			await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		});
		afterEach(() => server.close());

		const publish = (...args: string[]) =>
			autoPr(['publish', ...args], {
				cwd: repository.root,
				env: { GITHUB_API_URL: server.url, GITHUB_TOKEN: server.token },
			});

		it('has nothing to publish without a session', async () => {
			assert.deepEqual(await publish(), { code: 0, stdout: 'There is nothing to publish.\n', stderr: '' });
		});

		it('writes exactly the trailers into its pull request', async () => {
			await repository.git('switch', '-q', '-c', 'topic');
			const { json } = await runJson('start');
			const { id } = json.session;
			await repository.commit('wip: one', { 'a.ts': '1\n' });
			const { number } = server.addPullRequest({ headRef: 'topic', body: 'My words.' });
			const first = await publish();
			assert.deepEqual([first.code, first.stdout], [0, `Session ${id}: its trailers are in #${number}.\n`]);
			const bodyOf = () => server.state.repositories.get('octo/demo')?.issues.get(number)?.body;
			assert.equal(bodyOf(), `My words.\n\nSession-Id: ${id}`);

			await run('end');
			assert.equal((await publish()).code, 0);
			assert.match(bodyOf() ?? '', new RegExp(`^My words\\.\n\nSession-Id: ${id}\nSession-End: explicit \\S+Z$`));
			assert.equal((await publish()).stdout, 'There is nothing to publish.\n');
			assert.deepEqual(server.violations, []);
		});

		it('adds a pull request that is opened after the end to the completed session, which keeps its place', async () => {
			await repository.git('switch', '-q', '-c', 'topic');
			const { json } = await runJson('start');
			const { id } = json.session;
			await repository.commit('wip: one', { 'a.ts': '1\n' });
			await run('end');
			const archive = async () => JSON.parse((await run('export')).stdout).completed;
			const [before] = await archive();
			assert.equal((await publish()).code, 1, 'it waits for its pull request');
			const { number } = server.addPullRequest({ headRef: 'topic', body: 'My words.' });
			assert.equal((await publish()).code, 0);
			assert.deepEqual(await archive(), [{ ...before, pullRequests: [number] }]);
			const state = JSON.parse(await readFile(path.join(repository.root, '.cursor/data/session_state.json'), 'utf8'));
			assert.deepEqual([state.pr_to_session, state.session_to_prs], [{ [number]: id }, { [id]: [`${number}`] }]);
			// Edited by hand, and published again for whatever reason: nothing moves.
			server.state.repositories.get('octo/demo')!.issues.get(number)!.body = 'Other words.';
			await run('start');
			await publish();
			assert.deepEqual(await archive(), [{ ...before, pullRequests: [number] }]);
		});

		it('keeps what cannot go yet, says why, and answers 1', async () => {
			await run('start');
			await repository.commit('wip: one', { 'a.ts': '1\n' });
			const waiting = await publish('--json');
			assert.equal(waiting.code, 1);
			assert.match(JSON.parse(waiting.stdout).published[0].waits, /No pull request yet for main/);
			assert.match((await run('status')).stdout, /Waiting to be published: \S+\. No pull request yet/);
		});
	});
});
