import type { State } from './state.ts';

/**
 * Brings together what is on disk and what else is known of the same repository: what was tracked in memory while the disk refused it, or
 * what can be read in a damaged file. Of a session that both know, the one with the later activity counts; what either knows to be over is
 * over. Changes `onDisk`.
 */
export function mergeStates(onDisk: State, other: State): void {
	const over = new Set([...onDisk.recent, ...other.recent, ...onDisk.completed.map(({ id }) => id)]);
	onDisk.recent = [...new Set([...onDisk.recent, ...other.recent])];
	const completed = other.completed.filter(({ id }) => !over.has(id));
	onDisk.completed.push(...completed);
	for (const { id } of completed) over.add(id);
	const sessions = new Map(onDisk.sessions.map((session) => [session.id, session]));
	for (const session of other.sessions) {
		const known = sessions.get(session.id);
		if (!known || known.lastActivityAt < session.lastActivityAt) sessions.set(session.id, session);
	}
	onDisk.sessions = [...sessions.values()].filter(({ id }) => !over.has(id));
	for (const [path, copy] of other.workingCopies) {
		const known = onDisk.workingCopies.get(path);
		const isFurther = (copy.reflog?.last?.at ?? 0) > (known?.reflog?.last?.at ?? 0);
		if (!known || isFurther) onDisk.workingCopies.set(path, copy);
	}
	const queued = new Set(onDisk.publishQueue.map(({ session }) => session));
	onDisk.publishQueue.push(...other.publishQueue.filter(({ session }) => !queued.has(session)));
	addMissing(onDisk.told, other.told);
	for (const map of ['prToSession', 'sessionToPrs', 'metadata', 'sessionExtras', 'workingCopyExtras'] as const) {
		addMissing<unknown, unknown>(onDisk.carried[map], other.carried[map]);
	}
	for (const id of other.carried.ours) onDisk.carried.ours.add(id);
	onDisk.carried.rest = { ...other.carried.rest, ...onDisk.carried.rest };
}

function addMissing<K, V>(to: Map<K, V>, from: ReadonlyMap<K, V>): void {
	for (const [key, value] of from) if (!to.has(key)) to.set(key, value);
}
