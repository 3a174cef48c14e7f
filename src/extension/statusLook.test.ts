import assert from 'node:assert/strict';
import type { Standing } from './standing.ts';
import { statusLook } from './statusLook.ts';
import { MINUTE, makeCommits, makeReady, makeSession, START } from './testing.ts';

const options = { whenIdle: 'show', warns: true, now: START + 12 * MINUTE } as const;
const textOf = (standing: Standing, given: Partial<Parameters<typeof statusLook>[1]> = {}) =>
	statusLook(standing, { ...options, ...given })?.text;

const queued = { session: 'alice-20251119-1430', branches: ['main'], startedAt: START, since: START, attempts: 1 };
const ended = { ...queued, ending: { trigger: 'explicit' as const, at: START } };

describe('the status bar', () => {
	it('says that no session runs', async () => {
		assert.equal(textOf(await makeReady()), '$(layers) No session');
	});

	it('counts commits and minutes of a running session', async () => {
		const here = makeSession({ commits: makeCommits(3) });
		assert.equal(textOf(await makeReady({ here })), '$(layers-active) 3 commits · 12 min');
	});

	it('says one commit, not 1 commits', async () => {
		const here = makeSession({ commits: makeCommits(1) });
		assert.equal(textOf(await makeReady({ here })), '$(layers-active) 1 commit · 12 min');
	});

	it('warns of an idle session in the colours of a warning', async () => {
		const here = makeSession({ status: 'warning', commits: makeCommits(3), lastActivityAt: START });
		const look = statusLook(await makeReady({ here }), { ...options, now: START + 16 * MINUTE });
		assert.deepEqual([look?.text, look?.warns], ['$(clock) idle 16 min · 3 commits', true]);
	});

	it('does not warn where warnings are off', async () => {
		const here = makeSession({ status: 'warning', commits: makeCommits(3) });
		const look = statusLook(await makeReady({ here }), { ...options, warns: false });
		assert.deepEqual([look?.text, look?.warns], ['$(layers-active) 3 commits · 12 min', false]);
	});

	it('counts completed sessions whose trailers wait, not a running one that has no pull request yet', async () => {
		assert.equal(textOf(await makeReady({ queue: [queued, ended] })), '$(layers) No session $(cloud-upload) 1');
	});

	it('hides what is idle if asked to, never a running session', async () => {
		assert.equal(textOf(await makeReady(), { whenIdle: 'hide' }), undefined);
		const here = makeSession({ commits: makeCommits(3) });
		assert.equal(textOf(await makeReady({ here }), { whenIdle: 'hide' }), '$(layers-active) 3 commits · 12 min');
	});

	it('shows nothing without a repository or before it was read', () => {
		assert.equal(textOf({ stage: 'loading' }), undefined);
		assert.equal(textOf({ stage: 'no repository', hasFolder: true }), undefined);
	});

	it('says when a repository cannot be tracked', () => {
		assert.equal(textOf({ stage: 'failed', sentence: 'git was not found.' }), '$(warning) Auto-PR: not tracking');
	});

	it('speaks without icons', async () => {
		const here = makeSession({ commits: makeCommits(3) });
		const look = statusLook(await makeReady({ here, queue: [ended] }), options);
		assert.equal(look?.spoken, 'Auto-PR session: 3 commits, 12 min, 1 waiting to be published');
	});
});
