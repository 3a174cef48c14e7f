import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { HistoryMessage } from './protocol.ts';

/** The completed sessions after a message, oldest first. `before`: those before it; undefined when there were none yet. */
export function afterHistory(
	before: readonly AnalyticsRow[] | undefined,
	message: HistoryMessage,
): readonly AnalyticsRow[] {
	if (message.whole) return message.rows;
	const byId = new Map([...(before ?? []), ...message.rows].map((row) => [row.id, row]));
	return [...byId.values()].sort((a, b) => a.startedAt - b.startedAt);
}
