import type { Ending } from '../core/session.ts';
import { readSessionMark, writeSessionTrailers } from '../core/trailers.ts';
import type { GitHub } from '../github/types.ts';
import type { SessionOnForge } from './sessionOnForge.ts';

/**
 * Ends a session on the forge: writes `Session-End` into the body of its last pull request, which speaks for all. A session that has
 * ended stays as it is. The body is read anew before it is written, and left alone where it names another session by then.
 */
export async function completeSession(
	github: GitHub,
	session: SessionOnForge,
	ending: Ending,
): Promise<SessionOnForge> {
	const last = session.pullRequests.at(-1);
	if (!last || session.ending) return session;
	let now: Ending | undefined;
	await github.updateBody(last.number, (body) => {
		const mark = readSessionMark(body);
		if (mark && mark.id !== session.id) return body;
		now = mark?.ended ?? ending;
		return writeSessionTrailers(body, session.id, ending);
	});
	return now ? { ...session, ending: now } : session;
}
