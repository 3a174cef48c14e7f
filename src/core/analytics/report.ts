import type { Seen } from './analytics.ts';
import type { AnalyticsRow } from './row.ts';
import type { SessionDetails } from './sessionDetails.ts';

/** What is embedded in a report. */
export interface Report {
	/** Of the repository or history. */
	name: string;
	/** When it was made, ms UTC. */
	made: number;
	rows: AnalyticsRow[];
	seen?: Seen;
	/** What the pages of the newest sessions show, by session id: as many as a page may weigh. */
	details?: Readonly<Record<string, SessionDetails>>;
}
