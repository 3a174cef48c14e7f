import { setTimeout as sleep } from 'node:timers/promises';

/** How long something may take before a test gives up, ms. Generous: it costs time only when a test fails. */
const patience = 30_000;

/**
 * Asks again and again until the answer is as wanted.
 *
 * @param ask - may throw while things are not ready
 * @returns the answer
 * @throws Error with the last answer when `limit` ms have passed
 */
export async function until<T>(
	ask: () => T | Promise<T>,
	wanted: (answer: T) => boolean,
	limit = patience,
): Promise<T> {
	const end = Date.now() + limit;
	for (;;) {
		let last: string;
		try {
			const answer = await ask();
			if (wanted(answer)) {
				return answer;
			}
			last = JSON.stringify(answer);
		} catch (error) {
			last = readable(error);
		}
		if (Date.now() > end) {
			throw new Error(`Not as wanted within ${limit / 1000} s; the last answer was ${last}`);
		}
		await sleep(50);
	}
}

/** The message of whatever was thrown. */
export function readable(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
