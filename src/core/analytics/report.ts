import type { Seen } from './analytics.ts';
import type { AnalyticsRow } from './row.ts';

/** What is embedded in a report. */
export interface Report {
	/** Of the repository or history. */
	name: string;
	/** When it was made, ms UTC. */
	made: number;
	rows: AnalyticsRow[];
	seen?: Seen;
}
