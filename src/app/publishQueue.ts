import type { Session } from '../core/session.ts';
import type { QueuedPublish, State } from '../store/state.ts';

/** Queues what a session has to publish: its id to its pull requests, and its end once it has one. */
export function enqueue(state: State, session: Session, now: number): void {
	let entry = state.publishQueue.find((waiting) => waiting.session === session.id);
	if (!entry) {
		entry = { session: session.id, branches: [], startedAt: session.startedAt, since: now, attempts: 0 };
		state.publishQueue.push(entry);
	}
	entry.branches = [...session.branches.keys()];
	if (session.ended) entry.ending = session.ended;
}

/** What still waits for a network, a sign-in, a pull request, or a person who has it printed. */
export function waitingIn({ publishQueue }: Pick<State, 'publishQueue'>): QueuedPublish[] {
	return publishQueue.filter(({ printed }) => !printed);
}
