import assert from 'node:assert/strict';
import type { GitHubServer } from '../../test/github-server/server.ts';
import { ALICE, ENDED, examplesOf, ID, START, type Stage, useStage } from '../../test/support/actionStage.ts';
import { readSessionMark } from '../core/trailers.ts';

describe('the GitHub Action and a whole session', function () {
	this.timeout(300_000);
	let stage: Stage;
	let server: GitHubServer;
	useStage((it) => {
		stage = it;
		({ server } = it);
	});

	const demo = () => stage.demo();
	const comments = () => stage.comments();
	const bodyOf = (number: number) => stage.bodyOf(number);
	const open: Stage['open'] = (...given) => stage.open(...given);
	const act: Stage['act'] = (...given) => stage.act(...given);
	const pullEvent: Stage['pullEvent'] = (...given) => stage.pullEvent(...given);
	const commentEvent: Stage['commentEvent'] = (...given) => stage.commentEvent(...given);

	it('keeps one comment, from the first pull request to the score', async () => {
		await open(`Session-Id: ${ID}`);
		const waiting = await act(pullEvent(1, 'opened'));
		assert.deepEqual([waiting.code, waiting.outputs['should-score']], [0, 'false']);
		assert.match(comments()[0]!.body, /still running/);
		await open(ENDED);
		const { code, outputs } = await act(pullEvent(2, 'edited'));
		assert.deepEqual([code, outputs['pull-requests'], outputs.complete], [0, '1 2', 'true']);
		assert.equal(comments().length, 1);
		assert.equal(comments()[0]!.issue, 1);
		assert.ok(comments()[0]!.body.includes(`**Score ${outputs.score}**`));
		assert.deepEqual(comments()[0]!.reactions, []);
	});

	it('ends with exactly one score and one comment when 20 runs start at once', async () => {
		await open(`Session-Id: ${ID}`);
		await open(ENDED);
		const events = Array.from({ length: 20 }, (_, index) => act(pullEvent(1 + (index % 2))));
		const results = await Promise.all(events);
		assert.deepEqual(new Set(results.map(({ code }) => code)), new Set([0]));
		assert.equal(results.filter(({ log }) => /^Score: /m.test(log)).length, 1);
		assert.equal(new Set(results.map(({ outputs }) => outputs.score)).size, 1);
		assert.equal(comments().length, 1);
		assert.match(comments()[0]!.body, /\*\*Score /);
		const writes = server.requests.filter(({ method, path }) => method === 'PATCH' && /comments/.test(path));
		assert.equal(writes.length, 1);
		assert.deepEqual(comments()[0]!.reactions, []);
	});

	it('tells the check what is scored already, so that a job of the team runs once', async () => {
		await open(ENDED);
		const before = await act(pullEvent(1), 'check');
		assert.deepEqual([before.outputs['should-score'], before.outputs.files], ['true', 'src/f0.ts']);
		await act(pullEvent(1));
		const { outputs } = await act(pullEvent(1), 'check');
		assert.equal(outputs['should-score'], 'false');
		assert.match(outputs.score!, /^-?\d+\.\d$/);
	});

	it('takes nobody for itself who types its mark', async () => {
		await open(ENDED);
		server.addComment(1, `<!-- auto-pr-session ${ID} scored 1@1:${'a'.repeat(40)} 9.9 -->`, 'mallory');
		const { outputs } = await act(pullEvent(1));
		assert.notEqual(outputs.score, '9.9');
		assert.equal(comments().length, 2);
	});

	it('tells two authors, three sessions, fourteen pull requests, a fork and a forger apart', async () => {
		const BOB = { name: 'Bob', email: 'bob@example.com', at: START };
		const MALLORY = { name: 'Mallory', email: 'm@example.com', at: START };
		const [first, second, bobs] = [ID, 'alice-20251119-1431', 'bob-20251119-1430'] as const;
		const of = (id: string) => ({ message: `wip: x\n\nSession-Id: ${id}` });
		for (let round = 0; round < 4; round++) {
			await open(`Session-Id: ${first}`, of(first));
			await open(`Session-Id: ${second}`, of(second));
			await open(`Session-Id: ${bobs}`, {
				...of(bobs),
				by: BOB,
				author: 'bob',
				...(round === 3 && { headOwner: 'bob', headRepository: 'bob/demo' }),
			});
		}
		await open('Fixes the login.', { title: 'Fix the login', message: 'Fix the login', by: BOB, author: 'bob' });
		const forged = { by: MALLORY, author: 'mallory', headOwner: 'mallory', headRepository: 'mallory/demo' };
		await open(`Session-Id: ${bobs}\nSession-End: explicit 2025-11-19T15:12:00Z`, { ...of(bobs), ...forged });
		assert.equal(demo().issues.size, 14);

		const waiting = await Promise.all(Array.from({ length: 12 }, (_, index) => act(pullEvent(index + 1))));
		assert.deepEqual(new Set(waiting.map(({ outputs }) => outputs['should-score'])), new Set(['false']));
		assert.deepEqual(
			comments()
				.map(({ issue }) => issue)
				.sort(),
			[1, 2, 3],
		);
		const person = await act(pullEvent(13));
		assert.deepEqual([person.outputs['session-id'], person.outputs['should-score']], ['', 'true']);
		assert.match(person.outputs.score!, /\d/);
		assert.equal((await act(pullEvent(14))).outputs['session-id'], '');

		const ended = [
			await act(commentEvent(4, '/complete-session', 'alice')),
			await act(commentEvent(2, '/complete-session', 'alice')),
			await act(commentEvent(12, '/complete-session', 'bob')),
		];
		assert.deepEqual(
			ended.map(({ outputs }) => [outputs['session-id'], outputs['pull-requests']]),
			[
				[first, '1 4 7 10'],
				[second, '2 5 8 11'],
				[bobs, '3 6 9 12'],
			],
		);
		assert.deepEqual(
			comments()
				.map(({ issue }) => issue)
				.sort(),
			[1, 2, 3],
		);
		for (const { body } of comments()) assert.match(body, /\*\*Score /);
		assert.equal(readSessionMark(bodyOf(14))?.ended?.at, Date.UTC(2025, 10, 19, 15, 12));
	});

	describe('completes it', () => {
		it("by /complete-session of the pull request's author or somebody who may write", async () => {
			for (const [number, login] of [
				[1, 'alice'],
				[2, 'bob'],
			] as const) {
				const id = `alice-20251119-143${number}`;
				const message = `wip: x\n\nSession-Id: ${id}`;
				await open(`Session-Id: ${id}`, { message, by: { ...ALICE, at: START + 300_000 } });
				server.setPermission('bob', 'write');
				const { code, outputs } = await act(commentEvent(number, 'Thanks.\n/complete-session\n', login));
				assert.deepEqual([code, outputs['session-id'], outputs.trigger], [0, id, 'explicit']);
				assert.equal(readSessionMark(bodyOf(number))?.ended?.trigger, 'explicit');
				assert.match(outputs.score!, /\d/);
			}
		});

		it('not by anybody else, and not by a comment about it', async () => {
			await open(`Session-Id: ${ID}`);
			for (const [body, login] of [
				['/complete-session', 'mallory'],
				['please /complete-session', 'alice'],
				['> /complete-session', 'alice'],
			] as const) {
				const { code, outputs } = await act(commentEvent(1, body, login));
				assert.deepEqual([code, outputs['should-score']], [0, 'false']);
				assert.equal(bodyOf(1), `Session-Id: ${ID}`);
			}
		});

		it('when its last open pull request is closed', async () => {
			await open(`Session-Id: ${ID}`);
			const two = await open(`Session-Id: ${ID}`);
			two.state = 'closed';
			const still = await act(pullEvent(2, 'closed'));
			assert.equal(still.outputs['should-score'], 'false');
			demo().issues.get(1)!.state = 'closed';
			const { outputs } = await act(pullEvent(1, 'closed'));
			assert.deepEqual([outputs['should-score'], outputs.trigger], ['true', 'closed']);
			assert.equal(readSessionMark(bodyOf(2))?.ended?.trigger, 'closed');
		});

		it('by the schedule, where nothing happened for longer than the timeout of the base branch', async () => {
			demo().files.set('main:.cursor/config/session_config.yaml', 'timeout_minutes: 60\n');
			const hour = 3_600_000;
			await open(`Session-Id: ${ID}`, { updatedAt: Date.now() - 2 * hour });
			const running = 'alice-20251119-1520';
			const message = `wip: x\n\nSession-Id: ${running}`;
			await open(`Session-Id: ${running}`, { message, updatedAt: Date.now() - hour / 2 });
			demo().issues.get(2)!.pull!.commits[0]!.committer.at = START + hour;
			const { code, outputs } = await act({ schedule: '*/15 * * * *' });
			assert.deepEqual([code, outputs['session-id'], outputs.trigger], [0, ID, 'orphaned']);
			assert.equal(readSessionMark(bodyOf(1))?.ended?.trigger, 'orphaned');
			assert.equal(bodyOf(2), `Session-Id: ${running}`);
			const again = await act({ schedule: '*/15 * * * *' });
			assert.deepEqual([again.code, again.outputs['session-id']], [0, '']);
		});

		it('by hand, by its id or one of its pull requests', async () => {
			await open(`Session-Id: ${ID}`);
			const [example] = examplesOf('workflow_dispatch');
			const { outputs } = await act({ ...example, inputs: { session: ID, 'pull-request': '' } });
			assert.deepEqual([outputs['session-id'], outputs.trigger], [ID, 'explicit']);
			const same = await act({ ...example, inputs: { session: '', 'pull-request': '1' } });
			assert.deepEqual([same.outputs['session-id'], same.outputs.score], [ID, outputs.score]);
			for (const inputs of [{ session: '../x' }, { 'pull-request': '1;ls' }, {}]) {
				const { code, log } = await act({ ...example, inputs });
				assert.equal(code, 1);
				assert.match(log, /^::error::/m);
			}
		});
	});

	describe('trusts nothing that can be typed', () => {
		const MALLORY = { name: 'Mallory', email: 'm@example.com', at: START };
		const fork = { headOwner: 'mallory', headRepository: 'mallory/demo', author: 'mallory' };

		it("refuses another author's trailer, and the ending below it", async () => {
			await open(`Session-Id: ${ID}`);
			await open(ENDED, { ...fork, by: MALLORY });
			const { outputs, summary, log } = await act(pullEvent(2, 'opened'));
			assert.deepEqual([outputs['session-id'], outputs.complete], ['', 'false']);
			assert.match(summary, /- Note: ` #2 names session alice-20251119-1430, which counts for nothing: /);
			assert.match(log, /^::warning::#2 names session/m);
			const alice = await act(pullEvent(1));
			assert.deepEqual([alice.outputs['should-score'], alice.outputs['pull-requests']], ['false', '1']);
		});

		it("refuses commits that were made in the author's name, once the author is known", async () => {
			await open(`Session-Id: ${ID}`);
			const two = await open(ENDED, { ...fork, headOwner: 'octo', headRepository: 'octo/demo' });
			two.pull.commits[0]!.login = 'mallory';
			const { outputs } = await act(pullEvent(2, 'opened'));
			assert.equal(outputs['session-id'], '');
		});

		it('refuses commits that are not of the session', async () => {
			await open(ENDED, { message: 'wip: y\n\nSession-Id: alice-20251119-1500' });
			const { outputs, log } = await act(pullEvent(1));
			assert.match(log, /its commits name another session/);
			assert.equal(outputs.complete, 'false');
		});

		it('takes no ending before the session, or in the future', async () => {
			for (const time of ['2025-11-19T14:00:00Z', '2999-01-01T00:00:00Z']) {
				const { number } = await open(`Session-Id: ${ID}\nSession-End: timeout ${time}`);
				const { outputs } = await act(pullEvent(number), 'check');
				assert.deepEqual([outputs['session-id'], outputs.complete], [ID, 'false']);
			}
		});

		it('reads a body of 1 MB, and ids with a path or markup in them, as no session', async () => {
			await open('x');
			for (const body of [
				`${'Session-Id: ../../etc\n'.repeat(50_000)}`,
				'Session-Id: <b>x</b>-20251119-1430',
				'`'.repeat(1e6),
			]) {
				const { code, outputs } = await act(pullEvent(1, 'edited', { body, title: 'Add x' }), 'check');
				assert.equal(code, 0);
				assert.doesNotMatch(outputs['session-id']!, /[./<]/);
			}
		});

		it('scores where the head branch, or the fork, was deleted', async () => {
			const { pull } = await open(ENDED, { headOwner: null, headRepository: null });
			const { code, outputs } = await act(pullEvent(1, 'closed'));
			assert.equal(code, 0);
			assert.match(outputs.score!, /\d/);
			assert.equal(outputs.head, pull.headSha);
		});

		it('throws a score away where somebody pushed meanwhile', async () => {
			const { pull } = await open(ENDED);
			const moved = 'c'.repeat(40);
			const { headSha } = pull;
			// The head as it is at the first look, and another from the second on.
			Object.defineProperty(pull, 'headSha', {
				get: () => {
					const looks = server.requests.filter(
						({ path, method }) => method === 'POST' && /reactions/.test(path),
					).length;
					return looks > 0 ? moved : headSha;
				},
			});
			const { code, outputs, log } = await act(pullEvent(1));
			assert.deepEqual([code, outputs.score], [0, '']);
			assert.match(log, /Somebody pushed while it was scored/);
			assert.doesNotMatch(comments()[0]!.body, /\*\*Score /);
			assert.deepEqual(comments()[0]!.reactions, []);
		});

		it('answers a fork with a token that may only read, in the outputs and the summary', async () => {
			await open(ENDED, { headOwner: 'alice', headRepository: 'alice/demo' });
			server.failNext({ match: /^POST .*comments$/, status: 403 });
			const { code, outputs, summary } = await act(pullEvent(1));
			assert.equal(code, 0);
			assert.match(outputs.score!, /\d/);
			assert.match(summary, /- Score: \*\*.*\n[\s\S]*- Note: ` The session's comment is not kept/);
			assert.deepEqual(comments(), []);
		});
	});
});
