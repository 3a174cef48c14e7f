import type { Operation } from '../core/health/measurements.ts';
import { noteMeasurement } from '../store/measurements.ts';
import type { Workspace } from './workspace.ts';

/**
 * Does work and notes how long it took.
 * @param counts Says whether something happened: what found nothing to do is not measured, and writes nothing.
 */
export async function measured<T>(
	workspace: Workspace,
	operation: Operation,
	work: () => Promise<T>,
	counts: (result: T) => boolean,
): Promise<T> {
	const began = performance.now();
	const result = await work();
	if (counts(result)) await note(workspace, operation, performance.now() - began);
	return result;
}

/** Notes that a session which was found by itself was taken back. */
export function noteDiscard(workspace: Workspace): Promise<void> {
	return note(workspace, 'discard', 0);
}

/** Work that was done does not fail for want of a figure (a full or read-only disk, say), which the next real write tells of. */
async function note({ location, host }: Workspace, operation: Operation, took: number): Promise<void> {
	await noteMeasurement(location.mainWorkTree, { at: host.now(), operation, took }).catch(() => undefined);
}
