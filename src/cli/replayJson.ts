import type { ReplayListener } from '../app/replayHistory.ts';
import type { Session } from '../core/session.ts';
import type { Decision } from '../core/tracker.ts';
import { ReplaySummary, rowOf } from './replaySummary.ts';

/** Enough to make a write worth its while, in characters. */
const CHUNK = 64 * 1024;

/**
 * Writes `{ "commits": […], "sessions": […], "summary": {…} }` while a history is replayed, an entry a line: a million commits never stand in
 * memory as one text. Nothing is written before the first commit, so that a history that cannot be read at all leaves no half document.
 */
export class ReplayJson implements ReplayListener {
	readonly #write: (text: string) => void;
	readonly #summary = new ReplaySummary();
	readonly #sessions: string[] = [];
	#pending = '{"commits":[';
	#first = true;

	constructor(write: (text: string) => void) {
		this.#write = write;
	}

	onDecision(decision: Decision): void {
		this.#summary.onDecision(decision);
		const { sha, auto, rule: reason, session = null, trigger = null } = decision;
		this.#pending += `${this.#first ? '' : ','}\n${JSON.stringify({ sha, auto, reason, session, trigger })}`;
		this.#first = false;
		if (this.#pending.length >= CHUNK) this.#flush();
	}

	onSession(session: Session): void {
		this.#summary.onSession(session);
		this.#sessions.push(JSON.stringify(rowOf(session)));
	}

	/** Writes what is left. */
	finish(): void {
		this.#pending += '\n],"sessions":[';
		for (const [index, row] of this.#sessions.entries()) {
			this.#pending += `${index === 0 ? '' : ','}\n${row}`;
			if (this.#pending.length >= CHUNK) this.#flush();
		}
		this.#pending += `\n],"summary":${JSON.stringify(this.#summary.figures())}}\n`;
		this.#flush();
	}

	#flush(): void {
		this.#write(this.#pending);
		this.#pending = '';
	}
}
