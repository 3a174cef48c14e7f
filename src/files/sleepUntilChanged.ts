import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './fileError.ts';

/** How long to sleep, ms: where a change can wake us, and where it cannot (a network drive, no watches left). */
interface Pauses {
	watched: number;
	unwatched: number;
}

/** A file that went before it could be watched is not looked for again at once, in case its name still lingers. */
const GONE_MS = 1;

/**
 * Sleeps until a file is changed or removed, or its time is up. Nothing may be concluded from waking: a watch can miss changes that other
 * hosts make, and tell of some that were none.
 * @returns how long it slept, ms; never more than it was to, though the machine slept meanwhile.
 */
export async function sleepUntilChanged(path: string, { watched, unwatched }: Pauses): Promise<number> {
	const woken = new AbortController();
	const wake = () => woken.abort();
	const watching = watchFor(path, wake);
	const ms = watching === 'gone' ? GONE_MS : watching ? watched : unwatched;
	const begun = performance.now();
	try {
		await sleep(ms, undefined, { signal: woken.signal });
	} catch (error) {
		if (!woken.signal.aborted) throw error;
	} finally {
		if (watching !== 'gone') watching?.close();
	}
	return Math.min(ms, performance.now() - begun);
}

function watchFor(path: string, wake: () => void): { close(): void } | 'gone' | undefined {
	try {
		const watcher = watch(path, wake);
		// What Windows tells of a watched file that is removed.
		watcher.on('error', wake);
		return watcher;
	} catch (error) {
		return hasCode(error, 'ENOENT') ? 'gone' : undefined;
	}
}
