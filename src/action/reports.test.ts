import assert from 'node:assert/strict';
import { ALICE, BOT, ENDED, ID, START, type Stage, useStage } from '../../test/support/actionStage.ts';
import { readSessionMark } from '../core/trailers.ts';

const RUNNING = `Session-Id: ${ID}`;
const MALLORY = { name: 'Mallory', email: 'm@example.com', at: START };
const FORK = { headOwner: 'mallory', headRepository: 'mallory/demo', author: 'mallory', by: MALLORY };
const ZEROS = '0'.repeat(40);

/** GitHub takes so many characters for a body. */
const LONGEST_BODY = 65_536;

describe('the GitHub Action does not fail as others did', function () {
	this.timeout(300_000);
	let stage: Stage;
	useStage((it) => {
		stage = it;
	});

	const pull = (number: number) => stage.demo().issues.get(number)!;
	const writes = () => stage.server.requests.filter(({ method, status }) => method !== 'GET' && status! < 300);

	describe('danger-js #918: a fork’s token may only read', () => {
		let env: Record<string, string>;

		beforeEach(() => {
			env = { INPUT_TOKEN: stage.server.addReadOnlyToken(BOT) };
		});

		for (const command of ['check', 'score']) {
			it(`and the ${command} of a running session answers all the same`, async () => {
				await stage.open(RUNNING, { headOwner: 'alice', headRepository: 'alice/demo' });
				const { code, outputs, summary } = await stage.act(stage.pullEvent(1, 'opened'), command, env);
				assert.deepEqual([code, outputs['session-id'], outputs['should-score']], [0, ID, 'false']);
				assert.match(summary, /this waits, its session is still running/);
				assert.deepEqual(writes(), []);
			});

			it(`and so does the ${command} when its last pull request is closed`, async () => {
				await stage.open(RUNNING, { headOwner: 'alice', headRepository: 'alice/demo', state: 'closed' });
				const { code, outputs, summary } = await stage.act(stage.pullEvent(1, 'closed'), command, env);
				assert.deepEqual([code, outputs.trigger, outputs['should-score']], [0, 'closed', 'true']);
				assert.match(summary, /- Note: ` The end of the session is not written down: /);
				if (command === 'score') assert.match(summary, /- Score: \*\*-?\d/);
				assert.equal(stage.bodyOf(1), RUNNING);
			});
		}
	});

	describe('renovate #2032: a body has no room for more', () => {
		it('so that it stays as it is, the reason is said, and the session is scored', async () => {
			const body = `${'x'.repeat(LONGEST_BODY - RUNNING.length - 4)}\n\n${RUNNING}`;
			await stage.open(body, { state: 'closed' });
			const { code, outputs, summary } = await stage.act(stage.pullEvent(1, 'closed'));
			assert.deepEqual([code, outputs.trigger], [0, 'closed']);
			assert.match(outputs.score!, /\d/);
			assert.match(summary, /The end of the session is not written down: The pull request's body has 65534 characters/);
			assert.equal(stage.bodyOf(1), body);
		});

		it('and to the last character where there is room', async () => {
			const ending = '\nSession-End: closed 2026-01-01T00:00:00Z';
			const body = `${'x'.repeat(LONGEST_BODY - RUNNING.length - 2 - ending.length)}\n\n${RUNNING}`;
			await stage.open(body, { state: 'closed' });
			await stage.act(stage.pullEvent(1, 'closed'));
			assert.equal(stage.bodyOf(1).length, LONGEST_BODY);
			assert.ok(stage.bodyOf(1).startsWith(body));
		});
	});

	it('graphar #894: it reads the pull request’s own commits, and not the merge that is checked out', async () => {
		await stage.open('Words.');
		const { headSha } = pull(1).pull!;
		const { repository } = stage;
		await repository.git('checkout', '--quiet', '--detach', 'main~1');
		const merge = `Merge ${headSha} into main\n\nready for review\n\nSession-Id: bob-20251119-1400`;
		await repository.git('merge', '--quiet', '--no-ff', '-m', merge, headSha);
		const waiting = await stage.act(stage.pullEvent(1));
		assert.deepEqual([waiting.outputs['session-id'], waiting.outputs['should-score']], [ID, 'false']);
		const { outputs } = await stage.act(stage.commentEvent(1, '/complete-session', 'alice'));
		assert.deepEqual([outputs['session-id'], outputs.head, outputs.files], [ID, headSha, 'src/f0.ts']);
	});

	it('git-ai #2079: a merge commit that is null, or all zeros, is no merge', async () => {
		await stage.open(RUNNING);
		for (const merge_commit_sha of [null, ZEROS]) {
			const event = stage.pullEvent(1) as { pull_request: object };
			const told = { ...event.pull_request, merged: false, merged_at: null, merge_commit_sha };
			const { code, outputs } = await stage.act({ ...event, pull_request: told });
			assert.deepEqual([code, outputs.complete, outputs['should-score']], [0, 'false', 'false']);
		}
	});

	it('entireio/cli #939: a squash that keeps the title only loses no session, since the body names it', async () => {
		const { pull: opened } = await stage.open(RUNNING, { message: 'wip: work', state: 'closed' });
		const { repository } = stage;
		await repository.git('switch', '--quiet', '--detach', opened.baseSha);
		await repository.git('merge', '--quiet', '--squash', opened.headSha);
		await repository.git('commit', '--quiet', '-m', 'wip: work');
		const { code, outputs } = await stage.act(stage.pullEvent(1, 'closed'));
		assert.deepEqual([code, outputs['session-id'], outputs.trigger], [0, ID, 'closed']);
		assert.match(outputs.score!, /\d/);
	});

	it('entireio/cli #2255: who types another’s trailer changes nothing of theirs, and is told', async () => {
		await stage.open(RUNNING);
		await stage.act(stage.pullEvent(1, 'opened'));
		const before = stage.comments().map(({ body }) => body);
		await stage.open(ENDED, FORK);
		for (const action of ['opened', 'edited', 'closed']) {
			const { outputs, summary } = await stage.act(stage.pullEvent(2, action));
			assert.equal(outputs['session-id'], '');
			assert.match(summary, /- Note: ` #2 names session \S+, which counts for nothing: /);
		}
		await stage.act(stage.commentEvent(2, '/complete-session', 'mallory'));
		assert.deepEqual([stage.bodyOf(1), stage.bodyOf(2), pull(2).labels], [RUNNING, ENDED, []]);
		const { outputs } = await stage.act(stage.pullEvent(1));
		assert.deepEqual([outputs['pull-requests'], outputs.complete], ['1', 'false']);
		assert.deepEqual(
			stage.comments().map(({ body }) => body),
			before,
		);
	});

	describe('and trusts nothing that can be typed, whatever the command', () => {
		it('a forged Session-End in the pull request of somebody else who may write', async () => {
			stage.server.setPermission('bob', 'write');
			await stage.open(RUNNING);
			await stage.open(ENDED, { author: 'bob', by: { ...MALLORY, name: 'Bob', email: 'bob@example.com' } });
			const { outputs } = await stage.act(stage.pullEvent(1));
			assert.deepEqual([outputs['pull-requests'], outputs.complete, outputs.score], ['1', 'false', '']);
		});

		it('commits that are all older than the session', async () => {
			const { pull: opened } = await stage.open(ENDED);
			opened.commits[0]!.committer.at = START - 60 * 60_000;
			const { outputs, summary } = await stage.act(stage.pullEvent(1));
			assert.deepEqual([outputs['session-id'], outputs.complete], ['', 'false']);
			assert.match(summary, /all of its commits are older than the session/);
		});

		it('a body of 1 MB, in the event and in the list that a session is found in', async () => {
			await stage.open(RUNNING);
			await stage.open(`${'Session-Id: alice-20251119-1430x\n'.repeat(30_000)}`, { title: 'Large' });
			const { code, outputs } = await stage.act(stage.pullEvent(1));
			assert.deepEqual([code, outputs['pull-requests']], [0, '1']);
			const large = await stage.act(stage.pullEvent(2));
			assert.deepEqual([large.code, large.outputs['session-id']], [0, '']);
		});

		it('ids with a path or markup in them, which reach no file, comment or summary', async () => {
			for (const id of [
				'../../x-20251119-1430',
				'<img src=x>-20251119-1430',
				'a`b-20251119-1430',
				'@octocat-20251119-1430',
			]) {
				const { number } = await stage.open(`Session-Id: ${id}`, { message: `wip: x\n\nSession-Id: ${id}` });
				const { code, outputs, summary } = await stage.act(stage.pullEvent(number));
				assert.deepEqual([code, outputs['session-id']], [0, '']);
				assert.ok(!summary.includes(id), summary);
			}
			assert.deepEqual(stage.comments(), []);
		});

		it('a body that names another session by the time it is written', async () => {
			await stage.open(RUNNING);
			const other = 'Session-Id: alice-20251119-1600';
			let reads = 0;
			const issue = pull(1);
			let { body } = issue;
			Object.defineProperty(issue, 'body', {
				get: () => {
					const single = stage.server.requests.filter(({ path }) => path.endsWith('/pulls/1')).length;
					// As the author left it after the session was judged: the read before the write finds it so.
					if (single >= 3 && reads++ === 0) body = other;
					return body;
				},
				set: (text: string) => {
					body = text;
				},
			});
			const { code } = await stage.act(stage.commentEvent(1, '/complete-session', 'alice'));
			assert.equal(code, 0);
			assert.equal(readSessionMark(stage.bodyOf(1))?.id, 'alice-20251119-1600');
			assert.equal(readSessionMark(stage.bodyOf(1))?.ended, undefined);
		});

		it('a force push between reading and writing, after which the score is of nothing that is there', async () => {
			const { pull: opened } = await stage.open(ENDED);
			const rewritten = await stage.repository.commit(
				`wip: again\n\n${RUNNING}`,
				{ 'src/g.ts': '1\n' },
				{ author: ALICE },
			);
			const { headSha } = opened;
			Object.defineProperty(opened, 'headSha', {
				configurable: true,
				get: () =>
					stage.server.requests.some(({ path, method }) => method === 'POST' && /reactions/.test(path))
						? rewritten
						: headSha,
			});
			const first = await stage.act(stage.pullEvent(1));
			assert.deepEqual([first.code, first.outputs.score], [0, '']);
			Object.defineProperty(opened, 'headSha', { value: rewritten });
			const next = await stage.act(stage.pullEvent(1));
			assert.equal(next.outputs.head, rewritten);
			assert.match(next.outputs.score!, /\d/);
			assert.ok(stage.comments()[0]!.body.includes(`:${rewritten} `));
		});
	});
});
