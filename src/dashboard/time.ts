import { language, t } from './l10n.ts';

const MINUTE = 60_000;

/** How moments are written, by language: making a form takes far longer than writing by it. */
const forms = new Map<string | undefined, Record<'time' | 'day' | 'year' | 'utcDay', Intl.DateTimeFormat>>();

function formsOf(spoken: string | undefined) {
	const known = forms.get(spoken);
	if (known) return known;
	const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
	const made = {
		time: new Intl.DateTimeFormat(spoken, { hour: '2-digit', minute: '2-digit' }),
		day: new Intl.DateTimeFormat(spoken, day),
		year: new Intl.DateTimeFormat(spoken, { ...day, year: 'numeric' }),
		utcDay: new Intl.DateTimeFormat(spoken, { dateStyle: 'medium', timeZone: 'UTC' }),
	};
	forms.set(spoken, made);
	return made;
}

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
	const today = new Date(now);
	const { time, day, year } = formsOf(language());
	if (date.toDateString() === today.toDateString()) return time.format(date);
	return `${(date.getFullYear() === today.getFullYear() ? day : year).format(date)}, ${time.format(date)}`;
}

/** A UTC day, given as `2025-11-19`: like that, or as the reader's language writes it. */
export function utcDay(day: string): string {
	const spoken = language();
	return spoken === undefined ? day : formsOf(spoken).utcDay.format(Date.parse(day));
}

/** A moment (ms UTC) in UTC: `2025-11-19 15:00`, or as the reader's language writes it. */
export function utcMoment(at: number): string {
	const spoken = language();
	if (spoken === undefined) return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
	return new Date(at).toLocaleString(spoken, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
}
