import assert from 'node:assert/strict';
import path from 'node:path';
import { ALICE, ENDED, ID, START, type Stage, useStage } from '../../test/support/actionStage.ts';

const DAY = 24 * 60 * 60_000;
const RUNNING = `Session-Id: ${ID}`;

/** Of a session that has run for 120 days. */
const LONG_ID = `alice-${new Date(Date.now() - 120 * DAY).toISOString().slice(0, 10).replaceAll('-', '')}-1200`;
const LONG = `Session-Id: ${LONG_ID}`;

describe('the GitHub Action and the pull requests of a session', function () {
	this.timeout(300_000);
	let stage: Stage;
	useStage((it) => {
		stage = it;
	});

	/** How many requests some work sends. */
	async function counted<T>(work: () => Promise<T>): Promise<T & { requests: number }> {
		const before = stage.server.requests.length;
		const result = await work();
		return { ...result, requests: stage.server.requests.length - before };
	}

	/** A pull request of the long session; its commit is of yesterday. */
	async function openLong(given: Parameters<Stage['open']>[1] = {}, body = LONG) {
		const pullRequest = await stage.open(body, { message: `wip: x\n\n${LONG}\n`, ...given });
		pullRequest.pull.commits[0]!.committer = { ...ALICE, at: Date.now() - DAY };
		return pullRequest;
	}

	/** Commits on a branch of their own, all at once: git takes them as a stream. */
	async function commitMany(count: number): Promise<string[]> {
		const { repository } = stage;
		const base = await repository.git('rev-parse', 'HEAD');
		const commits = Array.from({ length: count }, (_, index) => {
			const message = `wip: part ${index}\n\n${RUNNING}\n`;
			const who = `Alice <alice@example.com> ${START / 1000 + index} +0000`;
			const parent = index === 0 ? [`from ${base}`] : [];
			return [
				'commit refs/heads/work',
				`author ${who}`,
				`committer ${who}`,
				`data ${Buffer.byteLength(message)}`,
				`${message}${parent.join('')}`,
				`M 100644 inline src/f${index}.ts`,
				'data 2',
				'1\n',
			].join('\n');
		});
		await repository.run(['fast-import', '--quiet'], { input: `${commits.join('\n')}\n` });
		return (await repository.git('rev-list', '--reverse', `${base}..work`)).split('\n');
	}

	/** Puts the commits where GitHub keeps those of pull requests, and nowhere else. */
	async function keepAsPulls(shas: readonly string[]): Promise<void> {
		const { repository, folder } = stage;
		const origin = path.join(folder, 'origin.git');
		await repository.git('clone', '--quiet', '--bare', repository.root, origin);
		const refs = shas.map((sha, index) => `create refs/pull/${index + 1}/head ${sha}\n`);
		await repository.run(['-C', origin, 'update-ref', '--stdin'], { input: refs.join('') });
		await repository.git('branch', '--quiet', '-D', 'work');
		await repository.git('remote', 'add', 'origin', origin);
	}

	it('has one score and one comment for 1,000 of them, by few requests', async () => {
		const shas = await commitMany(1000);
		const base = await stage.repository.git('rev-parse', 'HEAD');
		for (const [index, sha] of shas.entries()) {
			const at = START + index * 1000;
			const old = index % 2 === 0;
			stage.server.addPullRequest({
				title: `wip: part ${index}`,
				body: index === 999 ? ENDED : RUNNING,
				headRef: `part-${index}`,
				baseSha: base,
				labels: ['auto-pr'],
				state: old ? 'closed' : 'open',
				updatedAt: old ? START : Date.now(),
				commits: [
					{ sha, parents: [base], message: RUNNING, author: ALICE, committer: { ...ALICE, at }, login: 'alice' },
				],
			});
		}
		await keepAsPulls(shas);

		const scored = await counted(() => stage.act(stage.pullEvent(1000, 'edited')));
		assert.equal(scored.code, 0, scored.log);
		assert.deepEqual(
			scored.outputs['pull-requests']!.split(' ').map(Number),
			shas.map((_, index) => index + 1),
		);
		assert.match(scored.outputs.score!, /^-?\d+\.\d$/);
		assert.equal(scored.outputs.files!.split('\n').length, 1000);
		assert.doesNotMatch(scored.log, /in the session's place|Scored with the commits that the checkout has/);
		assert.ok(scored.requests <= 50, `${scored.requests} requests`);
		const again = await counted(() => stage.act(stage.pullEvent(500)));
		assert.deepEqual([again.code, again.outputs.score], [0, scored.outputs.score]);
		assert.ok(again.requests <= 50, `${again.requests} requests`);
		const checked = await counted(() => stage.act(stage.pullEvent(1), 'check'));
		assert.deepEqual([checked.code, checked.outputs['should-score']], [0, 'false']);
		assert.match(checked.log, /^The files are not listed: the session has more than 100 pull requests\.$/m);
		assert.ok(checked.requests <= 50, `${checked.requests} requests`);

		assert.equal(stage.comments().length, 1);
		const { body, issue } = stage.comments()[0]!;
		assert.equal(issue, 1);
		assert.match(body, /#1, #2, .*and 950 more/);
		assert.match(body, new RegExp(`\\*\\*Score ${scored.outputs.score}\\*\\*`));
	});

	it('scores the commits of all of them, also of what is not merged yet, and none twice that was squashed', async () => {
		const { repository, server, folder } = stage;
		const base = await repository.git('rev-parse', 'HEAD');
		const bodies = [RUNNING, ENDED];
		for (const [index, body] of bodies.entries()) {
			await repository.git('switch', '--quiet', '-c', `topic-${index}`, 'main');
			const message = `wip: part ${index}\n\n${RUNNING}\n`;
			const file = `src/f${index}.ts`;
			const sha = await repository.commit(message, { [file]: '1\n2\n' }, { author: ALICE, at: START + 60_000 });
			const committer = { ...ALICE, at: START + 60_000 };
			const commits = [{ sha, parents: [base], message, author: ALICE, committer, login: 'alice' }];
			server.addPullRequest({ title: 'wip: x', body, commits, baseSha: base, headRef: `topic-${index}` });
		}
		const heads = await Promise.all(bodies.map((_, index) => repository.git('rev-parse', `topic-${index}`)));
		await repository.git('switch', '--quiet', 'main');
		await repository.git('merge', '--quiet', '--squash', 'topic-0');
		await repository.commit(
			`wip: part 0 (#1)\n\n* wip: part 0\n\n${RUNNING}\n`,
			{},
			{ author: ALICE, at: START + 120_000 },
		);
		const origin = path.join(folder, 'origin.git');
		await repository.git('clone', '--quiet', '--bare', repository.root, origin);
		for (const [index, sha] of heads.entries()) {
			await repository.run(['-C', origin, 'update-ref', `refs/pull/${index + 1}/head`, sha]);
			await repository.git('branch', '--quiet', '-D', `topic-${index}`);
		}
		await repository.git('remote', 'add', 'origin', origin);
		const { code, outputs, log } = await stage.act(stage.pullEvent(2, 'edited'));
		assert.deepEqual([code, outputs.files], [0, 'src/f0.ts\nsrc/f1.ts'], log);
		assert.match(stage.comments()[0]!.body, /In proportion to its 2 files/);
		assert.doesNotMatch(log, /in the session's place/);
	});

	it('loses none of a session that runs for longer than 90 days: it is open or has the label', async () => {
		const old = { updatedAt: Date.now() - 100 * DAY };
		await openLong({ ...old, state: 'closed', labels: ['auto-pr'] });
		await openLong(old);
		await openLong();
		const { code, outputs } = await stage.act(stage.pullEvent(3), 'check');
		assert.deepEqual([code, outputs['pull-requests'], outputs['should-score']], [0, '1 2 3', 'false']);
	});

	it('takes no pull request for its own by the label alone, or by the label and a stranger', async () => {
		const mallory = { name: 'Mallory', email: 'm@example.com', at: START };
		await openLong();
		await openLong({ labels: ['auto-pr'], message: 'Fix it' }, 'Fixes it.');
		await openLong({ labels: ['auto-pr'], by: mallory, author: 'mallory' });
		const { outputs } = await stage.act(stage.pullEvent(1), 'check');
		assert.equal(outputs['pull-requests'], '1');
	});

	it('reads no past of 10 years for a session that claims to be that old', async () => {
		const ancient = 'Session-Id: alice-20150101-1200';
		stage.server.addPullRequest({ title: 'Old', body: ancient, state: 'closed', updatedAt: Date.UTC(2016, 0, 1) });
		await stage.open(ancient, { message: `wip: x\n\n${ancient}\n` });
		const { outputs } = await stage.act(stage.pullEvent(2), 'check');
		assert.equal(outputs['pull-requests'], '2');
		const since = stage.server.requests.map(({ query }) => query.since).filter((time) => time !== undefined);
		assert.ok(since.length > 0 && since.every((time) => Date.parse(time) > Date.now() - 91 * DAY));
	});

	describe('marks them', () => {
		it('with the label, once, and with the trailer where only their commits name the session', async () => {
			await stage.open('Words.');
			await stage.open('More words.');
			await stage.act(stage.pullEvent(1, 'opened'));
			assert.deepEqual(stage.demo().issues.get(1)!.labels, ['auto-pr']);
			assert.equal(stage.bodyOf(1), `Words.\n\n${RUNNING}`);
			const second = await stage.act(stage.pullEvent(2, 'opened'));
			assert.equal(second.outputs['pull-requests'], '1 2');
			assert.deepEqual(
				stage.comments().map(({ issue }) => issue),
				[1],
			);
			await stage.act(stage.pullEvent(1));
			const labelled = stage.server.requests.filter(({ path }) => path.endsWith('/labels'));
			assert.equal(labelled.length, 2);
		});

		it('not where they are another author’s or a person’s, and never by the check', async () => {
			const mallory = { name: 'Mallory', email: 'm@example.com', at: START };
			await stage.open(RUNNING, {
				by: mallory,
				author: 'mallory',
				headOwner: 'mallory',
				headRepository: 'mallory/demo',
			});
			await stage.open('Fixes it.', { title: 'Fix it', message: 'Fix it' });
			await stage.open(RUNNING);
			await stage.act(stage.pullEvent(1));
			await stage.act(stage.pullEvent(2));
			await stage.act(stage.pullEvent(3), 'check');
			for (const { labels } of stage.demo().issues.values()) assert.deepEqual(labels, []);
		});

		it('and does without where the token may not', async () => {
			await stage.open(ENDED);
			stage.server.failNext({ match: /^POST .*labels$/, status: 403 });
			const { code, log, outputs } = await stage.act(stage.pullEvent(1));
			assert.equal(code, 0);
			assert.match(outputs.score!, /\d/);
			assert.match(log, /^#1 is not marked as its session's: /m);
			assert.equal(stage.comments().length, 1);
		});
	});

	it('lists once for all the sessions that the schedule completes, 20 at a time', async () => {
		for (let index = 0; index < 25; index++) {
			const id = `alice-20251119-15${String(index).padStart(2, '0')}`;
			const pullRequest = await stage.open(`Session-Id: ${id}`, {
				message: `wip: x\n\nSession-Id: ${id}\n`,
				updatedAt: Date.now() - 200 * DAY,
			});
			pullRequest.pull.commits[0]!.committer = { ...ALICE, at: START + 2 * 60 * 60_000 };
		}
		const lists = () => stage.server.requests.filter(({ path }) => /\/(issues|pulls)$/.test(path)).length;
		const first = await stage.act({ schedule: '7,37 * * * *' }, 'check');
		assert.deepEqual([first.code, first.outputs['session-id']!.split(' ').length], [0, 20]);
		assert.ok(lists() <= 4, `${lists()} lists`);
		const rest = await stage.act({ schedule: '7,37 * * * *' }, 'check');
		assert.deepEqual([rest.code, rest.outputs['session-id']!.split(' ').length], [0, 5]);
	});
});
