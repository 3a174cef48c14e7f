// How texts for terminals and files word what they tell. Plain ASCII of our own, so that every console's code page has it.

const MINUTE = 60_000;

/** "12 min", "3 h 05 min", "2 d 4 h". ms. */
export function duration(ms: number): string {
	const minutes = Math.max(0, Math.floor(ms / MINUTE));
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return `${hours} h ${two(minutes % 60)} min`;
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** UTC, as JSON documents have it: `2025-11-19T14:30:00Z`. */
export function isoTime(at: number): string {
	return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** "1 commit", "1,125 commits". */
export function count(n: number, noun: string): string {
	return `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** "1,125", "5.9". */
export function number(n: number): string {
	// The first use of a locale costs a third of a short run, and most figures are whole.
	if (Number.isSafeInteger(n)) return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
	return n.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

function two(n: number): string {
	return String(n).padStart(2, '0');
}
