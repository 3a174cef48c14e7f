import assert from 'node:assert/strict';
import { BOB, COPILOT, makeRules } from '../../test/support/builders.ts';
import { checkPullRequest } from './check.ts';
import type { PullRequestFacts } from './detection.ts';

const ID = 'alice-20251119-1430';

const check = async (changed: Partial<PullRequestFacts>) =>
	checkPullRequest({ title: 'Auto-PR: lib (1 files)', body: '', author: BOB, ...changed }, await makeRules());

describe('checkPullRequest', () => {
	it('has a person’s pull request scored by itself, at once', async () => {
		const { auto, score, session, answer } = await check({ title: 'Add login' });
		assert.deepEqual({ auto, score, session }, { auto: false, score: 'now', session: undefined });
		assert.equal(answer, "Not a session's: nothing marks it as automatic. It is scored by itself.");
	});

	it('has a running session wait', async () => {
		const { auto, score, session, trigger, answer } = await check({ body: `Session-Id: ${ID}` });
		assert.deepEqual({ auto, score, session, trigger }, { auto: true, score: 'wait', session: ID, trigger: undefined });
		assert.match(answer, new RegExp(`^Session ${ID} is still running`));
	});

	it('has a micro-PR without a known session wait', async () => {
		const { score, session, answer } = await check({});
		assert.deepEqual({ score, session }, { score: 'wait', session: undefined });
		assert.match(answer, /^Its session is still running/);
	});

	it('has a session scored once it has ended, and says how', async () => {
		const body = `Session-Id: ${ID}\nSession-End: timeout 2025-11-19T15:12:00Z`;
		const { score, trigger, answer } = await check({ body });
		assert.deepEqual({ score, trigger }, { score: 'now', trigger: 'timeout' });
		assert.equal(answer, `Session ${ID} is complete (timeout) and is scored now, once.`);
	});

	it('has a session scored when a marker says that it is done', async () => {
		for (const changed of [{ title: 'wip: login - complete' }, { body: `Ready for review\n\nSession-Id: ${ID}` }]) {
			const { score, trigger } = await check(changed);
			assert.deepEqual({ score, trigger }, { score: 'now', trigger: 'explicit' });
		}
	});

	it('does not take the title of a folder called complete for a marker', async () => {
		assert.equal((await check({ title: 'Auto-PR: complete (3 files)' })).score, 'wait');
	});

	it('waits when a new session began on the pull request of one that ended', async () => {
		const body = `Session-Id: ${ID}\nSession-End: timeout 2025-11-19T15:12:00Z\nSession-Id: alice-20251119-1600`;
		const { score, session } = await check({ body });
		assert.deepEqual({ score, session }, { score: 'wait', session: 'alice-20251119-1600' });
	});

	it('finds the session in the commits when the body does not name it: the latest one’s', async () => {
		const commits = [
			{ author: COPILOT, message: `a\n\nSession-Id: ${ID}` },
			{ author: COPILOT, message: 'b\n\nSession-Id: copilot-20251119-1600' },
			{ author: COPILOT, message: 'c' },
		];
		assert.equal((await check({ commits })).session, 'copilot-20251119-1600');
	});
});
