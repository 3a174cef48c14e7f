import assert from 'node:assert/strict';
import { isState } from '../dashboard/protocol.ts';
import { dashboardState } from './dashboardState.ts';
import { makeCommits, makeReady, makeSession, START } from './testing.ts';

const files = new Map([
	['src/a.ts', 'M'],
	['src/a.test.ts', 'A'],
	['README.md', 'M'],
] as const);

describe('what the dashboard is told', () => {
	it('is a state that it takes, whatever the stage', async () => {
		const here = makeSession({ commits: makeCommits(3), files });
		const states = [
			dashboardState({ stage: 'loading' }),
			dashboardState({ stage: 'no repository', hasFolder: false }),
			dashboardState({ stage: 'failed', sentence: 'git was not found.' }),
			dashboardState({ stage: 'restricted', name: 'shop' }),
			dashboardState(await makeReady({ here, others: [makeSession()] })),
		];
		assert.deepEqual(
			states.map((state) => isState(JSON.parse(JSON.stringify(state)))),
			[true, true, true, true, true],
		);
	});

	it('counts the files, tests and documents of the running session', async () => {
		const state = dashboardState(await makeReady({ here: makeSession({ files, commits: makeCommits(3) }) }));
		assert.ok(state.stage === 'ready' && state.here);
		const { commits, files: count, tests, docs } = state.here;
		assert.deepEqual([commits, count, tests, docs], [3, 3, 1, 1]);
	});

	it('tells what would complete the running session', async () => {
		const state = dashboardState(await makeReady({ here: makeSession({ commits: makeCommits(1) }) }));
		assert.ok(state.stage === 'ready');
		assert.equal(state.here?.completes, 'after 30 min without activity; by a commit whose title says so; by hand');
	});

	it('names the place of what is wrong in the configuration, apart from what befell the files', async () => {
		const problems = [{ line: 1, column: 18, message: 'timeout_minutes is too small.' }];
		const state = dashboardState(await makeReady({ notices: ['A file was set aside.'] }, { problems }));
		assert.ok(state.stage === 'ready');
		assert.deepEqual(state.notices, ['A file was set aside.']);
		assert.deepEqual(state.problems, ['.cursor/config/session_config.yaml:1:18: timeout_minutes is too small.']);
	});

	it('tells of what waits only once a session is over', async () => {
		const running = { session: 'a-20251119-1430', branches: [], startedAt: START, since: START, attempts: 1 };
		const over = { ...running, session: 'b-20251119-1430', ending: { trigger: 'timeout' as const, at: START } };
		const state = dashboardState(await makeReady({ queue: [running, { ...over, error: 'Offline.' }] }));
		assert.ok(state.stage === 'ready');
		assert.deepEqual(state.waiting, [{ session: 'b-20251119-1430', why: 'Offline.' }]);
	});
});
