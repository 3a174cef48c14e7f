import assert from 'node:assert/strict';
import { menuChoices } from './menu.ts';
import type { Standing } from './standing.ts';
import { MINUTE, makeCommits, makeReady, makeSession, START } from './testing.ts';

const actionsOf = (standing: Standing) => menuChoices(standing, START + 12 * MINUTE).map(({ action }) => action);

describe('the menu', () => {
	it('offers to start where no session runs, and nothing that needs one', async () => {
		assert.deepEqual(actionsOf(await makeReady()), ['start', 'openDashboard', 'setUp', 'showLog']);
	});

	it('offers to end, discard and publish a running session', async () => {
		const here = makeSession({ commits: makeCommits(3) });
		const choices = menuChoices(await makeReady({ here }), START + 12 * MINUTE);
		assert.deepEqual(
			choices.map(({ action }) => action),
			['end', 'discard', 'publish', 'openDashboard', 'setUp', 'showLog'],
		);
		assert.equal(choices[0]?.description, 'alice-20251119-1430 · 3 commits · 12 min');
	});

	it('does not offer to publish a session without commits', async () => {
		assert.ok(!actionsOf(await makeReady({ here: makeSession() })).includes('publish'));
	});

	it('offers to keep an idle session going first', async () => {
		assert.equal(actionsOf(await makeReady({ here: makeSession({ status: 'warning' }) }))[0], 'keepGoing');
	});

	it('offers to publish what waits when no session runs', async () => {
		const ending = { trigger: 'explicit' as const, at: START };
		const entry = { session: 'a-20251119-1430', branches: [], startedAt: START, since: START, attempts: 1, ending };
		assert.deepEqual(actionsOf(await makeReady({ queue: [entry] })).slice(0, 2), ['start', 'publish']);
	});

	it('offers nothing that writes where the folder is not trusted', () => {
		assert.deepEqual(actionsOf({ stage: 'restricted', name: 'shop' }), ['manageTrust', 'openDashboard', 'showLog']);
	});
});
