import { dueAt } from '../core/clockwork.ts';
import type { Rules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import type { Outcome, Tracker, TrackerEvent } from '../core/tracker.ts';
import type { Holder } from '../store/holder.ts';
import type { State } from '../store/state.ts';
import type { Workspace } from './workspace.ts';

/** Marks this process, a window that watches, as an owner of its working copy. Written once, not again and again. */
export async function own({ store, location }: Workspace): Promise<void> {
	const { thisProcess } = await import('../store/holder.ts');
	const self = await thisProcess();
	await store.update(async (state) => {
		const copy = state.workingCopies.get(location.workTree) ?? {};
		const others = await living((copy.owners ?? []).filter((owner) => !isSame(owner, self)));
		state.workingCopies.set(location.workTree, { ...copy, owners: [...others, self] });
	});
}

/**
 * Completes the sessions whose timeout passed and whose every owner went away without a word, at their last activity. One that had no
 * owner, as a terminal starts it, or still has one is not an orphan: it completes by its timeout.
 */
export async function completeOrphans(
	tracker: Tracker,
	state: State,
	rules: Rules,
	now: number,
	reduce: (event: TrackerEvent) => Outcome,
): Promise<void> {
	for (const { id } of await findOrphans(tracker.open(), state, rules, now)) {
		reduce({ type: 'end', session: id, at: now, trigger: 'orphaned' });
	}
}

/** The open sessions whose timeout passed and whose every owner went away. One that still has an owner, or never had one, is none. */
export async function findOrphans(
	open: readonly Session[],
	{ workingCopies }: State,
	rules: Rules,
	now: number,
): Promise<Session[]> {
	const orphans: Session[] = [];
	for (const session of open) {
		if (dueAt(session, now, rules) !== 'timeout') continue;
		const owners = workingCopies.get(session.workingCopy ?? '')?.owners ?? [];
		if (owners.length > 0 && (await living(owners)).length === 0) orphans.push(session);
	}
	return orphans;
}

/** Those that did not end for certain: one on another machine cannot be asked. */
async function living(owners: readonly Holder[]): Promise<Holder[]> {
	// Loaded only where there are owners: it starts processes on some systems.
	const { hasEnded } = await import('../store/holder.ts');
	const ended = await Promise.all(owners.map((owner) => hasEnded(owner, false)));
	return owners.filter((_, index) => ended[index] !== true);
}

function isSame(a: Holder, b: Holder): boolean {
	return a.pid === b.pid && a.started === b.started && a.machine === b.machine;
}
