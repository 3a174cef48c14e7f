import type { CompletedSession } from './completedSession.ts';

/** A session of another file: as its times read in the user's zone, and as they would in UTC. */
export interface Told {
	session: CompletedSession;
	inUtc: CompletedSession;
}

/**
 * What a record becomes when another file tells of its session, too. What it says itself stays; what it lacks is added. Times that were
 * once taken over as UTC, before the user named their zone, are put right. One that was taken over unfinished becomes what it was in the end.
 */
export function takeOver(known: CompletedSession | undefined, { session, inUtc }: Told): CompletedSession {
	if (!known) return session;
	const base = wasUnfinished(known) && isFurther(session, known) ? session : known;
	const title = known.title ?? session.title;
	const score = known.score ?? session.score;
	return {
		...base,
		...(sameTimes(known, inUtc) && timesOf(session)),
		pullRequests: [...new Set([...known.pullRequests, ...session.pullRequests])],
		...(title !== undefined && { title }),
		...(score !== undefined && { score }),
	};
}

/** Whether two records of one session say the same of all that `takeOver` may change. */
export function sameRecord(a: CompletedSession, b: CompletedSession): boolean {
	return (
		sameTimes(a, b) &&
		a.trigger === b.trigger &&
		a.title === b.title &&
		a.score === b.score &&
		a.pullRequests.length === b.pullRequests.length &&
		a.pullRequests.every((pr, index) => pr === b.pullRequests[index])
	);
}

function timesOf({ startedAt, lastActivityAt, completedAt }: CompletedSession) {
	return { startedAt, lastActivityAt, completedAt };
}

function sameTimes(a: CompletedSession, b: CompletedSession): boolean {
	return a.startedAt === b.startedAt && a.lastActivityAt === b.lastActivityAt && a.completedAt === b.completedAt;
}

/** Whether a session was taken over without an end of its own: what this system tracked itself has commits. */
function wasUnfinished({ trigger, commits }: CompletedSession): boolean {
	return trigger === 'orphaned' && commits.length === 0;
}

function isFurther(session: CompletedSession, known: CompletedSession): boolean {
	const span = (it: CompletedSession) => it.lastActivityAt - it.startedAt;
	return session.trigger !== 'orphaned' || span(session) > span(known);
}
