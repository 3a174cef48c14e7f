import type { Session } from '../core/session.ts';

/** The open session of a working copy (the absolute path of its work tree): one that was started there before one that was found, then the latest. */
export function hereIn(sessions: readonly Session[], workTree: string): Session | undefined {
	return sessions
		.filter((session) => session.workingCopy === workTree)
		.sort((a, b) => rank(b) - rank(a) || b.lastActivityAt - a.lastActivityAt)[0];
}

function rank(session: Session): number {
	return session.origin === 'commit' ? 0 : 1;
}
