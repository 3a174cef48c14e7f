import { UserError } from '../core/userError.ts';
import { LockBusy } from './lockBusy.ts';
import { mergeStates } from './mergeStates.ts';
import type { State } from './state.ts';
import { formatState, parseState } from './stateFile.ts';

/** A state as it was read. */
interface Read {
	state: State;
	/** The text on disk; undefined when there was none that could be read. */
	source: string | undefined;
}

/** Hears a sentence when the disk begins to refuse, and undefined when all is on disk again. */
export type Trouble = (sentence: string | undefined) => void;

/** The changes that the disk refused (full, read-only): kept in memory, for processes that stay, until one is written. */
export class HeldChanges {
	readonly #onTrouble: Trouble | undefined;
	#held: { text: string; basis: string | undefined } | undefined;

	/** Without somebody to tell, nothing is ever held. */
	constructor(onTrouble: Trouble | undefined) {
		this.#onTrouble = onTrouble;
	}

	/** Whether it is the disk that refused, so that the change is to be held. */
	goesOnAfter(error: unknown): boolean {
		if (!this.#onTrouble || !(error instanceof UserError) || error instanceof LockBusy) return false;
		return (error.cause as NodeJS.ErrnoException | undefined)?.code !== undefined;
	}

	/** What was read, with what is held. */
	joinedTo<T extends Read>(read: T): T {
		if (!this.#held) return read;
		const held = parseState(this.#held.text);
		if (read.source === this.#held.basis) return { ...read, state: held };
		mergeStates(read.state, held);
		return read;
	}

	/** Keeps a state that the disk refused with `error`. `now`: ms UTC. */
	hold({ state, source }: Read, error: unknown, now: number): void {
		if (!this.#held) {
			this.#onTrouble?.(`${(error as UserError).message} Tracking goes on in memory and is written when it can be.`);
		}
		this.#held = { text: formatState(state, now), basis: source };
	}

	/** What was held is on disk. */
	letGo(): void {
		if (this.#held) this.#onTrouble?.(undefined);
		this.#held = undefined;
	}
}
