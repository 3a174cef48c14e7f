import type { Published } from '../app/publish.ts';
import { Alarm } from './alarm.ts';
import { oneAtATime } from './oneAtATime.ts';

const MINUTE = 60_000;

/** How long to wait after an attempt that left something waiting, ms. The last goes on for as long as anything waits. */
const BACK_OFF = [1, 5, 15, 30].map((minutes) => minutes * MINUTE);

/** What publishes, and where its troubles go. */
interface Work {
	publish(): Promise<Published[]>;
	/** Whether to publish without being asked: `autoPr.publish`. */
	automatic(): boolean;
	failed(error: unknown): void;
}

/**
 * Publishes a repository's trailers by itself, again and again while something waits that may go later. Without that it holds no timer:
 * neither when all is there, nor when it is stuck.
 */
export class Publishing {
	/** Publishes now, for whoever asked. Throws what publishing throws. */
	readonly publish: () => Promise<Published[]>;
	readonly #work: Work;
	readonly #alarm = new Alarm(() => this.#attempt());
	#attempts = 0;
	/** ms UTC. */
	#attemptedAt = 0;
	#running = false;
	/** Only a person can help: another attempt would find what the last one found. */
	#stuck = false;
	#closed = false;

	constructor(work: Work) {
		this.#work = work;
		this.publish = oneAtATime(() => this.#publish());
	}

	/** Something is complete: publishes at once, and waits from the beginning again. */
	now(): void {
		this.#attempts = 0;
		if (this.#work.automatic()) this.#attempt();
	}

	/** Something may be found soon, such as a pull request for a branch with new commits. */
	soon(): void {
		if (this.#stuck || !this.#work.automatic() || this.#closed || this.#alarm.isSet) return;
		this.#alarm.set(Date.now() + BACK_OFF[0]!);
	}

	/** Somebody came back: tries again unless the last attempt was just now. */
	again(): void {
		if (Date.now() - this.#attemptedAt > BACK_OFF[0]!) this.now();
	}

	/** Something changed that it may have been stuck for: the remote, a sign-in. */
	helped(): void {
		if (this.#stuck) this.now();
	}

	/** Of an attempt: it failed for something that a person has to change, and is not made again before. */
	stuck(): void {
		this.#stuck = true;
	}

	/** Tells whether the queue holds something, whoever put it there. */
	noteQueue(waits: boolean): void {
		if (this.#running || this.#stuck) return;
		if (waits && !this.#alarm.isSet) this.now();
	}

	/** Forgets the plan: the setting changed, or the repository closes for good. */
	stop({ forGood = false } = {}): void {
		this.#closed ||= forGood;
		this.#stuck = false;
		this.#alarm.set(undefined);
	}

	#attempt(): void {
		if (!this.#closed) this.publish().catch((error: unknown) => this.#work.failed(error));
	}

	async #publish(): Promise<Published[]> {
		this.#alarm.set(undefined);
		this.#running = true;
		this.#stuck = false;
		this.#attemptedAt = Date.now();
		let waits = true;
		try {
			const published = await this.#work.publish();
			waits = published.some((outcome) => outcome.waits !== undefined);
			if (published.some(({ needsSignIn }) => needsSignIn)) this.stuck();
			return published;
		} finally {
			this.#running = false;
			if (!waits) this.#attempts = 0;
			else if (this.#work.automatic() && !this.#closed && !this.#stuck) this.#planNext();
		}
	}

	#planNext(): void {
		const wait = BACK_OFF[Math.min(this.#attempts, BACK_OFF.length - 1)]!;
		this.#attempts++;
		this.#alarm.set(Date.now() + wait);
	}

	/** Whether an attempt is planned. */
	get isPlanned(): boolean {
		return this.#alarm.isSet;
	}
}
