import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyse } from './analytics.ts';
import { filtered, slotOf, sorted } from './filter.ts';
import type { AnalyticsRow } from './row.ts';

const DAY = 24 * 3_600_000;
/** A Wednesday. */
const START = Date.UTC(2025, 10, 19, 14, 30);

function row(id: string, more: Partial<AnalyticsRow> = {}): AnalyticsRow {
	const startedAt = more.startedAt ?? START;
	return {
		id,
		author: 'Alice',
		startedAt,
		completedAt: startedAt + 20 * 60_000,
		minutes: 20,
		trigger: 'timeout',
		commits: 8,
		files: 3,
		tests: 1,
		docs: 0,
		pullRequests: [],
		...more,
	};
}

describe('analytics', () => {
	it('of nothing have no share and no mean', () => {
		const { sessions, noiseSaved, medianMinutes, meanScore, timeline } = analyse([]);
		assert.deepEqual([sessions, noiseSaved, medianMinutes, meanScore, timeline.periods], [0, null, null, null, []]);
	});

	it('tell what a check of each commit would have scored, and how much of it is saved', () => {
		const { microScores, noiseSaved } = analyse([
			row('a', { commits: 20, pullRequests: [1, 2] }),
			row('b', { commits: 0, pullRequests: [3, 4, 5] }),
			row('c', { commits: 0 }),
		]);
		assert.deepEqual([microScores, noiseSaved], [24, 87]);
	});

	it('leave no gap between days', () => {
		const { unit, periods } = analyse([row('a'), row('b', { startedAt: START + 2 * DAY })]).timeline;
		assert.equal(unit, 'day');
		assert.deepEqual(
			periods.map(({ from, sessions }) => [from, sessions]),
			[
				['2025-11-19', 1],
				['2025-11-20', 0],
				['2025-11-21', 1],
			],
		);
	});

	it('have the mean points of each category over time, of the scores that tell it', () => {
		const { periods } = analyse([
			row('a', { score: 4, categories: { tests: 3, penalties: -1 } }),
			row('b', { score: 2, categories: { tests: 1 } }),
			row('c', { score: 9 }),
			row('d', { startedAt: START + DAY }),
		]).timeline;
		assert.deepEqual(
			periods.map(({ categories }) => categories),
			[{ tests: 2, penalties: -1 }, {}],
		);
	});

	it('count by week from Monday, then by month, where days would be too many', () => {
		const span = (days: number) => analyse([row('a'), row('b', { startedAt: START + days * DAY })]).timeline;
		assert.deepEqual([span(100).unit, span(100).periods[0]?.from], ['week', '2025-11-17']);
		assert.deepEqual([span(1000).unit, span(1000).periods[0]?.from], ['month', '2025-11-01']);
	});

	it('are by author and by agent, people apart', () => {
		const { authors, agents } = analyse([
			row('a', { score: 4 }),
			row('b', { author: 'Bob', trigger: 'explicit', score: 1 }),
			row('c', { author: 'Bob', agent: 'Copilot' }),
		]);
		assert.deepEqual(
			authors.map((one) => [one.name, one.sessions, one.meanScore, one.completedByThemselves]),
			[
				['Bob', 2, 1, 0.5],
				['Alice', 1, 4, 1],
			],
		);
		assert.deepEqual(
			agents.map(({ name, sessions }) => [name, sessions]),
			[
				['people', 2],
				['Copilot', 1],
			],
		);
	});

	it('put a session into the hour of the week in which it began', () => {
		assert.equal(slotOf(START), 2 * 24 + 14);
		assert.equal(analyse([row('a')]).calendar[62], 1);
	});

	it('sort, and search id and title', () => {
		const rows = [row('b', { score: 1 }), row('a', { score: 3, startedAt: START - DAY }), row('c', { title: 'Login' })];
		assert.deepEqual(
			sorted(rows, 'score').map(({ id }) => id),
			['a', 'b', 'c'],
		);
		assert.deepEqual(
			filtered(rows, { search: ' LOG' }).map(({ id }) => id),
			['c'],
		);
	});

	it('have behind every figure exactly the sessions that its filter finds', () => {
		const anyRow = fc
			.record({
				startedAt: fc.integer({ min: Date.UTC(2019, 0), max: Date.UTC(2026, 0) }),
				minutes: fc.nat(500),
				commits: fc.nat(60),
				author: fc.constantFrom('Alice', 'Bob'),
				trigger: fc.constantFrom('explicit', 'timeout'),
				agent: fc.constantFrom(undefined, 'Copilot'),
				pullRequests: fc.array(fc.nat(9), { maxLength: 20 }),
			})
			.map(({ agent, ...rest }) => row('x', { ...rest, ...(agent && { agent }) }));
		fc.assert(
			fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
				const figures = analyse(rows);
				const { durations, commitsPerSession, pullRequestsPerSession, triggers, authors, agents, timeline } = figures;
				for (const bars of [
					durations,
					commitsPerSession,
					pullRequestsPerSession,
					triggers,
					authors,
					agents,
					timeline.periods,
				]) {
					for (const { sessions, filter } of bars) assert.equal(filtered(rows, filter).length, sessions);
					assert.equal(
						bars.reduce((sum, { sessions }) => sum + sessions, 0),
						rows.length,
					);
				}
				figures.calendar.forEach((sessions, slot) => {
					assert.equal(filtered(rows, { slot }).length, sessions);
				});
			}),
		);
	});
});
