import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { startSession } from '../app/start.ts';
import { Workspace } from '../app/workspace.ts';
import type { UserError } from '../core/userError.ts';
import { OpenRepository } from './openRepository.ts';
import type { RepositoryView } from './standing.ts';
import { MINUTE } from './testing.ts';

/** A repository as the editor has it open, with a clock that the test moves. */
async function openIn(root: string, { publishesByItself = false } = {}) {
	const clock = { now: Date.now() };
	const said: string[] = [];
	const failures: unknown[] = [];
	const unwatched: UserError[] = [];
	const waiters = new Set<() => void>();
	const say = (sentence: string) => said.push(sentence);
	const host = { now: () => clock.now, log: { info: say, warn: say, error: say }, token: async () => undefined };
	const repository = new OpenRepository(await Workspace.open(root, host), {
		changed: () => {
			for (const look of waiters) look();
		},
		noticed: () => undefined,
		failed: (error) => failures.push(error),
		unwatched: (_, why) => unwatched.push(why),
		publishesByItself: () => publishesByItself,
	});
	await repository.open();
	/** Resolves with the view as soon as it is as wanted. */
	const shows = (wanted: (view: RepositoryView) => boolean) =>
		new Promise<RepositoryView>((resolve) => {
			const look = () => {
				if (!repository.view || !wanted(repository.view)) return;
				waiters.delete(look);
				resolve(repository.view);
			};
			waiters.add(look);
			look();
		});
	return { repository, clock, said, failures, unwatched, shows };
}

const commitsOf = (view: RepositoryView) => view.overview.here?.commits.length ?? 0;

describe('an open repository', () => {
	let git: TestRepository;
	let open: Awaited<ReturnType<typeof openIn>>;

	beforeEach(async () => {
		git = await makeRepository();
		await git.commit('Start the shop', { 'README.md': '# Shop\n' });
		open = await openIn(git.root);
	});

	afterEach(async () => {
		open.repository.dispose();
		await git.dispose();
		assert.deepEqual(open.failures, []);
	});

	it('finds a session by the commits that any tool makes, and says why', async () => {
		await git.commit('wip: cart', { 'cart.ts': '1' });
		await git.commit('wip: prices', { 'price.ts': '1' });
		const view = await open.shows((shown) => commitsOf(shown) === 2);
		assert.equal(view.because, 'the title matches ^wip:');
		assert.equal(view.overview.here?.files.size, 2);
	});

	it('leaves the work tree clean', async () => {
		await git.commit('wip: cart', { 'cart.ts': '1' });
		await open.shows((shown) => commitsOf(shown) === 1);
		assert.equal(await git.git('status', '--porcelain'), '');
	});

	it('starts and ends a session by hand, and lists it as completed', async () => {
		const { session } = await open.repository.start('the cart');
		await git.commit('Add the cart', { 'cart.ts': '1' });
		await open.shows((shown) => commitsOf(shown) === 1);
		const ended = await open.repository.end();
		assert.deepEqual([ended.session.id, ended.published], [session.id, undefined]);
		assert.equal(open.repository.view?.overview.here, undefined);
		assert.deepEqual(
			(await open.repository.history()).map(({ title }) => title),
			['the cart'],
		);
	});

	it('shows a score that is recorded after its session completed, and the sessions that git brings', async () => {
		const { session } = await open.repository.start('the cart');
		await git.commit('Add the cart', { 'cart.ts': '1' });
		await open.shows((shown) => commitsOf(shown) === 1);
		await open.repository.end();
		const scoreOf = async (id: string) => (await open.repository.history()).find((row) => row.id === id)?.score;
		assert.equal(await scoreOf(session.id), undefined);
		const score = { session_id: session.id, pr: '0', score: 4.5, timestamp: '2025-11-19T12:00:00Z' };
		await git.write({ 'docs/metrics/reward_scores.json': JSON.stringify({ scores: [score] }) });
		while ((await scoreOf(session.id)) === undefined) await new Promise(setImmediate);
		assert.equal(await scoreOf(session.id), 4.5);
		const archive = 'docs/metrics/auto_pr_sessions.json';
		const theirs = (await readFile(join(git.root, archive), 'utf8')).replaceAll(session.id, 'bob-20251119-1430');
		await git.write({ [archive]: theirs });
		while ((await open.repository.history()).every(({ id }) => id === session.id)) await new Promise(setImmediate);
	});

	it('shows what a terminal or another window did', async () => {
		await git.commit('wip: cart', { 'cart.ts': '1' });
		await open.shows((shown) => commitsOf(shown) === 1);
		const terminal = await Workspace.open(git.root, open.repository.workspace.host);
		await startSession(terminal, 'from the terminal');
		await open.shows((shown) => shown.overview.here?.title === 'from the terminal');
	});

	it('warns of a session that is idle, and a save keeps it going', async () => {
		await open.repository.start();
		open.clock.now += 16 * MINUTE;
		await open.repository.look();
		assert.equal(open.repository.view?.overview.here?.status, 'warning');
		await open.repository.noteSave(join(git.root, 'cart.ts'));
		assert.equal(open.repository.view?.overview.here?.status, 'active');
	});

	it("keeps an agent's session going for the person who says so", async () => {
		await git.commit('Cart', { 'cart.ts': '1' }, { author: { name: 'Cursor Agent', email: 'cursoragent@cursor.com' } });
		await open.shows((shown) => commitsOf(shown) === 1);
		open.clock.now += 16 * MINUTE;
		await open.repository.look();
		await open.repository.keepGoing();
		assert.equal(open.repository.view?.overview.here?.status, 'active');
	});

	it('completes what was left, as of its last activity', async () => {
		await open.repository.start();
		const startedAt = open.clock.now;
		open.clock.now += 9 * 60 * MINUTE;
		await open.repository.look();
		const [completed] = await open.repository.history();
		assert.deepEqual([completed?.trigger, completed?.minutes], ['timeout', 0]);
		assert.equal(completed?.completedAt, startedAt);
	});

	it('discards a session without a record', async () => {
		await open.repository.start();
		await open.repository.discard();
		assert.equal(open.repository.view?.overview.here, undefined);
		assert.deepEqual(await open.repository.history(), []);
	});

	it('says once why nothing can be published without a remote, keeps what waits, and tries again with another configuration', async () => {
		open.repository.dispose();
		open = await openIn(git.root, { publishesByItself: true });
		await git.commit('wip: cart', { 'cart.ts': '1' });
		await open.shows((shown) => commitsOf(shown) === 1);
		const { published } = await open.repository.end();
		await assert.rejects(published!, /has no remote/);
		const view = await open.shows(({ overview }) => overview.queue[0]?.error !== undefined);
		assert.match(view.overview.queue[0]!.error!, /has no remote/);
		await git.git('remote', 'add', 'origin', 'https://gitlab.com/octo/shop.git');
		await open.shows(({ overview }) => /is a GitLab/.test(overview.queue[0]?.error ?? ''));
	});

	it('takes a changed configuration at its save', async () => {
		await git.write({ '.cursor/config/session_config.yaml': 'timeout_minutes: 60\n' });
		await open.repository.noteSave(open.repository.workspace.configurationFile);
		assert.equal(open.repository.view?.rules.timeout, 60 * MINUTE);
	});

	it('tells what is wrong in the configuration, by line and column', async () => {
		await git.write({ '.cursor/config/session_config.yaml': 'timeout_minutes: 500\n' });
		await open.repository.noteSave(open.repository.workspace.configurationFile);
		assert.match(open.repository.view!.problems.map(({ line, column }) => `${line}:${column}`).join(), /^1:18$/);
	});

	it('tells when the repository is gone', async () => {
		await rm(join(git.root, '.git'), { recursive: true });
		while (open.unwatched.length === 0) await new Promise(setImmediate);
		assert.match(open.unwatched[0]!.message, /is gone/);
	});

	it('holds no watch and no timer once it is closed', async () => {
		await open.repository.start();
		open.repository.dispose();
		await rounds(() => false, 60);
		const before = held();
		const other = await openIn(git.root);
		await other.shows((shown) => shown.overview.here !== undefined);
		assert.ok(held() > before);
		other.repository.dispose();
		await rounds(() => held() === before, 600);
		assert.equal(held(), before);
	});
});

function held(): number {
	return process.getActiveResourcesInfo().filter((kind) => /FSEvent|Timeout/.test(kind)).length;
}

/** Waits for what was begun before the end: a backup, say, is still written. */
async function rounds(done: () => boolean, most: number): Promise<void> {
	for (let round = 0; round < most && !done(); round++) await new Promise((resolve) => setTimeout(resolve, 5));
}
