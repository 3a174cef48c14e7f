import assert from 'node:assert/strict';
import { type EndedSession, type FindingName, type HealthFigures, judgeHealth, warningsOf } from './health.ts';

const sessions = (count: number, given: Partial<EndedSession> = {}): EndedSession[] =>
	Array.from({ length: count }, () => ({ minutes: 20, trigger: 'timeout', ...given }));

const names = (count: number) => Array.from({ length: count }, (_, index) => `alice-20251119-14${10 + index}`);

const judge = (given: Partial<HealthFigures>) => judgeHealth({ orphans: [], ended: [], ...given });

const warned = (given: Partial<HealthFigures>) => warningsOf(judge(given)).map(({ name }) => name);

/** The figure and whether it warns. */
function found(name: FindingName, given: Partial<HealthFigures>): [string, boolean] | undefined {
	const finding = judge(given).findings.find((candidate) => candidate.name === name);
	return finding && [finding.figure, finding.warns];
}

describe('the health of a repository', () => {
	it('is good where nothing is known but that there is no orphan', () => {
		const { findings } = judge({});
		assert.deepEqual(
			findings.map(({ name, warns }) => [name, warns]),
			[['orphans', false]],
		);
	});

	it('warns of more than 5 orphans', () => {
		assert.deepEqual(found('orphans', { orphans: names(5) }), ['5', false]);
		assert.deepEqual(found('orphans', { orphans: names(6) }), ['6', true]);
	});

	it('warns of sessions that take more than 2 hours on average', () => {
		assert.deepEqual(found('mean duration', { ended: sessions(10, { minutes: 120 }) }), ['2 h 00 min', false]);
		const longer = [...sessions(9, { minutes: 120 }), ...sessions(1, { minutes: 121 })];
		assert.deepEqual(found('mean duration', { ended: longer }), ['2 h 01 min', true]);
	});

	it('warns where people take back more than 10 % of what was found by itself', () => {
		assert.deepEqual(found('false positives', { ended: sessions(9), discarded: 1 }), ['10 %', false]);
		assert.deepEqual(found('false positives', { ended: sessions(90), discarded: 11 }), ['10.9 %', true]);
		assert.equal(found('false positives', { ended: sessions(90) }), undefined);
	});

	it('warns where fewer than 90 % complete without a clean-up', () => {
		const orphaned = { trigger: 'orphaned' };
		assert.deepEqual(found('completion rate', { ended: [...sessions(9), ...sessions(1, orphaned)] }), ['90 %', false]);
		const fewer = { ended: [...sessions(9), ...sessions(1, orphaned)], orphans: names(1) };
		assert.deepEqual(found('completion rate', fewer), ['81.8 %', true]);
	});

	it('says nothing of a share or mean of fewer than 10 sessions', () => {
		assert.deepEqual(warned({ ended: sessions(9, { minutes: 600, trigger: 'orphaned' }) }), []);
		assert.deepEqual(warned({ ended: sessions(1), discarded: 8 }), []);
	});

	it('warns of a state above 1 MiB, of which no figure reads like the limit', () => {
		assert.deepEqual(found('state size', { stateBytes: 1024 ** 2 }), ['1 MiB', false]);
		assert.deepEqual(found('state size', { stateBytes: 1024 ** 2 + 1 }), ['1.1 MiB', true]);
		assert.deepEqual(found('state size', { stateBytes: 1 }), ['1 KiB', false]);
	});

	it('warns of more than 3 failed runs of the workflow', () => {
		assert.deepEqual(found('workflow failures', { runs: { completed: 40, failed: 3 } }), ['3 of 40', false]);
		assert.deepEqual(found('workflow failures', { runs: { completed: 40, failed: 4 } }), ['4 of 40', true]);
	});

	it('warns where our own operations are slow, but not where they wait for a network', () => {
		const slow = { times: 20, median: 1001, p99: 1200 };
		assert.deepEqual(found('slow operations', { operations: [{ operation: 'observe', ...slow }] }), ['1001 ms', true]);
		assert.equal(found('slow operations', { operations: [{ operation: 'publish', ...slow }] }), undefined);
		const once = { operation: 'observe', ...slow, times: 3 } as const;
		assert.equal(found('slow operations', { operations: [once] }), undefined);
	});

	it('says with each warning what to do', () => {
		const bad = judge({
			orphans: names(6),
			ended: sessions(20, { minutes: 300, trigger: 'orphaned' }),
			discarded: 10,
			stateBytes: 2 * 1024 ** 2,
			runs: { completed: 9, failed: 9 },
			operations: [{ operation: 'update', times: 10, median: 5000, p99: 6000 }],
		});
		assert.equal(warningsOf(bad).length, 7);
		for (const { advice } of warningsOf(bad)) assert.match(advice, /^[A-Z].{40,}\.$/);
	});
});
