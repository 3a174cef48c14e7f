import { CONFIGURATION_FILE } from '../app/settle.ts';
import type { Overview } from '../app/status.ts';
import type { Problem } from '../core/configurationFile.ts';
import { isDocs, isTest } from '../core/paths.ts';
import type { Session } from '../core/session.ts';
import type { DashboardState, OpenSession, Sessions } from '../dashboard/protocol.ts';
import type { Standing } from './standing.ts';
import { isWaiting } from './statusLook.ts';
import { completesWhen } from './tooltip.ts';

/** What the dashboard is to show, but for the completed sessions. */
export function dashboardState(standing: Standing): DashboardState {
	switch (standing.stage) {
		case 'loading':
		case 'no repository':
		case 'failed':
			return standing;
		case 'restricted':
			return { stage: 'restricted', ...sessionsOf(standing.overview) };
		case 'ready': {
			const { view, several } = standing;
			const { here, ...rest } = sessionsOf(view.overview);
			const running = view.overview.here;
			const because = view.because === undefined ? {} : { because: view.because };
			const completes = running && { completes: completesWhen(running, view.rules) };
			return {
				stage: 'ready',
				...(several && { repository: view.name }),
				...(here && { here: { ...here, ...because, ...completes } }),
				...rest,
				problems: view.problems.map(problemSentence),
			};
		}
	}
}

function sessionsOf(overview: Overview | undefined): Sessions {
	const { here, others = [], queue = [], notices = [] } = overview ?? {};
	return {
		...(here && { here: openSession(here) }),
		others: others.map(openSession),
		waiting: queue.filter(isWaiting).map(({ session, error }) => ({ session, ...(error && { why: error }) })),
		notices,
		problems: [],
	};
}

/** With the path from the repository's top: where that is, everybody here knows. */
function problemSentence({ line, column, message }: Problem): string {
	return `${CONFIGURATION_FILE}:${line}:${column}: ${message}`;
}

function openSession(session: Session): OpenSession {
	const { id, author, title, agent, status, startedAt, lastActivityAt, commits, files, pullRequests } = session;
	const paths = [...files.keys()];
	return {
		id,
		author,
		...(title && { title }),
		...(agent && { agent }),
		status: status === 'warning' ? 'warning' : 'active',
		startedAt,
		lastActivityAt,
		commits: commits.length,
		files: paths.length,
		tests: paths.filter(isTest).length,
		docs: paths.filter(isDocs).length,
		pullRequests,
	};
}
