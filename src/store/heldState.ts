import type { State } from './state.ts';

/**
 * Brings what was tracked in memory, while the disk refused it, together with what others wrote meanwhile: of a session that both
 * know, the one with the later activity counts. Changes `onDisk`.
 */
export function mergeHeld(onDisk: State, held: State): void {
	const over = new Set([...onDisk.recent, ...onDisk.completed.map(({ id }) => id)]);
	const completed = held.completed.filter(({ id }) => !over.has(id));
	onDisk.completed.push(...completed);
	for (const { id } of completed) over.add(id);
	const sessions = new Map(onDisk.sessions.map((session) => [session.id, session]));
	for (const session of held.sessions) {
		const known = sessions.get(session.id);
		if (!known || known.lastActivityAt < session.lastActivityAt) sessions.set(session.id, session);
	}
	onDisk.sessions = [...sessions.values()].filter(({ id }) => !over.has(id));
	for (const [path, copy] of held.workingCopies) {
		const known = onDisk.workingCopies.get(path);
		const isFurther = (copy.reflog?.last?.at ?? 0) > (known?.reflog?.last?.at ?? 0);
		if (!known || isFurther) onDisk.workingCopies.set(path, copy);
	}
	const queued = new Set(onDisk.publishQueue.map(({ session }) => session));
	onDisk.publishQueue.push(...held.publishQueue.filter(({ session }) => !queued.has(session)));
	for (const [what, when] of held.told) if (!onDisk.told.has(what)) onDisk.told.set(what, when);
}
