// How long it takes to find the session of a commit and of a pull request among 100,000.
import { OpenSessions } from '../../../src/core/openSessions.ts';
import type { Session } from '../../../src/core/session.ts';
import { emptyState } from '../../../src/store/state.ts';
import { aSession } from '../../../src/store/testSessions.ts';
import { measure, median, type Row, shown } from '../measure.ts';

const KNOWN = 100_000;
const SESSIONS = 1000;
const LOOKUPS = 1_000_000;
const GOAL_MS = 0.001;

void measure(() => {
	const each = KNOWN / SESSIONS;
	const shaOf = (n: number) => Math.imul(n, 2_654_435_761).toString(16).padStart(40, 'c');
	const sessions = Array.from(
		{ length: SESSIONS },
		(_, s): Session =>
			aSession({
				id: `alice-20251119-${String(s).padStart(4, '0')}`,
				commits: Array.from({ length: each }, (_, c) => ({ sha: shaOf(s * each + c), authoredAt: c * 1000 })),
			}),
	);
	const open = new OpenSessions(sessions, []);
	const state = emptyState();
	for (let n = 0; n < KNOWN; n++) state.carried.prToSession.set(n, sessions[n % SESSIONS]!.id);
	const shas = Array.from({ length: KNOWN }, (_, n) => shaOf(n));
	return [
		row('commit', (n) => open.byCommit(shas[(n * 7919) % KNOWN]!)),
		row('pull request', (n) => open.byId(state.carried.prToSession.get((n * 7919) % KNOWN)!)),
	];
});

function row(what: string, find: (n: number) => Session | undefined): Row {
	const means: number[] = [];
	for (let round = 0; round < 7; round++) {
		const begun = performance.now();
		let missing = 0;
		for (let n = 0; n < LOOKUPS; n++) if (!find(n)) missing++;
		means.push((performance.now() - begun) / LOOKUPS);
		if (missing > 0) throw new Error(`${missing} of ${LOOKUPS} were not found.`);
	}
	const mean = median(means);
	return {
		what: `session of a ${what}, 100,000 known`,
		goal: 'mean < 1 µs',
		figure: shown(mean),
		holds: mean < GOAL_MS,
		values: { meanMs: mean },
	};
}
