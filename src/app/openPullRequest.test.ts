import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { useGitHubServer } from '../../test/github-server/useGitHubServer.ts';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { discardSession } from './end.ts';
import { observe } from './observe.ts';
import { openPullRequest, planPullRequest } from './openPullRequest.ts';
import { startSession } from './start.ts';
import { Workspace } from './workspace.ts';

const say = () => {};

describe("a session's pull request", () => {
	const server = useGitHubServer();
	let remote: TestRepository;
	let repository: TestRepository;
	let workspace: Workspace;
	let id: string;

	beforeEach(async () => {
		remote = await makeRepository();
		repository = await makeRepository();
		await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		await repository.git('remote', 'set-url', '--push', 'origin', remote.root);
		await repository.commit('Begin', { 'README.md': '# Demo\n' });
		workspace = await open(repository.root);
		id = (await startSession(workspace, 'The cart')).result.session.id;
		await repository.git('switch', '--quiet', '--create', 'cart');
		await repository.commit('wip: cart', { 'src/cart.ts': '1' });
	});
	afterEach(async () => {
		await remote.dispose();
		await repository.dispose();
	});

	const open = (root: string) =>
		Workspace.open(root, {
			now: Date.now,
			log: { info: say, warn: say, error: say },
			token: async () => server().token,
			apiUrl: server().url,
		});
	const pulls = () => [...server().state.repositories.get('octo/demo')!.issues.values()];

	it('is planned without anything being sent or changed', async () => {
		await repository.write({ '.github/pull_request_template.md': '# Checklist\n' });
		const plan = await planPullRequest(workspace);
		assert.deepEqual(
			[plan.title, plan.branch, plan.base, plan.commits, plan.existing],
			['The cart', 'cart', 'main', 1, undefined],
		);
		assert.match(plan.body, /`src`: 1 file[\s\S]*# Checklist/);
		assert.deepEqual(pulls(), []);
		assert.equal(await remote.git('branch', '--list'), '');
	});

	it('is called after the branch of an untitled session, and never after the trunk', async () => {
		const { discardSession } = await import('./end.ts');
		await discardSession(workspace);
		await startSession(workspace);
		await repository.git('switch', '--quiet', '--create', 'feature/cart-totals');
		await repository.commit('wip: totals', { 'src/totals.ts': '1' });
		assert.equal((await planPullRequest(workspace)).title, 'Cart totals');
		await repository.git('branch', '--force', 'main');
		await repository.git('switch', '--quiet', 'main');
		assert.equal((await planPullRequest(workspace)).title, 'Add cart.ts and totals.ts');
	});

	it('is made from the pushed branch, with its trailer', async () => {
		const number = (await openPullRequest(workspace, await planPullRequest(workspace), { draft: true }))!.number;
		const [pull] = pulls();
		assert.deepEqual([pull?.number, pull?.title, pull?.pull?.draft], [number, 'The cart', true]);
		assert.ok(pull?.body?.endsWith(`\n\nSession-Id: ${id}`));
		assert.equal(await remote.git('rev-parse', 'cart'), await repository.git('rev-parse', 'HEAD'));
		assert.deepEqual((await workspace.store.read()).sessions[0]?.pullRequests, [number]);
	});

	it("is brought up to date the next time, and a person's words stay", async () => {
		await openPullRequest(workspace, await planPullRequest(workspace));
		const [pull] = pulls();
		pull!.body = `Mine.\n\n${pull!.body}`;
		await repository.commit('wip: prices', { 'lib/price.ts': '1' });
		const plan = await planPullRequest(workspace);
		assert.equal(plan.existing?.number, pull?.number);
		await openPullRequest(workspace, plan);
		assert.equal(pulls().length, 1);
		assert.match(pull!.body, /^Mine\.\n[\s\S]*`lib`: 1 file[\s\S]*\n\nSession-Id: /);
	});

	it('is one for each session, wherever it commits, with rolling_pull_request', async () => {
		await repository.write({ '.cursor/config/session_config.yaml': 'rolling_pull_request: true\n' });
		await openPullRequest(workspace, await planPullRequest(workspace));
		await repository.git('switch', '--quiet', '--create', 'prices');
		await repository.commit('wip: prices', { 'lib/price.ts': '1' });
		await openPullRequest(workspace, await planPullRequest(workspace));
		assert.deepEqual(
			pulls().map(({ pull }) => pull?.headRef),
			[`session/${id}`],
		);
		assert.equal(await remote.git('rev-parse', `session/${id}`), await repository.git('rev-parse', 'HEAD'));
	});

	describe('of another work tree', () => {
		let other: TestRepository;
		let session: string;

		beforeEach(async () => {
			await observe(workspace);
			const root = `${repository.root}-other`;
			await repository.git('worktree', 'add', '--quiet', '-b', 'search', root, 'main');
			other = openRepository(root);
			const there = await open(root);
			session = (await startSession(there, 'The search')).result.session.id;
			await other.commit('wip: search', { 'src/search.ts': '1' });
			await observe(there);
		});
		afterEach(() => other.dispose());

		it('is made from its own branch, and remembered as its own', async () => {
			const plan = await planPullRequest(workspace, session);
			assert.deepEqual([plan.session, plan.title, plan.branch, plan.commits], [session, 'The search', 'search', 1]);
			const { number } = (await openPullRequest(workspace, plan))!;
			assert.match(pulls()[0]?.body ?? '', new RegExp(`\`src\`: 1 file[\\s\\S]*\n\nSession-Id: ${session}$`));
			assert.equal(await remote.git('rev-parse', 'search'), await other.git('rev-parse', 'HEAD'));
			const { sessions } = await workspace.store.read();
			assert.deepEqual(sessions.map((one) => [one.id === session, one.pullRequests]).sort(), [
				[false, []],
				[true, [number]],
			]);
		});

		it('is brought up to date with what changed there', async () => {
			await openPullRequest(workspace, await planPullRequest(workspace, session));
			await other.commit('wip: index', { 'lib/index.ts': '1' });
			await observe(await open(other.root));
			const plan = await planPullRequest(workspace, session);
			await openPullRequest(workspace, plan);
			assert.equal(pulls().length, 1);
			assert.match(pulls()[0]?.body ?? '', /`lib`: 1 file/);
		});

		it('is from a branch of its own where it was made on none', async () => {
			await other.git('switch', '--quiet', '--detach');
			const there = await open(other.root);
			await discardSession(there);
			const { id: detached } = (await startSession(there, 'No branch')).result.session;
			const head = await other.commit('wip: more', { 'src/more.ts': '1' });
			await observe(there);
			const plan = await planPullRequest(workspace, detached);
			assert.deepEqual([plan.branch, plan.head], [`session/${detached}`, head]);
		});

		it('says why it cannot be made once the branch is gone', async () => {
			await other.git('switch', '--quiet', '--detach');
			await repository.git('branch', '--quiet', '-D', 'search');
			await assert.rejects(planPullRequest(workspace, session), /Branch search, on which session .* is gone/);
		});

		it("leaves another running session's pull request alone", async () => {
			await openPullRequest(workspace, await planPullRequest(workspace, session));
			await repository.git('switch', '--quiet', '--detach', 'search');
			await repository.git('branch', '--quiet', '-m', 'search', 'searching');
			await repository.git('switch', '--quiet', '--create', 'search');
			await assert.rejects(planPullRequest(workspace), new RegExp(`#1 from the same branch is of session ${session}`));
		});

		it('is asked for in vain once the session is over', async () => {
			await discardSession(workspace, session);
			await assert.rejects(planPullRequest(workspace, session), /No open session is called/);
		});
	});

	it('is not made when it is cancelled', async () => {
		const plan = await planPullRequest(workspace);
		const signal = AbortSignal.abort(new Error('cancelled'));
		await assert.rejects(openPullRequest(workspace, plan, { signal }), /cancelled/);
		assert.deepEqual(pulls(), []);
	});

	it('is not made, and answers nothing, when it is cancelled after the push', async () => {
		const plan = await planPullRequest(workspace);
		const { signal } = new AbortController();
		// Cancelled at the moment at which the push is done.
		const pushed = join(remote.root, '.git/refs/heads/cart');
		Object.defineProperty(signal, 'aborted', { get: () => existsSync(pushed) });
		assert.equal(await openPullRequest(workspace, plan, { signal }), undefined);
		assert.equal(await remote.git('rev-parse', 'cart'), plan.head);
		assert.deepEqual(pulls(), []);
	});

	it('is asked for in vain without a commit, and says what to do', async () => {
		await repository.git('switch', '--quiet', 'main');
		await planPullRequest(workspace);
		await discardSession(workspace);
		await assert.rejects(planPullRequest(workspace), /No session is running in .*: start one first/);
		await startSession(workspace);
		await assert.rejects(planPullRequest(workspace), /has no commit yet: commit something first/);
	});
});
