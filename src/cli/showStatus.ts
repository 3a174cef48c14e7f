import type { Overview } from '../app/status.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import type { Rules } from '../core/rules.ts';
import { describe, sessionJson } from './describe.ts';
import { type CommonOptions, show, tell } from './output.ts';
import { isoTime } from './words.ts';

/**
 * Shows how things stand. Returns the exit code: 1 where no session runs.
 * @param now ms UTC
 * @param last The session that completed last, where that is to be told.
 */
export function showStatus(
	options: CommonOptions,
	overview: Overview,
	rules: Rules,
	now: number,
	last?: CompletedSession,
): number {
	const { here, others, queue, notices } = overview;
	for (const notice of notices) tell(notice);
	show(
		options,
		{
			session: here ? sessionJson(here) : null,
			others: others.map(sessionJson),
			queue: queue.map(({ session, since, attempts, error }) => ({
				session,
				since: isoTime(since),
				attempts,
				error: error ?? null,
			})),
			notices,
		},
		describe(overview, rules, now, last),
	);
	return here ? 0 : 1;
}
