import type { Place } from '../core/joining.ts';
import type { Session } from '../core/session.ts';
import { type Effect, type Outcome, Tracker, type TrackerEvent } from '../core/tracker.ts';
import type { State } from '../store/state.ts';
import { keepSmall } from './bounds.ts';
import { hereIn } from './here.ts';
import { noteForHook } from './hookNote.ts';
import { measured } from './measure.ts';
import { keepOlderMarker } from './olderMarker.ts';
import { completeOrphans } from './owners.ts';
import { enqueue } from './publishQueue.ts';
import type { Workspace } from './workspace.ts';

/** What a use case works with while it holds the repository's state. */
export interface Transaction {
	state: State;
	tracker: Tracker;
	/** Gives the tracker an event; what it obliges to is carried out with it. */
	reduce(event: TrackerEvent): Outcome;
	/** Completes what is over by now, before work that asks for what is open. It is done after the work in any case. */
	letTimePass(): void;
}

/** What came of a use case, for the face to show. */
export interface Change<T> {
	result: T;
	/** What changed, in its order. */
	effects: Effect[];
	/** The session of this working copy, as it is now. */
	here?: Session;
	/** When time alone will change something next, ms UTC: call `letTimePass` then. */
	deadline?: number;
}

/**
 * The one way in which the repository's sessions change: reads the state under its lock, lets `work` give the tracker
 * events, carries out what they oblige to (archive, publish queue), and writes. The notes for the commit hook and for
 * the older system's scripts follow.
 */
export function transact<T>(
	workspace: Workspace,
	work: (transaction: Transaction) => T | Promise<T>,
): Promise<Change<T>> {
	return measured(
		workspace,
		'update',
		() => carryThrough(workspace, work),
		({ effects }) => effects.length > 0,
	);
}

async function carryThrough<T>(
	workspace: Workspace,
	work: (transaction: Transaction) => T | Promise<T>,
): Promise<Change<T>> {
	const { rules } = await workspace.settle();
	await workspace.hideFiles();
	const effects: Effect[] = [];
	const ours = new Set<string>();
	const change = await workspace.store.update(async (state) => {
		const tracker = new Tracker(rules, { open: state.sessions, taken: state.recent });
		const reduce = (event: TrackerEvent): Outcome => {
			const outcome = tracker.reduce(event);
			for (const effect of outcome.effects) {
				carryOut(effect, state, workspace.host.now());
				effects.push(effect);
			}
			return outcome;
		};
		const letTimePass = () => {
			reduce({ type: 'tick', at: workspace.host.now() });
		};
		await completeOrphans(tracker, state, rules, workspace.host.now(), reduce);
		const result = await work({ state, tracker, reduce, letTimePass });
		letTimePass();
		state.sessions = tracker.open();
		for (const { session, error, printed } of keepSmall(state, workspace.host.now())) {
			if (printed) continue;
			const why = error ?? 'nothing tried to publish them';
			workspace.host.log.warn(`The trailers of session ${session} are given up: ${why}`);
		}
		const here = hereIn(tracker.open(), workspace.location.workTree);
		const deadline = tracker.nextDeadline();
		for (const id of state.recent) ours.add(id);
		return { result, effects, ...(here && { here }), ...(deadline !== undefined && { deadline }) };
	});
	for (const { session } of effects) ours.add(session.id);
	await Promise.all([noteForHook(workspace, change.here, rules), keepOlderMarker(workspace, change.here, ours)]);
	return change;
}

/** Lets the time that went by have its effect: warnings, and sessions that are over. */
export function letTimePass(workspace: Workspace): Promise<Change<void>> {
	return transact(workspace, () => {});
}

/** Where a use case of this working copy happens. */
export function placeOf(workspace: Workspace, branch: string | undefined): Place {
	const { workTree } = workspace.location;
	return branch === undefined ? { workingCopy: workTree } : { workingCopy: workTree, branch };
}

function carryOut({ duty, session }: Effect, state: State, now: number): void {
	if (duty === 'archive') state.completed.push(session);
	if (duty === 'publish' && session.commits.length > 0) enqueue(state, session, now);
	if (duty === 'forget') {
		state.publishQueue = state.publishQueue.filter((entry) => entry.session !== session.id);
	}
}
