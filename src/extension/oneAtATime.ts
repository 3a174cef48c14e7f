/**
 * Makes calls of `work` run one at a time. Calls that come while it runs share one more run after it, so that none works
 * with what was there before it was called.
 */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
	let running: Promise<T> | undefined;
	let next: Promise<T> | undefined;
	const run = (): Promise<T> => {
		const mine = work().finally(() => {
			if (running === mine) running = undefined;
		});
		running = mine;
		return mine;
	};
	return () => {
		if (!running) return run();
		next ??= running
			.catch(() => undefined)
			.then(() => {
				next = undefined;
				return run();
			});
		return next;
	};
}
