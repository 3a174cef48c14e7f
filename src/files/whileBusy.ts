/** What Windows answers while a virus scanner, an indexer or another process holds a file (npm/write-file-atomic#28). */
const BUSY_ON_WINDOWS = ['EPERM', 'EACCES', 'EBUSY'];

/** Elsewhere the other two are final. Network file systems know this one. */
const BUSY_ELSEWHERE = ['EBUSY'];

/** Pauses between the tries, in ms: about 0.6 s in all. */
const PAUSES_MS = [1, 2, 5, 10, 20, 40, 80, 160, 320];

/** Runs `action` until it succeeds, again after a short pause when a file is busy. Throws what the last try threw. */
export async function whileBusy<T>(action: () => Promise<T>, platform: NodeJS.Platform = process.platform): Promise<T> {
	const busy = platform === 'win32' ? BUSY_ON_WINDOWS : BUSY_ELSEWHERE;
	for (const pause of PAUSES_MS) {
		try {
			return await action();
		} catch (error) {
			if (!busy.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
	return await action();
}
