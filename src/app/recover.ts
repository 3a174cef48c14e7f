import type { Recovery } from '../store/state.ts';
import type { Workspace } from './workspace.ts';

/**
 * After a damaged file was replaced: looks in history for what its backup lacks, and says once, to whoever asks first, what happened and what
 * was recovered. Undefined when nothing did. Costs one reading of the state when all is well.
 */
export async function takeRecovery(workspace: Workspace): Promise<string | undefined> {
	const { store } = workspace;
	if (!(await store.read()).recovery) return undefined;
	const { rebuild } = await import('./rebuild.ts');
	const rebuilt = await rebuild(workspace);
	const taken = await store.update((state): Recovery | undefined => {
		const { recovery } = state;
		delete state.recovery;
		return recovery;
	});
	if (!taken) return undefined;
	return `${taken.sentence} ${foundAgain(rebuilt.length)}`;
}

function foundAgain(sessions: number): string {
	if (sessions === 0) return "The history's trailers name no completed session that is missing.";
	const what = sessions === 1 ? '1 completed session was' : `${sessions} completed sessions were`;
	return `${what} found again in the history's trailers.`;
}
