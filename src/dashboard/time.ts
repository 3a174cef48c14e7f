const MINUTE = 60_000;

/** A span of time: `12 min`, `1 h 5 min`, `2 d 3 h`. Rounded down; ms below 0 counts as 0. */
export function span(ms: number): string {
	const minutes = Math.max(0, Math.floor(ms / MINUTE));
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return `${minutes} min`;
	if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
	return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago something was, ms. */
export function ago(ms: number): string {
	return ms < MINUTE ? 'just now' : `${span(ms)} ago`;
}

/** A moment (ms UTC) as a person here reads it: the time today, else the day and the time. */
export function moment(at: number, now: number): string {
	const date = new Date(at);
	const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
	if (date.toDateString() === new Date(now).toDateString()) return time;
	const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
	if (date.getFullYear() !== new Date(now).getFullYear()) day.year = 'numeric';
	return `${date.toLocaleDateString(undefined, day)}, ${time}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
