import assert from 'node:assert/strict';
import { useGitHubServer } from '../../test/github-server/useGitHubServer.ts';
import { judgeHealth } from '../core/health/health.ts';
import { healthIssueBody } from '../core/health/healthText.ts';
import { createClient } from '../github/client.ts';
import { keepHealthIssue } from './keepHealthIssue.ts';

const orphans = (count: number) => Array.from({ length: count }, (_, index) => `alice-20251119-14${10 + index}`);
const well = judgeHealth({ orphans: [], ended: [] });
const ill = judgeHealth({ orphans: orphans(6), ended: [] });
const worse = judgeHealth({ orphans: orphans(7), ended: [] });
const otherwise = judgeHealth({ orphans: orphans(6), ended: [], runs: { completed: 9, failed: 9 } });

describe('the issue about health', () => {
	const server = useGitHubServer();

	function github(token = server().token) {
		const forge = { host: 'github.com', owner: 'octo', repository: 'demo', apiUrl: server().url };
		return createClient({ forge, userAgent: 'test', token: async () => token });
	}

	const issues = () => [...[...server().state.repositories.values()][0]!.issues.values()];
	const keep = async (health: typeof well) => {
		const { did, number, news } = await keepHealthIssue(github(), health);
		return [did, number, news];
	};

	it('is not there while all is well', async () => {
		assert.deepEqual(await keep(well), ['none', undefined, false]);
		assert.equal(issues().length, 0);
	});

	it('is opened with the first warning, brought up to date, and closed when all is well', async () => {
		assert.deepEqual(await keep(ill), ['opened', 1, true]);
		assert.deepEqual(await keep(ill), ['unchanged', 1, false]);
		assert.deepEqual(await keep(worse), ['updated', 1, false]);
		assert.match(issues()[0]!.body ?? '', /\| Orphans \| 7 \|/);
		assert.deepEqual(await keep(otherwise), ['updated', 1, true]);
		assert.deepEqual(await keep(well), ['closed', 1, true]);
		assert.deepEqual(await keep(well), ['none', 1, false]);
		assert.deepEqual(
			issues().map(({ state, labels }) => [state, labels]),
			[['closed', ['auto-pr-health']]],
		);
	});

	it('is the same one when warnings come again', async () => {
		await keep(ill);
		await keep(well);
		assert.deepEqual(await keep(worse), ['reopened', 1, true]);
		assert.deepEqual(
			issues().map(({ state }) => state),
			['open'],
		);
	});

	it('stays closed when a person closed it, until another warning comes', async () => {
		await keep(ill);
		issues()[0]!.state = 'closed';
		assert.deepEqual(await keep(worse), ['updated', 1, false]);
		assert.equal(issues()[0]!.state, 'closed');
		assert.deepEqual(await keep(otherwise), ['reopened', 1, true]);
	});

	it('tells nobody a second time of a person who closed it and then all was well', async () => {
		await keep(ill);
		issues()[0]!.state = 'closed';
		assert.deepEqual(await keep(well), ['updated', 1, false]);
		assert.deepEqual(await keep(ill), ['reopened', 1, true]);
	});

	it('is one, however many runs open it at once', async () => {
		await Promise.all(Array.from({ length: 8 }, () => keepHealthIssue(github(), ill)));
		const open = issues().filter(({ state }) => state === 'open');
		assert.deepEqual(
			open.map(({ number }) => number),
			[1],
		);
		assert.deepEqual(await keep(ill), ['unchanged', 1, false]);
	});

	it('is one again after a run that was cut off left two', async () => {
		for (const author of ['github-actions[bot]', 'alice']) {
			server().addIssue({ author, labels: ['auto-pr-health'], body: healthIssueBody(ill) });
		}
		assert.deepEqual(await keep(ill), ['unchanged', 1, false]);
		assert.deepEqual(
			issues().map(({ state, body }) => [state, body?.startsWith('The same as #1')]),
			[
				['open', false],
				['closed', true],
			],
		);
	});

	it("is never somebody else's, who typed its mark or whose issue got its label", async () => {
		server().addIssue({ author: 'mallory', labels: ['auto-pr-health'], body: healthIssueBody(ill) });
		server().addIssue({ author: 'alice', labels: ['auto-pr-health'], body: 'What does this label mean?' });
		server().addIssue({ author: 'alice', body: healthIssueBody(ill) });
		assert.deepEqual(await keep(ill), ['opened', 4, true]);
		assert.deepEqual(
			issues().map(({ state }) => state),
			['open', 'open', 'open', 'open'],
		);
	});

	it('is known by its label where the token may not ask who may write', async () => {
		server().addIssue({ author: 'bob', labels: ['auto-pr-health'], body: healthIssueBody(ill) });
		server().failNext({ status: 403, match: /collaborators/ });
		assert.deepEqual(await keep(ill), ['unchanged', 1, false]);
	});

	it('is opened once although the answer was lost', async () => {
		server().failNext({ status: 502, match: /^POST .*\/issues$/, applied: true });
		await assert.rejects(keep(ill));
		assert.deepEqual(await keep(ill), ['unchanged', 1, false]);
	});
});
