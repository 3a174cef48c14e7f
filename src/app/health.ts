import { stat } from 'node:fs/promises';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import { type Health, type HealthFigures, judgeHealth, WINDOW } from '../core/health/health.ts';
import { timesOf } from '../core/health/measurements.ts';
import { placeInside } from '../files/place.ts';
import { stateFileIn } from '../store/layout.ts';
import { readMeasurements } from '../store/measurements.ts';
import { readAnalytics } from './analytics.ts';
import { findOrphans } from './owners.ts';
import type { Workspace } from './workspace.ts';

/**
 * How this repository stands on this machine. Takes no lock and writes nothing.
 * @param known All completed sessions, where they were read already.
 */
export async function readHealth(workspace: Workspace, known?: readonly AnalyticsRow[]): Promise<Health> {
	const { host, location, store } = workspace;
	const now = host.now();
	const [state, { rules }, rows, measurements, stateBytes] = await Promise.all([
		store.read(),
		workspace.settle(),
		known ?? readAnalytics(workspace).then((source) => source.rows),
		readMeasurements(location.mainWorkTree),
		stateSize(location.mainWorkTree),
	]);
	const recent = (at: number) => at > now - WINDOW && at <= now;
	const figures: HealthFigures = {
		orphans: (await findOrphans(state.sessions, state, rules, now)).map(({ id }) => id),
		ended: rows.filter(({ completedAt }) => recent(completedAt)),
		discarded: measurements.filter(({ operation, at }) => operation === 'discard' && recent(at)).length,
		stateBytes,
		operations: timesOf(measurements),
	};
	return judgeHealth(figures);
}

async function stateSize(root: string): Promise<number> {
	try {
		return (await stat(await placeInside(stateFileIn(root), root))).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
		throw error;
	}
}
