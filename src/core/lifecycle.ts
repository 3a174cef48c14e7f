import type { Status, Trigger } from './session.ts';

/** What can happen to a session: somebody worked, time passed, or one of the triggers. */
export type Happening = 'activity' | 'idle' | 'discard' | Trigger;

/** Where a session can be. `none` stands for before its start, `discarded` for taken back without a trace. */
export type Stage = 'none' | Status | 'discarded';

/** What the caller has to carry out when a session changes. */
export type Duty = 'announce' | 'warn' | 'calm' | 'archive' | 'publish' | 'forget';

interface Transition {
	to: Stage;
	duties: readonly Duty[];
}

const COMPLETE: Transition = { to: 'completed', duties: ['archive', 'publish'] };
const COMPLETIONS = {
	explicit: COMPLETE,
	timeout: COMPLETE,
	heuristic: COMPLETE,
	closed: COMPLETE,
	orphaned: COMPLETE,
};
const DISCARD: Transition = { to: 'discarded', duties: ['forget'] };

/**
 * The life of a session, whole: what is not in the table does not happen. `completed` and `discarded` have no way
 * out, so a session completes once. The diagram in docs/sessions.md is drawn from this table.
 */
export const TRANSITIONS: { readonly [From in Stage]: { readonly [On in Happening]?: Transition } } = {
	none: { activity: { to: 'active', duties: ['announce'] } },
	active: {
		activity: { to: 'active', duties: [] },
		idle: { to: 'warning', duties: ['warn'] },
		...COMPLETIONS,
		discard: DISCARD,
	},
	warning: {
		activity: { to: 'active', duties: ['calm'] },
		...COMPLETIONS,
		discard: DISCARD,
	},
	completed: {},
	discarded: {},
};

/** The step that a happening takes from a stage; undefined when it changes nothing. */
export function step(from: Stage, on: Happening): Transition | undefined {
	return TRANSITIONS[from][on];
}
