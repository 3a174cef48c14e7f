import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { completedSession } from '../core/completedSession.ts';
import { aCompletedSession } from '../store/testSessions.ts';
import { readAnalytics } from './analytics.ts';
import { readRecordedScores } from './recordedScores.ts';
import { Workspace } from './workspace.ts';

const FILE = 'docs/metrics/reward_scores.json';
const say = () => {};

describe('the scores that a team has kept', () => {
	let repository: TestRepository;
	let workspace: Workspace;
	let said: string[];

	beforeEach(async () => {
		repository = await makeRepository();
		said = [];
		workspace = await Workspace.open(repository.root, {
			now: Date.now,
			log: { info: say, warn: (sentence) => said.push(sentence), error: say },
			token: async () => undefined,
		});
	});
	afterEach(() => repository.dispose());

	const session = (id: string, pullRequests: number[]) => completedSession(aCompletedSession({ id, pullRequests }));

	it("are a session's own, else the newest of its pull requests'", async () => {
		await repository.write({
			[FILE]: JSON.stringify({
				scores: [
					{ pr: '1', score: -5, timestamp: '2025-11-19T12:00:00.123456Z', breakdown: { tests: 1, penalties: -6 } },
					{ pr: '2', score: -9, timestamp: '2025-11-18T12:00:00.123456Z' },
					{ pr: 3, score: 2, timestamp: '2025-11-18T12:00:00' },
					{ pr: '3', score: 8, timestamp: '2025-11-18T12:00:00Z', session_id: 'alice-20251119-1432' },
				],
			}),
		});
		const sessions = [
			session('alice-20251119-1430', [1, 2]),
			session('alice-20251119-1431', [3]),
			session('alice-20251119-1432', [1]),
			session('alice-20251119-1433', [4]),
		];
		const scores = await readRecordedScores(workspace, sessions);
		assert.deepEqual(
			[...scores],
			[
				['alice-20251119-1430', { points: -5, categories: { tests: 1, penalties: -6 } }],
				['alice-20251119-1431', { points: 2 }],
				['alice-20251119-1432', { points: 8 }],
			],
		);
	});

	it('stand in the figures of the completed sessions', async () => {
		await workspace.store.archive([session('alice-20251119-1430', [12])]);
		assert.equal((await readAnalytics(workspace)).rows[0]!.score, undefined);
		await repository.write({
			[FILE]: JSON.stringify({ scores: [{ pr: '12', score: 1.25, breakdown: { tests: 1, stabilized_score: 1.4 } }] }),
		});
		const [row] = (await readAnalytics(workspace)).rows;
		assert.deepEqual([row!.score, row!.categories], [1.25, { tests: 1 }]);
	});

	it('are none where the file cannot be read, which is said once', async () => {
		await repository.write({ [FILE]: '{"scores": [' });
		await workspace.store.archive([session('alice-20251119-1430', [12])]);
		assert.equal((await readAnalytics(workspace)).rows.length, 1);
		assert.equal(said.length, 1);
		assert.match(said[0]!, /reward_scores\.json/);
	});
});
