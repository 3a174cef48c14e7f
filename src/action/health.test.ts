import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ID, type Stage, useStage } from '../../test/support/actionStage.ts';

const MINUTE = 60_000;
const SCHEDULE = { schedule: '23 5 * * *' };

describe('the GitHub Action and health', function () {
	this.timeout(120_000);
	let stage: Stage;
	useStage((it) => {
		stage = it;
	});

	const look = (env: Record<string, string> = {}) => stage.act(SCHEDULE, 'health', env);
	const issues = () => [...stage.demo().issues.values()].filter(({ pull }) => !pull);

	/** Adds runs of the workflow, of some minutes ago. */
	function ran(conclusion: 'failure' | 'timed_out' | 'success' | 'cancelled', times: number, ago = 5): void {
		const run = { workflow: 'auto-pr-sessions.yml', conclusion, createdAt: Date.now() - ago * MINUTE };
		stage.demo().runs.push(...Array.from({ length: times }, () => ({ ...run })));
	}

	/** An open pull request of a session that nobody has touched for so many minutes. */
	async function quietFor(minutes: number, index: number, end = ''): Promise<void> {
		const id = `alice-20251119-14${28 + index}`;
		await stage.open(`Session-Id: ${id}${end}`, {
			message: `wip: work\n\nSession-Id: ${id}\n`,
			createdAt: Date.now() - minutes * MINUTE,
		});
	}

	it('opens no issue while all is well', async () => {
		ran('success', 20);
		const { code, summary } = await look();
		assert.equal(code, 0);
		assert.match(summary, /\| Workflow failures \| 0 of 20 \| at most 3 \| good \|/);
		assert.deepEqual(issues(), []);
	});

	it('counts failed runs of the last week, not those that were cancelled', async () => {
		ran('cancelled', 9);
		ran('failure', 9, 8 * 24 * 60);
		ran('failure', 2);
		ran('timed_out', 2);
		const { code, log, summary } = await look();
		assert.equal(code, 0, 'a warning is no failure: that would itself be counted');
		assert.match(summary, /\| Workflow failures \| 4 of 13 \| at most 3 \| \*\*warning\*\* \|/);
		assert.match(log, /^Issue #1: opened\.$/m);
	});

	it('counts sessions whose pull requests nobody touches any more, and never one that runs or has ended', async () => {
		for (let index = 0; index < 6; index++) await quietFor(120, index);
		await quietFor(5, 6);
		await quietFor(120, 7, '\nSession-End: explicit 2025-11-19T15:12:00Z');
		await look();
		const [issue] = issues();
		assert.match(issue?.body ?? '', /\| Orphans \| 6 \| at most 5 \| \*\*warning\*\* \|/);
		assert.match(issue?.body ?? '', /alice-20251119-1433/);
		assert.doesNotMatch(issue?.body ?? '', /alice-20251119-143[45]/);
	});

	it('leaves one issue, however many runs there are at once, and closes it', async () => {
		ran('failure', 4);
		const runs = await Promise.all(Array.from({ length: 4 }, () => look()));
		assert.deepEqual(
			runs.map(({ code }) => code),
			[0, 0, 0, 0],
		);
		assert.deepEqual(
			issues()
				.filter(({ state }) => state === 'open')
				.map(({ number }) => number),
			[1],
		);
		stage.demo().runs.length = 1;
		await look();
		assert.ok(issues().every(({ state }) => state === 'closed'));
	});

	it('tells the chat of what is new, once, and never writes its address', async () => {
		const heard: string[] = [];
		const chat = createServer(async (request, response) => {
			for await (const piece of request) heard.push(String(piece));
			response.end();
		});
		await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
		const webhook = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/SECRET`;
		ran('failure', 4);
		const told = [await look({ INPUT_WEBHOOK: webhook }), await look({ INPUT_WEBHOOK: webhook })];
		chat.close();
		assert.match(heard.join(), /^\{"text":"Auto-PR Sessions in octo\/demo: something needs a look\\n• Workflow/);
		assert.equal(heard.length, 1);
		const failed = await (async () => {
			stage.demo().runs.length = 1;
			return look({ INPUT_WEBHOOK: webhook });
		})();
		assert.equal(failed.code, 1);
		assert.match(failed.log, /::error::The webhook did not take the message/);
		assert.doesNotMatch([...told, failed].map(({ log, summary }) => log + summary).join(), /SECRET/);
	});

	it('says what its token may not see, and judges the rest', async () => {
		stage.server.failNext({ status: 403, match: /actions\/workflows/ });
		const { code, log, summary } = await look();
		assert.equal(code, 0);
		assert.match(log, /^::warning::The runs of the workflow are not counted.*actions: read/m);
		assert.match(summary, /\| Orphans \| 0 \|/);
	});

	it('fails with a sentence without a token', async () => {
		const { code, log } = await look({ INPUT_TOKEN: '' });
		assert.equal(code, 1);
		assert.match(log, /::error::.*token/);
	});

	it('takes the mean of sessions from their trailers, and no word of one that was made up', async () => {
		const end = new Date(Date.now() - 60 * MINUTE);
		const day = new Date(end.getTime() - 24 * 60 * MINUTE).toISOString().slice(0, 10).replaceAll('-', '');
		for (let index = 0; index < 10; index++) {
			const body = `Session-Id: alice-${day}-000${index}\nSession-End: timeout ${end.toISOString().slice(0, 19)}Z`;
			stage.server.addPullRequest({ headRef: `t${index}`, body, author: 'alice' });
		}
		stage.server.addPullRequest({ headRef: 'f', body: `Session-Id: ${ID}\nSession-End: timeout 2999-01-01T00:00:00Z` });
		const { summary } = await look();
		assert.match(summary, /\| Mean duration \| \d\d h \d\d min \| at most 2 h 00 min \| \*\*warning\*\* \|/);
		assert.match(summary, /\| Completion rate \| 100 % \|/);
	});
});
