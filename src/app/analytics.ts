import type { Seen } from '../core/analytics/analytics.ts';
import { type AnalyticsRow, analyticsRow } from '../core/analytics/row.ts';
import { completedSession } from '../core/completedSession.ts';
import type { Rules } from '../core/rules.ts';
import { readRecordedScores } from './recordedScores.ts';
import { replayFile } from './replayHistory.ts';
import type { Workspace } from './workspace.ts';

/** Completed sessions to make figures of, oldest first. */
export interface AnalyticsSource {
	rows: AnalyticsRow[];
	/** The commits that they were found among; only a replay knows. */
	seen?: Seen;
}

/** The repository's own completed sessions. */
export async function readAnalytics(workspace: Workspace): Promise<AnalyticsSource> {
	const completed = await workspace.store.completed();
	const scores = await readRecordedScores(workspace, completed);
	return { rows: inOrder(completed.map((session) => analyticsRow(session, scores))) };
}

/** What the sessions of a history file would have been. One that is still open at its end is left out. */
export async function replayAnalytics(file: string, rules: Rules): Promise<AnalyticsSource> {
	const rows: AnalyticsRow[] = [];
	const seen: Seen = { commits: 0, automatic: 0 };
	await replayFile(file, rules, {
		onDecision(decision) {
			seen.commits++;
			if (decision.auto) seen.automatic++;
		},
		onSession(session) {
			if (session.ended) rows.push(analyticsRow(completedSession(session)));
		},
	});
	return { rows: inOrder(rows), seen };
}

function inOrder(rows: AnalyticsRow[]): AnalyticsRow[] {
	return rows.sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}
