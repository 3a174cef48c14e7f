// How the command line words what it tells. Pure. Plain ASCII of our own, so that every console's code page has it.

export { count, duration, isoTime, number } from '../core/words.ts';

/** The local time: "14:30" on the day of `now`, else "2025-11-19 14:30". Both ms UTC. */
export function localTime(at: number, now: number): string {
	const day = localDay(at);
	const date = new Date(at);
	const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
	return day === localDay(now) ? time : `${day} ${time}`;
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
