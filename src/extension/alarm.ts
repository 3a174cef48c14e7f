/** The longest time that a timer takes, ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST = 2 ** 31 - 1;

/** A moment that already passed rings after this, ms, so that what cannot be settled does not spin. */
const SHORTEST = 250;

/** One timer that rings at a moment, in ms UTC. Setting it anew replaces the moment. */
export class Alarm {
	readonly #ring: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(ring: () => void) {
		this.#ring = ring;
	}

	get isSet(): boolean {
		return this.#timer !== undefined;
	}

	/** Undefined clears it. */
	set(at: number | undefined): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (at === undefined || !Number.isFinite(at)) return;
		const delay = Math.min(LONGEST, Math.max(SHORTEST, at - Date.now()));
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			// A timer cannot wait for longer, and a clock may be set back.
			if (at - Date.now() > SHORTEST) this.set(at);
			else this.#ring();
		}, delay);
	}
}
