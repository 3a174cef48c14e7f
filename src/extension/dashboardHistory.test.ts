import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import { afterHistory } from '../dashboard/protocol.ts';
import { HistoryFeed } from './dashboardHistory.ts';

function row(number: number, commits = 1): AnalyticsRow {
	const facts = { author: 'Alice', trigger: 'timeout', minutes: 1, files: 1, tests: 0, docs: 0, pullRequests: [] };
	return { id: `alice-${number}`, startedAt: number, completedAt: number + 1, commits, ...facts };
}

describe('the completed sessions that a dashboard is told of', () => {
	it('are all at first, then those that are new or changed', () => {
		const feed = new HistoryFeed();
		assert.deepEqual(feed.next('/shop', [row(1), row(2)]), { type: 'history', whole: true, rows: [row(1), row(2)] });
		const next = feed.next('/shop', [row(1), row(2, 5), row(3)]);
		assert.deepEqual(next, { type: 'history', whole: false, rows: [row(2, 5), row(3)] });
	});

	it('are not told again', () => {
		const feed = new HistoryFeed();
		const rows = [row(1)];
		feed.next('/shop', rows);
		assert.equal(feed.next('/shop', rows), undefined);
		assert.equal(feed.next('/shop', [row(1)]), undefined);
	});

	it('are all again for another repository', () => {
		const feed = new HistoryFeed();
		const rows = [row(1)];
		feed.next('/shop', rows);
		assert.equal(feed.next('/other', rows)?.whole, true);
		assert.deepEqual(feed.next('/third', []), { type: 'history', whole: true, rows: [] });
	});

	it('bring it to what there is, whatever came, changed and went', () => {
		const records = fc.uniqueArray(fc.record({ number: fc.nat(9), commits: fc.nat(2) }), {
			selector: ({ number }) => number,
		});
		const rowsIn = records.map((list) =>
			list.sort((a, b) => a.number - b.number).map(({ number, commits }) => row(number, commits)),
		);
		fc.assert(
			fc.property(fc.array(rowsIn), (readings) => {
				const feed = new HistoryFeed();
				let shown: readonly AnalyticsRow[] | undefined;
				for (const rows of readings) {
					const message = feed.next('/shop', rows);
					if (message) shown = afterHistory(shown, message);
					assert.deepEqual(shown, rows);
				}
			}),
		);
	});
});
