// How the command line words what it tells. Pure. Plain ASCII of our own, so that every console's code page has it.

const MINUTE = 60_000;

/** "12 min", "3 h 05 min", "2 d 4 h". ms. */
export function duration(ms: number): string {
	const minutes = Math.max(0, Math.floor(ms / MINUTE));
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return `${hours} h ${two(minutes % 60)} min`;
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The local time: "14:30" on the day of `now`, else "2025-11-19 14:30". Both ms UTC. */
export function localTime(at: number, now: number): string {
	const day = localDay(at);
	const date = new Date(at);
	const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
	return day === localDay(now) ? time : `${day} ${time}`;
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

/**
 * One line that does nothing but show itself: titles and names come from anybody, and a terminal obeys escape sequences. Characters that
 * turn the reading direction go too.
 */
export function plain(text: string): string {
	return text
		.replace(/[\t\r\n\u2028\u2029]+/g, ' ')
		.replace(/[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
		.trimEnd();
}

/** At most so many characters. */
export function shortened(text: string, most: number): string {
	const letters = [...text];
	return letters.length <= most ? text : `${letters.slice(0, most - 3).join('')}...`;
}

function localDay(at: number): string {
	const date = new Date(at);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(n: number): string {
	return String(n).padStart(2, '0');
}
