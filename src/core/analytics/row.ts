import type { CompletedSession } from '../completedSession.ts';

/** A completed session as the figures are made from it: small, since ten thousand of them go to the dashboard. */
export interface AnalyticsRow {
	id: string;
	author: string;
	agent?: string;
	title?: string;
	/** ms UTC. */
	startedAt: number;
	/** ms UTC. */
	completedAt: number;
	minutes: number;
	trigger: string;
	commits: number;
	files: number;
	tests: number;
	docs: number;
	pullRequests: number[];
	/** Points of its score, once it has one. */
	score?: number;
	/** Points by category, where the score tells them. */
	categories?: Readonly<Record<string, number>>;
}

/** The score of a session. */
export interface KnownScore {
	points: number;
	categories?: Readonly<Record<string, number>>;
}

/** @param scores by session id; they go before the one that the archive holds. */
export function analyticsRow(session: CompletedSession, scores?: ReadonlyMap<string, KnownScore>): AnalyticsRow {
	const known = scores?.get(session.id);
	const score = known?.points ?? session.score;
	return {
		id: session.id,
		author: session.author,
		...(session.agent !== undefined && { agent: session.agent }),
		...(session.title !== undefined && { title: session.title }),
		startedAt: session.startedAt,
		completedAt: session.completedAt,
		minutes: session.durationMinutes,
		trigger: session.trigger,
		commits: session.commits.length,
		files: session.filesChanged,
		tests: session.testFilesAdded,
		docs: session.docsUpdated,
		pullRequests: session.pullRequests,
		...(score !== undefined && { score }),
		...(known?.categories && { categories: known.categories }),
	};
}
