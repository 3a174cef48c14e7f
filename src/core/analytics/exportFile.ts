import type { Analytics } from './analytics.ts';
import { analyticsCsv, markdownLines } from './exportText.ts';
import type { AnalyticsRow } from './row.ts';

/** A file to take figures away in: the sessions as CSV, the figures with their sessions as JSON, or a summary as Markdown. */
export function exportFile(
	format: 'csv' | 'json' | 'markdown',
	rows: readonly AnalyticsRow[],
	figures: Analytics,
): { name: string; text: string } {
	switch (format) {
		case 'csv':
			return { name: 'sessions.csv', text: analyticsCsv(rows) };
		case 'json':
			return { name: 'sessions.json', text: `${JSON.stringify({ figures, sessions: rows }, null, '\t')}\n` };
		case 'markdown':
			return { name: 'sessions.md', text: `${markdownLines(figures).join('\n')}\n` };
	}
}
