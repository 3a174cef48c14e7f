// All figures of a repository with 100,000 pull requests in 10,000 sessions, read from its files.
import { readAnalytics } from '../../../src/app/analytics.ts';
import { Workspace } from '../../../src/app/workspace.ts';
import { analyse } from '../../../src/core/analytics/analytics.ts';
import { completedSession } from '../../../src/core/completedSession.ts';
import { aCompletedSession } from '../../../src/store/testSessions.ts';
import { openRepository } from '../../support/repository.ts';
import { measure, median, type Row, shown } from '../measure.ts';
import { quietHost } from '../quietHost.ts';

const SESSIONS = 10_000;
const EACH = 10;
const ROUNDS = 7;
const GOAL_MS = 300;
const HOUR = 60 * 60_000;
const BEGIN = Date.UTC(2024, 0, 1);

void measure(async (folder) => {
	await openRepository(folder).git('init', '--quiet');
	const sessions = Array.from({ length: SESSIONS }, (_, n) => {
		const startedAt = BEGIN + n * HOUR;
		const stamp = new Date(startedAt).toISOString().replaceAll(/[-:]/g, '');
		return completedSession(
			aCompletedSession({
				id: `person${n % 20}-${stamp.slice(0, 8)}-${stamp.slice(9, 13)}`,
				author: `Person ${n % 20}`,
				startedAt,
				lastActivityAt: startedAt + (10 + (n % 40)) * 60_000,
				pullRequests: Array.from({ length: EACH }, (_, pr) => n * EACH + pr + 1),
			}),
		);
	});
	await (await Workspace.open(folder, quietHost)).store.archive(sessions);
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const workspace = await Workspace.open(folder, quietHost);
		const begun = performance.now();
		const figures = analyse((await readAnalytics(workspace)).rows);
		times.push(performance.now() - begun);
		if (figures.sessions !== SESSIONS) throw new Error(`${figures.sessions} sessions were read.`);
	}
	const ms = median(times);
	const row: Row = {
		what: 'analytics, 100,000 pull requests in 10,000 sessions, from their files',
		goal: `< ${GOAL_MS} ms`,
		figure: shown(ms),
		holds: ms < GOAL_MS,
		values: { ms },
	};
	return [row];
});
