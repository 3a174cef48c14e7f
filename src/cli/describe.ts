import type { Overview } from '../app/status.ts';
import { dueAt, nextDue } from '../core/clockwork.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import { isDocs, isTest } from '../core/paths.ts';
import type { Rules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import { count, duration, isoTime, localTime } from './words.ts';

/** How things stand, as lines for a person. `now`: ms UTC. `last`: the session that completed last, to be told where none is running. */
export function describe(
	{ here, others, queue }: Overview,
	rules: Rules,
	now: number,
	last?: CompletedSession,
): string[] {
	const lines = here ? describeSession(here, rules, now) : ['No session is running here.'];
	if (!here && last)
		lines.push(`The last one, ${last.id}, ended ${localTime(last.completedAt, now)}: ${last.trigger}.`);
	for (const other of others) {
		lines.push(`Also running: ${other.id}, ${count(other.commits.length, 'commit')}, ${idle(other, now)}.`);
	}
	for (const { session, error } of queue) {
		lines.push(`Waiting to be published: ${session}. ${error ?? 'Run "auto-pr publish".'}`);
	}
	return lines;
}

function describeSession(session: Session, rules: Rules, now: number): string[] {
	const { id, title, startedAt, commits } = session;
	const { files, tests, docs } = netFigures(session);
	return [
		`Session ${id}${title ? `: ${title}` : ''}`,
		`  since    ${localTime(startedAt, now)} (${duration(now - startedAt)})${session.status === 'warning' ? ', idle' : ''}`,
		`  last     ${localTime(session.lastActivityAt, now)}, ${idle(session, now)}`,
		`  changes  ${count(commits.length, 'commit')}, ${count(files, 'file')}, of them ${count(tests, 'test')} and ${docs} docs`,
		`  ends     ${ending(session, rules, now)}`,
	];
}

function idle({ lastActivityAt }: Session, now: number): string {
	return `idle for ${duration(now - lastActivityAt)}`;
}

/** What would complete it: time by itself, or somebody. */
function ending(session: Session, rules: Rules, now: number): string {
	const byHand = 'by "auto-pr end" or a completion marker in a commit';
	// A warning comes before the end; as if it had been given, the next thing due is the end.
	const warned: Session = { ...session, status: 'warning' };
	const at = nextDue(warned, rules);
	if (!Number.isFinite(at)) return byHand;
	const why = dueAt(warned, at, rules) === 'heuristic' ? ', since tests and docs have both changed' : '';
	return `at ${localTime(at, now)} without activity${why}; or ${byHand}`;
}

/** How many files its net change holds, and how many of these are tests and documentation. */
function netFigures({ files }: Session): { files: number; tests: number; docs: number } {
	const kept = [...files].filter(([, kind]) => kind !== 'D').map(([path]) => path);
	return { files: files.size, tests: kept.filter(isTest).length, docs: kept.filter(isDocs).length };
}

/** A session as JSON documents have it. Times are UTC. */
export function sessionJson(session: Session) {
	return {
		id: session.id,
		author: session.author,
		title: session.title ?? null,
		status: session.status,
		origin: session.origin,
		agent: session.agent ?? null,
		conversation: session.conversation ?? null,
		started: isoTime(session.startedAt),
		lastActivity: isoTime(session.lastActivityAt),
		ended: session.ended ? isoTime(session.ended.at) : null,
		trigger: session.ended?.trigger ?? null,
		commits: session.commits.length,
		...netFigures(session),
		branches: [...session.branches.keys()],
		pullRequests: session.pullRequests,
	};
}
