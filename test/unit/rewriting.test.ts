import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPullRequest } from '../../src/core/check.ts';
import type { Commit } from '../../src/core/commit.ts';
import { identityOf } from '../../src/core/person.ts';
import { Replay } from '../../src/core/replay.ts';
import type { Rules } from '../../src/core/rules.ts';
import type { Session } from '../../src/core/session.ts';
import { type Decision, Tracker } from '../../src/core/tracker.ts';
import { readCommits, readHistory, readTrunk } from '../../src/git/history.ts';
import { locate } from '../../src/git/locate.ts';
import { ALICE, at, makeRules } from '../support/builders.ts';
import { makeRepository, openRepository, type TestRepository } from '../support/repository.ts';

const ID = 'alice-20251119-1430';
const TRAILER = `Session-Id: ${ID}`;

/** What git asks a person for, it gets without one; and what it rewrites, it rewrites later on the same day. */
const UNATTENDED = {
	GIT_EDITOR: 'true',
	GIT_SEQUENCE_EDITOR: 'true',
	GIT_COMMITTER_DATE: `@${at('15:00') / 1000} +0000`,
};

describe('the session of commits that git rewrites', () => {
	let rules: Rules;
	let repository: TestRepository;
	/** Repositories in which the work is done, by its trailer: copying one takes no git process. */
	const templates = new Map<string, TestRepository>();

	before(async () => {
		rules = await makeRules();
		for (const trailer of [TRAILER, '']) {
			repository = await makeRepository();
			await repository.git('config', 'user.name', 'Alice');
			await repository.git('config', 'user.email', 'alice@example.com');
			await repository.commit('Begin', { 'readme.txt': 'a\n' }, { at: at('09:00') });
			await git('switch', '--quiet', '--create', 'login');
			await commit('wip: form', '14:30', trailer);
			await commit('wip: tests', '14:40', trailer);
			await commit('wip: docs', '14:50', trailer);
			templates.set(trailer, repository);
		}
	});
	after(() => Promise.all([...templates.values()].map((template) => template.dispose())));
	afterEach(() => repository.dispose());

	const git = (...args: string[]) => repository.run(args, { env: UNATTENDED });

	/** Commits Alice's work at this time, as a file of its own. */
	const commit = (title: string, clock: string, trailer = TRAILER) =>
		repository.commit(
			trailer ? `${title}\n\n${trailer}\n` : `${title}\n`,
			{ [`${title}.txt`]: `${title}\n` },
			{ at: at(clock) },
		);

	/** Three micro-commits on the branch `login`, with the trailer that the hook writes or without. Returns their names. */
	async function work(trailer = TRAILER): Promise<string[]> {
		const root = await mkdtemp(join(tmpdir(), 'auto-pr-'));
		await cp(templates.get(trailer)!.root, root, { recursive: true });
		repository = openRepository(root);
		return (await git('rev-list', '--reverse', 'main..login')).split('\n');
	}

	/** A person's commit on main after the branch was begun, so that a rebase has something to do. */
	async function moveMain(): Promise<void> {
		await git('switch', '--quiet', 'main');
		await commit('Meanwhile', '14:35', '');
		await git('switch', '--quiet', 'login');
	}

	/** What a replay of the history says: the session of each title, and the sessions. */
	async function replay(where = repository, ...revisions: string[]) {
		const location = await locate(where.root);
		const onTrunk = new Set<string>();
		for await (const shas of readTrunk(location, 'main')) for (const sha of shas) onTrunk.add(sha);
		const sessions: Session[] = [];
		const run = new Replay(rules, (session) => sessions.push(session));
		const found: Record<string, string | undefined> = {};
		const decisions: Decision[] = [];
		for await (const commits of readHistory(location, { revisions })) {
			for (const each of commits) {
				const decision = run.push(each, onTrunk.has(each.sha));
				found[each.message.split('\n')[0]!] = decision.session;
				decisions.push(decision);
			}
		}
		run.finish();
		return { found, decisions, sessions };
	}

	const all = { 'wip: form': ID, 'wip: tests': ID, 'wip: docs': ID };

	for (const [what, trailer] of [
		['with the hook’s trailer', TRAILER],
		['without a trailer', ''],
	] as const) {
		describe(what, () => {
			it('is kept by a rebase', async () => {
				await work(trailer);
				await moveMain();
				await git('rebase', '--quiet', 'main');
				const { found, sessions } = await replay();
				assert.deepEqual(found, { Begin: undefined, Meanwhile: undefined, ...all });
				assert.deepEqual(
					sessions.map(({ id, commits }) => [id, commits.length]),
					[[ID, 3]],
				);
			});

			it('is kept by amend --no-edit, with what was added', async () => {
				await work(trailer);
				await repository.write({ 'more.txt': 'more\n' });
				await git('add', '.');
				await git('commit', '--quiet', '--amend', '--no-edit');
				const { found, sessions } = await replay();
				assert.deepEqual(found, { Begin: undefined, ...all });
				assert.ok(sessions[0]?.files.has('more.txt'));
			});

			it('is found again after amend -m, which drops the trailer: by the parent', async () => {
				await work(trailer);
				await git('commit', '--quiet', '--amend', '-m', 'wip: manual');
				const { found } = await replay();
				assert.deepEqual(found, { Begin: undefined, 'wip: form': ID, 'wip: tests': ID, 'wip: manual': ID });
			});

			it('is kept by a fixup rebase', async () => {
				const [first] = await work(trailer);
				await repository.write({ 'wip: form.txt': 'better\n' });
				await git('commit', '--quiet', '--all', `--fixup=${first}`);
				await git('rebase', '--quiet', '--interactive', '--autosquash', 'main');
				const { found, sessions } = await replay();
				assert.deepEqual(found, { Begin: undefined, ...all });
				assert.equal(sessions.length, 1);
			});

			it('is kept by a squash rebase', async () => {
				const [first] = await work(trailer);
				await repository.write({ 'wip: form.txt': 'better\n' });
				await git('commit', '--quiet', '--all', `--squash=${first}`, '-m', 'and more words');
				await git('rebase', '--quiet', '--interactive', '--autosquash', 'main');
				assert.deepEqual((await replay()).found, { Begin: undefined, ...all });
			});

			it('is kept by pull --rebase', async () => {
				await work(trailer);
				const other = await clone();
				await other.git('switch', '--quiet', 'login');
				await git('switch', '--quiet', 'main');
				await commit('Meanwhile', '14:35', '');
				await other.run(['pull', '--quiet', '--rebase', 'origin', 'main'], { env: UNATTENDED });
				assert.deepEqual((await replay(other)).found, { Begin: undefined, Meanwhile: undefined, ...all });
				await other.dispose();
			});

			it('is kept by a force push, for everybody who fetches', async () => {
				const old = await work(trailer);
				const other = await clone();
				await moveMain();
				await git('rebase', '--quiet', 'main');
				await other.git('fetch', '--quiet', '--force', 'origin', '+login:refs/remotes/origin/login');
				const { found, decisions } = await replay(other, 'origin/login');
				assert.deepEqual(found, { Begin: undefined, Meanwhile: undefined, ...all });
				assert.ok(decisions.every(({ sha }) => !old.includes(sha)));
				await other.dispose();
			});

			it('is kept by a reset: what is gone is gone, and what comes next goes on', async () => {
				await work(trailer);
				await git('reset', '--quiet', '--hard', 'HEAD~2');
				await commit('wip: again', '14:55', trailer);
				const { found, sessions } = await replay();
				assert.deepEqual(found, { Begin: undefined, 'wip: form': ID, 'wip: again': ID });
				assert.deepEqual([...sessions[0]!.files.keys()], ['wip: form.txt', 'wip: again.txt']);
			});

			it('is not taken by a revert, which is a person’s own commit', async () => {
				await work(trailer);
				await git('revert', '--no-edit', 'HEAD');
				const { found, decisions } = await replay();
				assert.deepEqual(found, { Begin: undefined, ...all, 'Revert "wip: docs"': undefined });
				assert.equal(decisions.at(-1)?.rule, 'person');
			});

			it('is kept by a merge, also when the branch is deleted after it', async () => {
				await work(trailer);
				await git('switch', '--quiet', 'main');
				await git('merge', '--quiet', '--no-ff', '-m', 'Merge login', 'login');
				await git('branch', '--quiet', '-D', 'login');
				const { found, sessions } = await replay();
				assert.deepEqual(found, { Begin: undefined, ...all, 'Merge login': undefined });
				assert.equal(sessions.length, 1);
			});
		});
	}

	it('is kept by a cherry-pick onto main, beside the branch', async () => {
		const [, second] = await work();
		await git('switch', '--quiet', 'main');
		await git('cherry-pick', second!);
		const { decisions, sessions } = await replay(repository, 'main', 'login');
		assert.deepEqual(decisions.map(({ session }) => session).filter(Boolean), [ID, ID, ID, ID]);
		assert.deepEqual(
			sessions.map(({ commits }) => commits.length),
			[3],
			'the copy is the same change',
		);
	});

	describe('by a squash', () => {
		/** A squash as a forge commits it. */
		async function land(message: string): Promise<void> {
			await git('switch', '--quiet', 'main');
			await git('merge', '--squash', 'login');
			const env = { ...UNATTENDED, GIT_COMMITTER_NAME: 'GitHub', GIT_COMMITTER_EMAIL: 'noreply@github.com' };
			await repository.run(['commit', '--quiet', '--cleanup=verbatim', '-F', '-'], { input: message, env });
			await git('branch', '--quiet', '-D', 'login');
		}

		it('is found in the indented text that merge --squash leaves, where git reads no trailer', async () => {
			await work();
			await git('switch', '--quiet', 'main');
			await git('merge', '--squash', 'login');
			await git('commit', '--quiet', '--no-edit');
			assert.equal(await git('log', '-1', '--format=%(trailers:key=Session-Id)'), '');
			const { decisions, sessions } = await replay();
			assert.equal(decisions.at(-1)?.session, ID);
			assert.equal(sessions.length, 1);
		});

		it('is found in GitHub’s list of commits above the co-authors, where git reads no trailer', async () => {
			await work();
			const list = ['form', 'tests', 'docs'].map((name) => `* wip: ${name}\n\n${TRAILER}\n\n`).join('');
			await land(`Login (#12)\n\n${list}---------\n\nCo-authored-by: Bob <bob@example.com>\n`);
			assert.equal(await git('log', '-1', '--format=%(trailers:key=Session-Id)'), '');
			assert.equal((await replay()).found['Login (#12)'], ID);
		});

		it('is not in what GitLab leaves, the title; the merge request’s body still names it', async () => {
			await work();
			await land('Login\n');
			const { found } = await replay();
			assert.deepEqual(found, { Begin: undefined, Login: undefined });
			const facts = { title: 'Login', body: `Words\n\n${TRAILER}`, author: ALICE };
			assert.equal(checkPullRequest(facts, rules).session, ID);
		});

		it('is refused where the squash of somebody else names it', async () => {
			await work();
			await git('switch', '--quiet', 'main');
			await repository.commit(
				`Login\n\n${TRAILER}\n`,
				{ 'a.txt': 'a' },
				{ author: { name: 'Bob', email: 'bob@example.com' } },
			);
			const last = (await readCommits(await locate(repository.root), [await git('rev-parse', 'HEAD')]))[0]!;
			const stranger = { ...last, committer: last.author };
			const run = new Replay(rules, () => undefined);
			assert.equal(run.push(stranger, true).session, undefined);
		});
	});

	describe('while it runs', () => {
		/** A tracker whose session has these commits. */
		async function watching(shas: string[]): Promise<{ tracker: Tracker; session: Session }> {
			const tracker = new Tracker(rules);
			for (const each of await readCommits(await locate(repository.root), shas)) observe(tracker, each);
			return { tracker, session: tracker.byId(ID)! };
		}

		function observe(tracker: Tracker, each: Commit, remade = false): void {
			const place = { workingCopy: repository.root };
			tracker.reduce({ type: 'commit', commit: each, at: remade ? at('15:00') : each.authoredAt, place, remade });
		}

		/** The commits of the branch as they now are, told to the tracker as the reflog tells them. */
		async function retell(tracker: Tracker): Promise<string[]> {
			const shas = (await git('rev-list', '--reverse', 'main..login')).split('\n');
			for (const each of await readCommits(await locate(repository.root), shas)) observe(tracker, each, true);
			return shas;
		}

		for (const trailer of [TRAILER, '']) {
			it(`has after a rebase its three commits under their new names${trailer ? '' : ', also without a trailer'}`, async () => {
				const { tracker, session } = await watching(await work(trailer));
				await moveMain();
				await git('rebase', '--quiet', 'main');
				const shas = await retell(tracker);
				assert.deepEqual(
					session.commits.map(({ sha }) => sha),
					shas,
				);
				assert.deepEqual(tracker.open(), [session]);
			});
		}

		it('has after a rebase of commits of one second all of them still', async () => {
			await work();
			await git('reset', '--quiet', '--hard', 'main');
			const made = [await commit('wip: a', '14:30'), await commit('wip: b', '14:30'), await commit('wip: c', '14:30')];
			const { tracker, session } = await watching(made);
			assert.equal(session.commits.length, 3);
			await moveMain();
			await git('rebase', '--quiet', 'main');
			assert.deepEqual(session.commits.map(({ sha }) => sha).length, (await retell(tracker)).length);
			assert.deepEqual(
				session.commits.map(({ sha }) => sha),
				await retell(tracker),
			);
		});

		it('has after an amend the commit under its new name, and is still Alice’s', async () => {
			const { tracker, session } = await watching(await work());
			const from = await git('rev-parse', 'HEAD');
			await git('commit', '--quiet', '--amend', '--no-edit', '--date=2025-11-19T14:50:30Z');
			const to = await git('rev-parse', 'HEAD');
			tracker.reduce({ type: 'rewrite', from, to });
			await retell(tracker);
			assert.equal(session.commits.length, 3);
			assert.equal(session.commits.at(-1)?.sha, to);
			assert.equal(session.identity, identityOf(ALICE));
		});
	});

	/** A clone in a folder of its own. */
	async function clone(): Promise<TestRepository> {
		const root = await mkdtemp(join(tmpdir(), 'auto-pr-clone-'));
		await repository.run(['clone', '--quiet', '--', repository.root, root]);
		const other = openRepository(root);
		await other.git('branch', '--quiet', '--track', 'main', 'origin/main');
		await other.git('config', 'user.name', 'Alice');
		await other.git('config', 'user.email', 'alice@example.com');
		return { ...other, dispose: () => rm(root, { recursive: true, force: true, maxRetries: 5 }) };
	}
});
