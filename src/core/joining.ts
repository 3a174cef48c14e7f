import { isWithin } from './clockwork.ts';
import type { Commit } from './commit.ts';
import type { CommitReading } from './detection.ts';
import type { OpenSessions } from './openSessions.ts';
import { identityOf } from './person.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';
import { parseSessionId, slugOf } from './sessionId.ts';
import type { SessionMark } from './trailers.ts';

/** Where something happened. */
export interface Place {
	/** Absolute path of the work tree; undefined for a commit that is known from history alone. */
	workingCopy?: string;
	/** Undefined when detached or unknown. */
	branch?: string;
	/** Whether a commit is on the trunk: the default branch and its first parents. */
	onTrunk?: boolean;
}

/** An activity to be placed. */
export interface Moment {
	/** Whose: see `identityOf`. */
	identity: string;
	/** ms UTC. */
	at: number;
	place: Place;
}

/** The open session that a commit joins, surest sign first: see docs/sessions.md. */
export function sessionFor(
	commit: Commit,
	{ mark, foreign, agent }: CommitReading,
	moment: Moment,
	sessions: OpenSessions,
	rules: Rules,
): Session | undefined {
	// Told of twice, it stays where it is: a commit is in one session.
	const known = sessions.byCommit(commit.sha);
	if (known) return known;
	if (mark) return sessions.byId(mark.id);
	const { identity, at, place } = moment;
	const byHand = startedHere(moment, sessions, rules);
	if (byHand) return byHand;
	if (foreign) {
		const named = sessions.byForeign(identity, foreign);
		if (named && isWithin(named, at, rules)) return named;
	}
	const parent = sessions.byCommit(commit.parents[0] ?? '');
	if (parent?.identity === identity && (!foreign || parent.foreign === foreign) && isWithin(parent, at, rules)) {
		return parent;
	}
	// An account that works on twenty branches at once is in no one place: there, only ancestry tells sessions apart.
	if (foreign || (agent && !place.workingCopy)) return undefined;
	return nearest(moment, sessions, rules);
}

/** The open session that an activity without a commit belongs to. */
export function sessionHere(moment: Moment, sessions: OpenSessions, rules: Rules): Session | undefined {
	return startedHere(moment, sessions, rules) ?? nearest(moment, sessions, rules);
}

/** The session that a person or an agent's hook started in this working copy: whoever commits there works on it. */
export function startedHere({ at, place }: Moment, sessions: OpenSessions, rules: Rules): Session | undefined {
	if (!place.workingCopy) return undefined;
	return sessions
		.all()
		.find(
			(session) =>
				session.origin !== 'commit' && session.workingCopy === place.workingCopy && isWithin(session, at, rules),
		);
}

/** The open session of this author in this place, if within its timeout; the latest where there are several. */
export function nearest({ identity, at, place }: Moment, sessions: OpenSessions, rules: Rules): Session | undefined {
	let best: Session | undefined;
	for (const session of sessions.byOwner(identity, place.workingCopy)) {
		if (session.anchored || !isWithin(session, at, rules)) continue;
		if (!best || session.lastActivityAt > best.lastActivityAt) best = session;
	}
	return best;
}

/**
 * Whether the session that a commit names may have it. Its author's may, and an agent works for somebody else; a trailer that
 * another person typed would change a record that is not theirs (entireio/cli #2255).
 */
export function mayJoinNamed(
	mark: SessionMark,
	agent: string | undefined,
	commit: Commit,
	place: Place,
	sessions: OpenSessions,
): boolean {
	if (agent || mark.form === 'older marker') return true;
	const session = sessions.byId(mark.id);
	if (session) {
		if (place.workingCopy && session.workingCopy === place.workingCopy) return true;
		return [commit.author, commit.committer].some((person) => identityOf(person) === session.identity);
	}
	const owner = parseSessionId(mark.id)?.author;
	return [commit.author, commit.committer].some((person) => slugOf(person) === owner);
}
