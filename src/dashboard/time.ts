import { language, t } from './l10n.ts';

const MINUTE = 60_000;

/** A span of time: `12 min`, `1 h 5 min`, `2 d 3 h`. Rounded down; ms below 0 counts as 0. */
export function span(ms: number): string {
	const minutes = Math.max(0, Math.floor(ms / MINUTE));
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return t('{0} min', minutes);
	if (hours < 24) return minutes % 60 === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, minutes % 60);
	const days = Math.floor(hours / 24);
	return hours % 24 === 0 ? t('{0} d', days) : t('{0} d {1} h', days, hours % 24);
}

/** How long ago something was, ms. */
export function ago(ms: number): string {
	return ms < MINUTE ? t('just now') : t('{0} ago', span(ms));
}

/** A moment (ms UTC) as a person here reads it: the time today, else the day and the time. */
export function moment(at: number, now: number): string {
	const date = new Date(at);
	const time = date.toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
	if (date.toDateString() === new Date(now).toDateString()) return time;
	const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
	if (date.getFullYear() !== new Date(now).getFullYear()) day.year = 'numeric';
	return `${date.toLocaleDateString(language(), day)}, ${time}`;
}
