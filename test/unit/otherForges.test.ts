import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
// GitLab's own schema of its configuration.
// @ts-expect-error It has no types.
import schema from 'gitlab-ci-local/src/schema/index.js';
import { parse } from 'yaml';
import { autoPr, bundle } from '../../src/cli/testing.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';

const ID = 'alice-20251119-1430';
const AT = Date.UTC(2025, 10, 19, 14, 30);
const ALICE = { name: 'Alice', email: 'alice@example.com' };
const RUNNING = `Session-Id: ${ID}`;
const ENDED = `${RUNNING}\nSession-End: explicit 2025-11-19T15:12:00Z`;
const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');

/** What no title, message, name or option may do. */
const HOSTILE = '$(touch hacked) `touch hacked` "; touch hacked; \' %s \\ -x';

describe('the examples for other forges', function () {
	this.timeout(120_000);
	let folder: string;
	let repository: TestRepository;
	let base: string;
	let env: NodeJS.ProcessEnv;

	before(function () {
		// A GitLab runner's shell and a server's hooks are POSIX ones.
		if (process.platform === 'win32') this.skip();
	});
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-forge-'));
		repository = await makeRepository();
		base = await repository.commit('first', { 'README.md': 'hello\n' }, { at: AT - 60_000 });
		await mkdir(path.join(folder, 'bin'));
		const shim = `#!/bin/sh\nexec '${process.execPath}' '${bundle()}' "$@"\n`;
		await writeFile(path.join(folder, 'bin', 'auto-pr'), shim, { mode: 0o755 });
		env = { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` };
	});
	afterEach(async () => {
		await repository.dispose();
		await rm(folder, { recursive: true, force: true });
	});

	const origin = () => path.join(folder, 'origin.git');
	const isHacked = async (...places: string[]) => {
		const found = await Promise.all(places.map((place) => readFile(path.join(place, 'hacked')).catch(() => undefined)));
		return found.some((content) => content !== undefined);
	};

	/** A bare repository as a server has it, which the work tree pushes to. */
	async function serve(): Promise<void> {
		await repository.git('clone', '--quiet', '--bare', repository.root, origin());
		await repository.run(['-C', origin(), 'config', 'receive.advertisePushOptions', 'true']);
		await repository.git('remote', 'add', 'origin', origin());
		await repository.git('fetch', '--quiet', 'origin');
	}

	async function commitInSession(text = 'wip: x', files: Record<string, string> = { 'src/a.ts': '1\n' }) {
		return repository.commit(`${text}\n\n${RUNNING}\n`, files, { author: ALICE, at: AT + 60_000 });
	}

	async function sh(
		script: string,
		variables: NodeJS.ProcessEnv = {},
	): Promise<{ code: number | null; output: string }> {
		const child = spawn('sh', ['-e', '-c', script], { cwd: repository.root, env: { ...env, ...variables } });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
		const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
		return { code, output };
	}

	describe('GitLab CI', () => {
		let configuration: { session: { script: string[]; variables: Record<string, string>; rules: { if: string }[] } };

		before(async () => {
			configuration = parse(await readFile(path.join(EXAMPLES, 'gitlab/.gitlab-ci.yml'), 'utf8'));
		});
		beforeEach(async () => {
			await serve();
			await repository.git('switch', '--quiet', '-c', 'topic');
		});

		/** Runs the job as a runner does: all lines in one shell, which ends at the first failure, with GitLab's own variables. */
		async function job(description: string, variables: NodeJS.ProcessEnv = {}) {
			return sh(configuration.session.script.join('\n'), {
				...configuration.session.variables,
				CI_PIPELINE_SOURCE: 'merge_request_event',
				CI_MERGE_REQUEST_IID: '7',
				CI_PROJECT_ID: '42',
				CI_MERGE_REQUEST_TITLE: 'wip: x',
				CI_MERGE_REQUEST_DESCRIPTION: description,
				CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED: 'false',
				CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
				CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
				CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
				CI_COMMIT_SHA: await repository.git('rev-parse', 'HEAD'),
				...variables,
			});
		}

		it('is a configuration that GitLab takes', () => {
			const validate = new Ajv({ strict: false, validateFormats: false, allowUnionTypes: true }).compile(schema);
			assert.ok(validate(configuration), JSON.stringify(validate.errors?.slice(0, 3)));
			assert.ok(!validate({ session: { ...configuration.session, scripts: ['x'] } }));
		});

		it('has a running session wait, and scores it once it is complete', async () => {
			await commitInSession();
			const waiting = await job(`Words.\n\n${RUNNING}`);
			assert.equal(waiting.code, 0, waiting.output);
			assert.match(waiting.output, /still running, so this waits/);
			assert.doesNotMatch(waiting.output, /scores/);
			const { code, output } = await job(`Words.\n\n${ENDED}`);
			assert.equal(code, 0, output);
			assert.match(output, new RegExp(`Session ${ID} scores -?\\d+\\.\\d: .*1 commit, 1 file`));
		});

		it('finds the session in the commits where the description names none, and its end in a label', async () => {
			await commitInSession();
			const waiting = await job('Words.', { CI_MERGE_REQUEST_LABELS: 'session-completed,bug' });
			assert.match(waiting.output, /still running, so this waits/);
			const { code, output } = await job('Words.', { CI_MERGE_REQUEST_LABELS: 'bug,session-complete' });
			assert.equal(code, 0, output);
			assert.match(output, new RegExp(`Session ${ID} scores`));
		});

		it('fails where something is wrong, and does not call it waiting', async () => {
			await commitInSession();
			const { code, output } = await job(ENDED, {
				CI_MERGE_REQUEST_DIFF_BASE_SHA: '0'.repeat(40),
				CI_MERGE_REQUEST_TITLE: 'Fix',
				CI_MERGE_REQUEST_DESCRIPTION: '',
			});
			assert.notEqual(code, 0, output);
			assert.doesNotMatch(output, /so this waits/);
		});

		describe('with a description that GitLab cut at 2,700 characters', () => {
			const whole = `${'x'.repeat(3000)}\n\n${ENDED}`;
			const cut = { CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED: 'true' };

			it('goes by the commits, and says what would tell more', async () => {
				await commitInSession();
				const { code, output } = await job(whole.slice(0, 2700), cut);
				assert.equal(code, 0, output);
				assert.match(output, /put the trailers among them, or set AUTO_PR_GITLAB_TOKEN/);
				assert.match(output, /still running, so this waits/);
			});

			it('asks GitLab for the whole of it, where there is a token', async function () {
				if ((await sh('curl --version')).code !== 0) this.skip();
				await commitInSession();
				const asked: unknown[] = [];
				const gitlab = createServer(({ url, headers }, response) => {
					asked.push([url, headers['private-token']]);
					response.end(JSON.stringify({ description: whole }));
				});
				await new Promise<void>((resolve) => gitlab.listen(0, '127.0.0.1', resolve));
				try {
					const CI_API_V4_URL = `http://127.0.0.1:${(gitlab.address() as AddressInfo).port}/api/v4`;
					const { code, output } = await job(whole.slice(0, 2700), {
						...cut,
						CI_API_V4_URL,
						AUTO_PR_GITLAB_TOKEN: 'glpat-1',
					});
					assert.equal(code, 0, output);
					assert.match(output, new RegExp(`Session ${ID} scores`));
					assert.deepEqual(asked, [['/api/v4/projects/42/merge_requests/7', 'glpat-1']]);
					assert.ok(!output.includes('glpat-1'));
				} finally {
					gitlab.close();
				}
			});
		});

		it('entireio/cli #939: knows the session by the description where a squash kept the title only', async () => {
			await repository.commit('wip: x', { 'src/a.ts': '1\n' }, { author: ALICE, at: AT + 60_000 });
			const { code, output } = await job(ENDED);
			assert.equal(code, 0, output);
			assert.match(output, /scores -?\d+\.\d: .*1 commit, 1 file/);
		});

		it('graphar #894: scores the source branch in a pipeline of merged results, not the merge that GitLab made', async () => {
			const source = await commitInSession();
			await repository.git('switch', '--quiet', '--detach', base);
			await repository.commit('Somebody else', { 'b.ts': '1\n' });
			await repository.git('merge', '--quiet', '--no-ff', '-m', `Merge\n\nSession-Id: bob-20251119-1400`, source);
			const { code, output } = await job('', {
				CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: source,
				CI_MERGE_REQUEST_LABELS: 'session-complete',
			});
			assert.equal(code, 0, output);
			assert.match(output, new RegExp(`Session ${ID} scores .*1 commit, 1 file`));
		});

		it('judges by the configuration and the rubric of the target branch', async () => {
			await commitInSession('snapshot 1', {
				'src/a.ts': '1\n',
				'.cursor/config/session_config.yaml': "auto_pr_patterns: ['^never']\ncompletion_markers: ['snapshot']\n",
				'.cursor/reward_rubric.yaml': 'penalties: {missing_tests: 0}\n',
			});
			const { output } = await job(RUNNING, { CI_MERGE_REQUEST_TITLE: 'snapshot 1' });
			assert.match(output, /still running, so this waits/);
			await assert.rejects(readFile(path.join(repository.root, '.cursor/reward_rubric.yaml')));
		});

		it('lets no title, description, label or name run a command', async () => {
			await repository.commit(
				`${HOSTILE}\n\n${HOSTILE}`,
				{ 'src/a.ts': '1\n' },
				{ author: { ...ALICE, name: HOSTILE } },
			);
			const { output } = await job(HOSTILE, { CI_MERGE_REQUEST_TITLE: HOSTILE, CI_MERGE_REQUEST_LABELS: HOSTILE });
			assert.match(output, /scores/);
			assert.equal(await isHacked(repository.root), false);
		});

		it('writes through no link that a merge request brings along', async () => {
			const target = path.join(folder, 'precious');
			await writeFile(target, 'precious');
			for (const name of ['body', 'check', 'description']) await symlink(target, path.join(repository.root, name));
			await commitInSession();
			await job(ENDED);
			assert.equal(await readFile(target, 'utf8'), 'precious');
		});
	});

	it('git-ai #2079: a commit that is null, as all zeros, is no commit to score from', async () => {
		for (const revision of ['0'.repeat(40), 'null', '']) {
			const args = ['score', '--base', revision, '--head', 'HEAD', '--repo', repository.root];
			const { code, stdout, stderr } = await autoPr(args);
			assert.deepEqual([code, stdout], [2, '']);
			assert.match(stderr, /^[^\n]+\n$/);
		}
	});

	describe('push options', () => {
		it('carry the trailers that auto-pr publish --print prints, which a server gets as one line', async () => {
			await serve();
			const received = path.join(folder, 'received');
			const hook = `#!/bin/sh\nenv | grep ^GIT_PUSH_OPTION_ | sort > '${received}'\n`;
			await writeFile(path.join(origin(), 'hooks', 'post-receive'), hook, { mode: 0o755 });
			await repository.git('switch', '--quiet', '-c', "it's");
			await autoPr(['start', '--repo', repository.root]);
			await repository.commit('wip: x', { 'src/a.ts': '1\n' });
			await autoPr(['end', '--repo', repository.root]);
			const { stdout, code } = await autoPr(['publish', '--print', '--json', '--repo', repository.root]);
			assert.equal(code, 0);
			const [{ session, trailers, commands }] = JSON.parse(stdout).publish;
			assert.match(trailers, new RegExp(`^Session-Id: ${session}\nSession-End: explicit `));
			const pushed = await sh(commands[0]);
			assert.equal(pushed.code, 0, pushed.output);
			// As GitLab reads them: docs.gitlab.com, "Push options".
			const options = await readFile(received, 'utf8');
			assert.match(options, /^GIT_PUSH_OPTION_0=merge_request\.create$/m);
			const description = /^GIT_PUSH_OPTION_1=merge_request\.description=(.*)$/m.exec(options)![1]!;
			assert.equal(description.replaceAll('\\n', '\n'), trailers);
			assert.match(await repository.run(['-C', origin(), 'branch']), /it's/);
		});

		it('are printed once for a completed session, which then waits no longer, and again when asked for', async () => {
			const inRepository = async (...args: string[]) => {
				const { stdout, code } = await autoPr([...args, '--json', '--repo', repository.root]);
				return { code, ...JSON.parse(stdout) };
			};
			const ids = ({ publish }: { publish: { session: string }[] }) => publish.map(({ session }) => session);
			await repository.git('remote', 'add', 'origin', 'git@gitlab.com:group/demo.git');
			await autoPr(['start', '--repo', repository.root]);
			await repository.commit('wip: x', { 'src/a.ts': '1\n' });
			// While it runs, each new merge request may want them.
			const [id] = ids(await inRepository('publish', '--print'));
			assert.deepEqual(ids(await inRepository('publish', '--print')), [id]);
			await autoPr(['end', '--repo', repository.root]);
			assert.equal((await inRepository('status')).queue.length, 1);
			const { publish } = await inRepository('publish', '--print');
			assert.match(publish[0].trailers, /Session-End: explicit /);
			assert.deepEqual((await inRepository('status')).queue, []);
			assert.deepEqual(await inRepository('publish', '--print'), { code: 0, publish: [] });
			assert.deepEqual(await inRepository('publish'), { code: 0, published: [] });
			assert.deepEqual((await inRepository('publish', '--print', '--again')).publish, publish);
		});

		it('are no publishing where the remote is on GitHub: its trailers still wait', async () => {
			await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
			await autoPr(['start', '--repo', repository.root]);
			await repository.commit('wip: x', { 'src/a.ts': '1\n' });
			await autoPr(['end', '--repo', repository.root]);
			await autoPr(['publish', '--print', '--repo', repository.root]);
			const { stdout } = await autoPr(['status', '--json', '--repo', repository.root]);
			assert.equal(JSON.parse(stdout).queue.length, 1);
		});

		it('are what auto-pr publish points to, where the remote is a GitLab', async () => {
			await repository.git('remote', 'add', 'origin', 'git@gitlab.com:group/demo.git');
			await autoPr(['start', '--repo', repository.root]);
			await repository.commit('wip: x', { 'src/a.ts': '1\n' });
			const { code, stderr } = await autoPr(['publish', '--repo', repository.root]);
			assert.equal(code, 2);
			assert.match(stderr, /^gitlab\.com is a GitLab, .*auto-pr publish --print/);
		});
	});

	describe('the post-receive hook of plain git', () => {
		beforeEach(async () => {
			await serve();
			await copyFile(path.join(EXAMPLES, 'git/post-receive'), path.join(origin(), 'hooks/post-receive'));
			await chmod(path.join(origin(), 'hooks/post-receive'), 0o755);
			await repository.git('switch', '--quiet', '-c', 'topic');
		});

		const push = (...args: string[]) =>
			sh(`git push ${args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ')}`);

		it('has a running session wait, and scores it with the push that ends it', async () => {
			await commitInSession();
			const waiting = await push('origin', 'topic');
			assert.equal(waiting.code, 0, waiting.output);
			assert.match(waiting.output, /remote: auto-pr: the session is still running/);
			await commitInSession('wip: y', { 'src/b.ts': '1\n' });
			const { code, output } = await push('-o', 'session-complete', 'origin', 'topic');
			assert.equal(code, 0, output);
			assert.match(output, new RegExp(`remote: Session ${ID} scores -?\\d+\\.\\d: .*2 commits, 2 files`));
		});

		it('scores a person’s branch by itself, and neither the trunk nor what is deleted', async () => {
			await repository.commit('Fix the login', { 'src/a.ts': '1\n' });
			assert.match((await push('origin', 'topic')).output, /remote: The range scores/);
			assert.doesNotMatch((await push('origin', 'topic:main')).output, /scores/);
			const deleted = await push('origin', '--delete', 'topic');
			assert.doesNotMatch(deleted.output, /scores|fatal|error/);
		});

		it('judges by the configuration of the trunk', async () => {
			const config = { '.cursor/config/session_config.yaml': "auto_pr_patterns: ['^never']\n", 'a.ts': '1\n' };
			await repository.commit('wip: x', config);
			assert.match((await push('origin', 'topic')).output, /still running/);
		});

		it('lets no message, name, branch or option run a command', async () => {
			await repository.commit(
				`${HOSTILE}\n\n${HOSTILE}`,
				{ 'src/a.ts': '1\n' },
				{ author: { ...ALICE, name: HOSTILE } },
			);
			const branch = ['$(touch$', '{IFS}hacked);`touch$', '{IFS}hacked`'].join('');
			const { output } = await push('-o', HOSTILE, '-o', '$(touch hacked)', 'origin', `topic:refs/heads/${branch}`);
			assert.match(output, /remote: The range scores/);
			assert.equal(await isHacked(repository.root, origin()), false);
		});

		it('lets the push stand where auto-pr is not there', async () => {
			await commitInSession();
			await rm(path.join(folder, 'bin/auto-pr'));
			assert.equal((await push('origin', 'topic')).code, 0);
			assert.match(await repository.run(['-C', origin(), 'branch']), /topic/);
		});

		it('leaves nothing behind', async () => {
			await commitInSession();
			const temporary = path.join(folder, 'tmp');
			await mkdir(temporary);
			assert.match((await sh('git push -o session-complete origin topic', { TMPDIR: temporary })).output, /scores/);
			assert.deepEqual(await readdir(temporary), []);
		});
	});
});
