import type { Analytics } from '../../src/core/analytics/analytics.ts';
import { categoryWord, figure, percent, triggerWord } from '../../src/dashboard/analytics/words.ts';
import { span, utcDay } from '../../src/dashboard/time.ts';

const MINUTE = 60_000;
const SLOTS = Array.from({ length: 24 }, (_, hour) => hour);

/** A table: its caption, or what stands in its first header, and its rows, as their cells are read. */
interface Table {
	name: string;
	rows: string[][];
}

/** What the tables of all charts hold. To be run in the page, where all of them are open. */
export function readTables(): Table[] {
	return [...document.querySelectorAll('.analytics table')].map((table) => ({
		name: (table.querySelector('caption')?.firstChild ?? table.querySelector('th'))?.textContent ?? '',
		rows: [...table.querySelectorAll('tbody tr')].map((row) =>
			[...row.querySelectorAll('th, td')]
				.filter((cell) => !cell.querySelector('svg'))
				.map((cell) => cell.textContent ?? ''),
		),
	}));
}

/** What they have to hold, in English. */
export function tablesOf(figures: Analytics): Table[] {
	const { timeline, calendar, triggers, durations, commitsPerSession, pullRequestsPerSession, categories } = figures;
	const { authors, agents, pullRequests, meanScore } = figures;
	const bars = (name: string, its: readonly { label: string; sessions: number }[]) => ({
		name,
		rows: its.map(({ label, sessions }) => [label, figure(sessions)]),
	});
	const orNone = (amount: number | null | undefined) =>
		amount === null || amount === undefined ? '–' : figure(amount);
	const people = (name: string, its: Analytics['authors']) => ({
		name,
		rows: its.map((one) => [
			one.filter.agent === null ? 'people' : one.name,
			figure(one.sessions),
			span(one.meanMinutes * MINUTE),
			figure(one.meanCommits),
			...(meanScore === null ? [] : [orNone(one.meanScore)]),
			percent(one.completedByThemselves),
		]),
	});
	return [
		{
			name: 'From',
			rows: timeline.periods
				.filter(({ sessions }) => sessions > 0)
				.map((period) => [
					utcDay(period.from),
					figure(period.sessions),
					figure(period.commits),
					...(pullRequests > 0 ? [figure(period.pullRequests)] : []),
					...(meanScore === null ? [] : [orNone(period.meanScore)]),
					...categories.map(({ name }) => orNone(period.categories[name])),
				]),
		},
		bars(
			'Completed by',
			triggers.map((bar) => ({ ...bar, label: triggerWord(bar.label) })),
		),
		bars('Duration', durations),
		bars('Commits per session', commitsPerSession),
		...(pullRequests > 0 ? [bars('Pull requests per session', pullRequestsPerSession)] : []),
		...(categories.length > 0
			? [
					{
						name: 'Mean points by category',
						rows: categories.map(({ name, mean }) => [categoryWord(name), figure(mean)]),
					},
				]
			: []),
		{
			name: 'UTC',
			rows: SLOTS.map((hour) => [
				`${String(hour).padStart(2, '0')}:00`,
				...[0, 1, 2, 3, 4, 5, 6].map((day) => figure(calendar[24 * day + hour] ?? 0)),
			]),
		},
		people('Authors', authors),
		...(agents.some(({ filter }) => filter.agent !== null) ? [people('Agents', agents)] : []),
	];
}
