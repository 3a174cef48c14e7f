import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endSession } from '../../src/app/end.ts';
import { noteActivity, observe } from '../../src/app/observe.ts';
import { readSessionDetails } from '../../src/app/sessionDetails.ts';
import { startSession } from '../../src/app/start.ts';
import { Workspace } from '../../src/app/workspace.ts';
import { autoPr, bundle } from '../../src/cli/testing.ts';
import { OpenRepository } from '../../src/extension/openRepository.ts';
import { watchRepository } from '../../src/git/watch.ts';
import { quietHost } from '../bench/quietHost.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';

/** Tells the files that a command of ours reads below a folder, and the processes that it starts. */
const PRELOAD = path.resolve('test/unit/tellCosts.cjs');

describe('what things cost', () => {
	let repository: TestRepository;
	let workspace: Workspace;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('Begin', { 'README.md': '# Demo\n' });
		workspace = await Workspace.open(repository.root, quietHost);
		await startSession(workspace);
	});
	afterEach(() => repository.dispose());

	describe('in processes', () => {
		before(function () {
			// A script stands in for git, and Windows runs only programs.
			if (process.platform === 'win32') this.skip();
		});

		it('is one git for a commit that is observed', async () => {
			await repository.commit('wip: cart', { 'cart.ts': '1\n' });
			const { result, started } = await countingGit(() => observe(workspace));
			assert.equal(result.result.length, 1);
			assert.equal(started.length, 1, started.join('\n'));
		});

		it('is one git for fifty commits that arrive together', async () => {
			for (let n = 0; n < 50; n++) await repository.commit(`wip: ${n}`);
			const { result, started } = await countingGit(() => observe(workspace));
			assert.equal(result.result.length, 50);
			assert.equal(started.length, 1, started.join('\n'));
		});

		it('is none where nothing happened, and for a save', async () => {
			await observe(workspace);
			const { started } = await countingGit(async () => {
				await observe(workspace);
				await noteActivity(workspace, { name: 'Test Author', email: 'test@example.com' });
			});
			assert.deepEqual(started, []);
		});

		it('is none while a repository is watched', async () => {
			const timers = liveTimers();
			const { started } = await countingGit(async () => {
				const watch = watchRepository(workspace.location, () => {}, { onError: assert.fail });
				assert.equal(liveTimers(), timers);
				watch.close();
			});
			assert.deepEqual(started, []);
		});

		it("is one git for a session's commits and one for its change, where its page is opened", async () => {
			await repository.commit('wip: cart', { 'cart.ts': '1\n' });
			const { result: session } = await endSession(workspace);
			const { result, started } = await countingGit(() => readSessionDetails(workspace, session.id));
			assert.deepEqual([result.commits.length, typeof result.score?.total], [1, 'number']);
			assert.equal(started.length, 2, started.join('\n'));
		});

		it('is one for publishing where there is no forge, and then none and no timer, whatever goes on', async () => {
			await repository.commit('wip: cart', { 'cart.ts': '1\n' });
			const timers = liveTimers();
			const open = new OpenRepository(workspace, {
				changed() {},
				noticed: assert.fail,
				failed: assert.fail,
				unwatched: (_, why) => assert.fail(why),
				publishesByItself: () => true,
			});
			try {
				await open.look();
				const tried = await countingGit(() => assert.rejects(open.publish(), /has no remote/));
				assert.equal(tried.started.length, 1, tried.started.join('\n'));
				// Nothing is written either.
				assert.deepEqual((await workspace.store.read()).publishQueue, []);
				await open.end().then(({ published }) => assert.rejects(published!, /has no remote/));
				const { started } = await countingGit(async () => {
					for (let round = 0; round < 3; round++) {
						await open.look();
						open.personCameBack();
					}
				});
				assert.deepEqual(started, []);
				// Once what began before has come to its end.
				while (liveTimers() > timers) await new Promise((resolve) => setTimeout(resolve, 5));
			} finally {
				open.dispose();
			}
		});

		/** Counts what runs `git` from here while `work` goes on. */
		async function countingGit<T>(work: () => Promise<T>): Promise<{ result: T; started: string[] }> {
			const folder = path.join(repository.root, '.git', 'counting');
			const log = path.join(folder, 'log');
			mkdirSync(folder);
			writeFileSync(log, '');
			const { PATH = '' } = process.env;
			writeFileSync(
				path.join(folder, 'git'),
				`#!/bin/sh\necho "$*" | tr '\\n' ' ' >>'${log}'; echo >>'${log}'\nPATH='${PATH}' exec git "$@"\n`,
			);
			chmodSync(path.join(folder, 'git'), 0o755);
			process.env.PATH = `${folder}${path.delimiter}${PATH}`;
			try {
				const result = await work();
				return { result, started: readFileSync(log, 'utf8').split('\n').filter(Boolean) };
			} finally {
				process.env.PATH = PATH;
				rmSync(folder, { recursive: true });
			}
		}
	});

	describe('in files', () => {
		it('is for an update one file written durably, and the note for the hook', async () => {
			const { writes, syncs } = await told('start');
			assert.deepEqual(writes.sort(), ['.cursor/data/session_state.json', '.git/auto-pr/hook']);
			// The file, and on POSIX its folder.
			assert.equal(syncs, process.platform === 'win32' ? 1 : 2);
		});

		it('is for a state of one session less than two kilobytes', async () => {
			await noteActivity(workspace, { name: 'Test Author', email: 'test@example.com' });
			const state = readFileSync(path.join(repository.root, '.cursor/data/session_state.json'));
			assert.ok(state.length < 2048, `${state.length} bytes`);
		});

		it('is for `check` none but the configuration', async () => {
			const { reads, processes } = await told('check', '--title', 'wip: cart', '--author', 'alice');
			assert.deepEqual([reads, processes], [[], []]);
			await repository.write({ '.cursor/config/session_config.yaml': 'timeout_minutes: 40\n' });
			const configured = await told('check', '--title', 'wip: cart', '--author', 'alice');
			assert.deepEqual(configured.reads, ['.cursor/config/session_config.yaml']);
		});

		it('is for `status` the same with a configuration, which it reads, and after a commit it takes that in', async () => {
			await repository.write({ '.cursor/config/session_config.yaml': 'timeout_minutes: 40\n' });
			const configured = await told('status');
			assert.deepEqual(configured.programs, ['cli.js', 'cli/status.js', 'lib/yaml.js']);
			await repository.commit('wip: cart', { 'cart.ts': '1\n' });
			const { programs } = await told('status');
			assert.ok(programs.includes('cli/hook.js'), programs.join());
			assert.equal((await workspace.store.read()).sessions[0]?.commits.length, 1);
		});

		it('is for `status` what tells the repository, the state, the reflog, and no process', async () => {
			const { reads, processes, programs } = await told('status');
			assert.deepEqual(processes, []);
			// Nothing that writes, and no reader of arguments.
			assert.deepEqual(programs, ['cli.js', 'cli/status.js']);
			assert.deepEqual([...new Set(reads)].sort(), [
				'.cursor/data/session_state.json',
				'.git/config',
				'.git/logs/HEAD',
			]);
		});

		/** What a command of ours reads, writes by way of a temporary file, and starts. Paths are those below the repository. */
		async function told(...args: string[]) {
			const log = path.join(repository.root, '.git', 'told');
			writeFileSync(log, '');
			const run = await autoPr(args, {
				cwd: repository.root,
				env: { NODE_OPTIONS: `--require "${PRELOAD.replaceAll('\\', '/')}"`, AUTO_PR_TOLD: log },
			});
			assert.notEqual(run.code, 2, run.stderr);
			const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
			const of = (kind: string) => lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(kind.length));
			const below = (files: string[], folder = repository.root) =>
				files.map((file) => path.relative(folder, file).replaceAll('\\', '/')).filter((file) => !file.startsWith('..'));
			const writes = below(of('write ')).flatMap((file) => /^(.*)\.[0-9a-f]{16}\.tmp$/.exec(file)?.[1] ?? []);
			// The module loader reads as everybody does.
			const programs = below(of('read '), path.dirname(bundle()));
			return { reads: below(of('read ')), programs, writes, syncs: of('sync ').length, processes: of('process ') };
		}
	});
});

function liveTimers(): number {
	return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
