import { isRoundedOff } from './completion.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';

/** What the time until `at` (ms UTC) does to a session: nothing, a warning, or one of the triggers. */
export function dueAt(
	session: Session,
	at: number,
	rules: Rules,
	slack = 0,
): 'idle' | 'timeout' | 'heuristic' | undefined {
	const idle = at - session.lastActivityAt;
	if (idle >= rules.quiet + slack && mayRoundOff(session) && isRoundedOff(session.files)) return 'heuristic';
	if (idle > limitOf(session, rules) + slack) return 'timeout';
	if (idle >= rules.warning && session.status === 'active' && !session.anchored) return 'idle';
	return undefined;
}

/** When `dueAt` will next say something, ms UTC; Infinity when only a person or a forge can end the session. */
export function nextDue(session: Session, rules: Rules): number {
	const last = session.lastActivityAt;
	// A millisecond more, since a session that is idle for exactly its timeout still counts as within it.
	let next = last + limitOf(session, rules) + 1;
	if (session.status === 'active' && !session.anchored) next = Math.min(next, last + rules.warning);
	if (mayRoundOff(session) && isRoundedOff(session.files)) next = Math.min(next, last + rules.quiet);
	return next;
}

/** Whether activity at this time (ms UTC) is near enough to belong, also when commits come out of order. */
export function isWithin(session: Session, at: number, rules: Rules): boolean {
	const limit = limitOf(session, rules);
	if (at > session.lastActivityAt + limit || at < session.startedAt - limit) return false;
	return !(at >= session.lastActivityAt + rules.quiet && mayRoundOff(session) && isRoundedOff(session.files));
}

/**
 * How long a session may pause, ms. Time is a guess at what belongs together; where something surer speaks (an agent's own branch,
 * an id that another tool gave), the pause is a wait for a reviewer and may last.
 */
function limitOf(session: Session, rules: Rules): number {
	return session.anchored ? rules.anchoredTimeout : rules.timeout;
}

/** A person who starts by hand ends by hand, and an anchored session has a surer end than a quiet spell. */
function mayRoundOff(session: Session): boolean {
	return session.origin === 'commit' && !session.anchored;
}
