/** What waiting needs of the editor. */
export interface Surroundings {
	/** Resolves when the wait is long enough to be shown: most work is over by then, and a message that flashes up disturbs. */
	patience(): Promise<void>;
	/** Shows that work goes on, until `over` settles. Resolves when the user cancels, and else never. */
	show(over: Promise<unknown>): Promise<void>;
	/** The work failed after the user had cancelled it. */
	failedUnheard(error: unknown): void;
}

/**
 * Does work that may take a while, and shows that it does. Returns undefined when the user cancelled; the work itself goes on, unheard: only for what
 * keeps what it could not do, or changes nothing. So nothing is left half-done, and a failure after that is nobody's trouble but the log's.
 */
export async function untilCancelled<T>(work: () => Promise<T>, surroundings: Surroundings): Promise<T | undefined> {
	const result = work();
	const settled = result.then(
		() => true,
		() => true,
	);
	if (await Promise.race([settled, surroundings.patience().then(() => false)])) return result;
	const cancelled = surroundings.show(settled);
	if (await Promise.race([settled, cancelled.then(() => false)])) return result;
	result.catch(surroundings.failedUnheard);
	return undefined;
}
