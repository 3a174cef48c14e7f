import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { appendScore, type NewScore, readScoreFile } from './scoreFile.ts';

const ID = 'alice-20251119-1430';
const NOW = Date.UTC(2025, 10, 20, 9);

/** As the older scorer writes it. */
const older = (pr: string, score: number, penalties: number, timestamp: string) => ({
	pr,
	score,
	breakdown: { tests: 1, bug_fix: 0, docs: 0, performance: 0, security: 0, penalties },
	timestamp,
	rubric_version: 'unknown',
	author: null,
	files_changed: 0,
	coverage_delta: null,
	file_scores: {},
});

const newScore = (given: Partial<NewScore> = {}): NewScore => ({
	session: ID,
	pullRequests: [7, 9],
	points: 4.5,
	stabilised: 1.4,
	breakdown: { tests: 3, bug_fix: 1.5, docs: 0, performance: 0, security: 0, penalties: 0 },
	decision: 'APPROVE',
	rubricVersion: 'built-in-1',
	author: 'Alice',
	filesChanged: 1,
	files: [{ path: 'src/a.test.ts', score: 1, breakdown: { tests: 1 }, notes: 'New test files.' }],
	...given,
});

describe('reward_scores.json', () => {
	let root: string;
	let file: string;

	beforeEach(async () => {
		root = await mkdtemp(path.join(tmpdir(), 'auto-pr-scores-'));
		file = path.join(root, 'docs', 'metrics', 'reward_scores.json');
		await mkdir(path.dirname(file), { recursive: true });
	});
	afterEach(() => rm(root, { recursive: true, force: true }));

	const read = async () => JSON.parse(await readFile(file, 'utf8'));
	const write = (value: unknown) => writeFile(file, JSON.stringify(value, undefined, 1));

	it('tells the scores of the older scorer by pull request, and ours by session', async () => {
		assert.deepEqual(await readScoreFile(root), []);
		await write({ version: '1.0', scores: [older('56', -5, -6, '2025-11-18T22:01:50.302871Z'), {}, null] });
		await appendScore(root, newScore(), NOW);
		const [first, second, ...more] = await readScoreFile(root);
		assert.deepEqual(more, []);
		assert.deepEqual(
			[first!.session, first!.pullRequest, first!.points, first!.categories.penalties, first!.at],
			[undefined, 56, -5, -6, Date.UTC(2025, 10, 18, 22, 1, 50, 302)],
		);
		assert.deepEqual([second!.session, second!.pullRequest, second!.points], [ID, 9, 4.5]);
		assert.deepEqual(Object.keys(second!.categories).length, 6, 'the stabilised score is no category');
	});

	it('appends, and keeps all that it does not know, at every level', async () => {
		const before = {
			$schema: 'x',
			version: '1.0',
			last_updated: '2025-11-19T00:00:00Z',
			scores: [{ ...older('56', -5, -6, '2025-11-18T22:01:50Z'), reviewer: 'Bob' }, 'odd'],
			aggregates: { total_prs: 1, weekly_goal: 5 },
			notes: ['kept'],
		};
		await write(before);
		await appendScore(root, newScore({ coverageDelta: 5.5 }), NOW);
		const { last_updated, scores, aggregates, ...rest } = await read();
		assert.deepEqual(rest, { $schema: 'x', version: '1.0', notes: ['kept'] });
		assert.equal(last_updated, '2025-11-20T09:00:00.000Z');
		assert.deepEqual(scores.slice(0, 2), before.scores);
		assert.deepEqual(scores[2], {
			pr: '9',
			score: 4.5,
			breakdown: { ...newScore().breakdown, stabilized_score: 1.4 },
			timestamp: '2025-11-20T09:00:00.000Z',
			rubric_version: 'built-in-1',
			author: 'Alice',
			files_changed: 1,
			coverage_delta: 5.5,
			file_scores: { 'src/a.test.ts': { score: 1, breakdown: { tests: 1 }, notes: 'New test files.' } },
			decision: 'APPROVE',
			session_id: ID,
			pull_requests: ['7', '9'],
		});
		assert.equal(aggregates.weekly_goal, 5);
		assert.match(await readFile(file, 'utf8'), /^\{\n "\$schema"/, 'indented as it was');
	});

	it('makes the aggregates of all scores, as the older scorer counts', async () => {
		await write({
			scores: [
				older('1', -5, -6, '2025-11-18T22:01:50.302871Z'),
				older('2', -2, -4, '2025-11-19T18:16:38.672129Z'),
				older('3', 0.25, -4, '2025-11-19T18:17:05.617424Z'),
				older('4', -0.5, 0, '2025-01-01T00:00:00Z'),
			],
		});
		await appendScore(root, newScore(), NOW);
		const { aggregates } = await read();
		assert.deepEqual([aggregates.total_prs, aggregates.average_score], [5, -0.55]);
		assert.deepEqual(aggregates.score_distribution, { 'negative (<0)': 3, 'low (0-2)': 1, 'medium (3-5)': 1 });
		assert.deepEqual(aggregates.trends, [
			{ period: '2025-W00', average: -0.5, count: 1 },
			{ period: '2025-W46', average: -0.5625, count: 4 },
		]);
		assert.deepEqual(aggregates.category_performance.tests, { average: 1.4, total: 7, count: 5 });
		assert.deepEqual(aggregates.category_performance.penalties, { average: -2.8, total: -14, count: 3 });
		assert.equal(aggregates.category_performance.stabilized_score, undefined);
		assert.deepEqual(
			aggregates.anti_patterns.map(({ pr, penalties }: { pr: string; penalties: number }) => [pr, penalties]),
			[
				['2', -4],
				['1', -6],
			],
		);
	});

	it('has one score of a session, and of a pull request without one', async () => {
		await write({ scores: [older('9', -5, -6, '2025-11-18T22:01:50Z')] });
		const alone = (points: number): NewScore => {
			const { session: _, ...rest } = newScore({ pullRequests: [9], points });
			return rest;
		};
		for (const points of [1, 2]) {
			await appendScore(root, newScore({ points }), NOW);
			await appendScore(root, alone(-points), NOW);
		}
		const scores = await readScoreFile(root);
		assert.deepEqual(
			scores.map(({ session, pullRequest, points }) => [session, pullRequest, points]),
			[
				[undefined, 9, -2],
				[ID, 9, 2],
			],
		);
	});

	it('loses none of those that are written at once, and leaves nothing behind', async () => {
		const ids = Array.from({ length: 12 }, (_, index) => `alice-20251119-14${String(index + 10)}`);
		await Promise.all(ids.map((session) => appendScore(root, newScore({ session }), NOW)));
		assert.deepEqual((await readScoreFile(root)).map(({ session }) => session).sort(), ids);
		assert.deepEqual(await readdir(path.dirname(file)), ['reward_scores.json']);
		assert.deepEqual(await readdir(path.join(root, '.cursor', 'data')), []);
	});

	it('leaves a file as it is that it cannot read, and says where it is damaged', async () => {
		for (const [text, sentence] of [
			['{\n"scores": [', /:2 cannot be read/],
			['', /empty/],
			['[]', /not an object/],
			['{"scores": {}}', /"scores" is not a list/],
			['{\n<<<<<<< ours\n', /merge conflict/],
		] as const) {
			await writeFile(file, text);
			for (const attempt of [() => readScoreFile(root), () => appendScore(root, newScore(), NOW)]) {
				await assert.rejects(attempt, (error: Error) => {
					assert.match(error.message, sentence);
					assert.ok(error.message.includes('reward_scores.json'));
					return true;
				});
			}
			assert.equal(await readFile(file, 'utf8'), text);
		}
	});

	it('writes nothing through a link that leads out of the repository', async function () {
		// There, making a link needs a right that few have.
		if (process.platform === 'win32') this.skip();
		const outside = await mkdtemp(path.join(tmpdir(), 'auto-pr-outside-'));
		try {
			await symlink(path.join(outside, 'scores.json'), file);
			await assert.rejects(appendScore(root, newScore(), NOW), /link/);
			assert.deepEqual(await readdir(outside), []);
		} finally {
			await rm(outside, { recursive: true, force: true });
		}
	});
});
