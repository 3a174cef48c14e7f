import { count, duration, isoTime, number } from '../words.ts';
import type { Analytics } from './analytics.ts';
import type { AnalyticsRow } from './row.ts';

const MINUTE = 60_000;
/** How many authors and agents the text names. */
const NAMED = 10;

/** The figures as lines of text. */
export function analyticsText(figures: Analytics): string[] {
	if (figures.sessions === 0) {
		return ['No session has completed yet: "auto-pr replay" tells what those of this history would have been.'];
	}
	return [
		headline(figures),
		...facts(figures).map(([name, value]) => `  ${name.padEnd(22)} ${value}`),
		...list(
			'Completed by',
			figures.triggers.map(({ label, sessions }) => [label, sessions]),
		),
		...list(
			'Authors',
			figures.authors.slice(0, NAMED).map(({ name, sessions }) => [name, sessions]),
		),
		...list(
			'Agents',
			figures.agents.slice(0, NAMED).map(({ name, sessions }) => [name, sessions]),
		),
	];
}

/** The figures as Markdown, for a comment or a job summary. */
export function markdownLines(figures: Analytics): string[] {
	if (figures.sessions === 0) return ['No session has completed yet.'];
	return [
		`**${headline(figures)}**`,
		'',
		'| figure | value |',
		'| --- | ---: |',
		...facts(figures).map(([name, value]) => `| ${name} | ${value} |`),
		'',
		'| author | sessions | mean minutes | mean commits | mean score | completed by itself |',
		'| --- | ---: | ---: | ---: | ---: | ---: |',
		...figures.authors.map(
			(one) =>
				`| ${escaped(one.name)} | ${one.sessions} | ${number(one.meanMinutes)} | ${number(one.meanCommits)} | ${one.meanScore === null ? '' : number(one.meanScore)} | ${percent(one.completedByThemselves)} |`,
		),
	];
}

/** The sessions, one a line (RFC 4180). */
export function analyticsCsv(rows: readonly AnalyticsRow[]): string {
	const header = 'id,author,agent,title,started,completed,minutes,trigger,commits,files,tests,docs,pull_requests,score';
	const lines = rows.map((row) =>
		[
			row.id,
			row.author,
			row.agent ?? '',
			row.title ?? '',
			isoTime(row.startedAt),
			isoTime(row.completedAt),
			row.minutes,
			row.trigger,
			row.commits,
			row.files,
			row.tests,
			row.docs,
			row.pullRequests.join(' '),
			row.score ?? '',
		]
			.map(cell)
			.join(','),
	);
	return `${[header, ...lines].join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it: owasp.org/www-community/attacks/CSV_Injection. */
function cell(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function headline({ microScores, sessions, noiseSaved }: Analytics): string {
	const saved = noiseSaved === null || noiseSaved <= 0 ? '' : `, ${noiseSaved} % fewer`;
	return `${count(microScores, 'micro-commit')} became ${count(sessions, 'score')}${saved}.`;
}

function facts(figures: Analytics): [string, string][] {
	const { sessions, commits, pullRequests, medianMinutes, meanScore, batched } = figures;
	return [
		['sessions', number(sessions)],
		['commits', number(commits)],
		['pull requests', number(pullRequests)],
		...(medianMinutes === null ? [] : [['median duration', duration(medianMinutes * MINUTE)] as [string, string]]),
		...(meanScore === null ? [] : [['mean score', number(meanScore)] as [string, string]]),
		...(batched === null ? [] : [['commits batched', percent(batched)] as [string, string]]),
	];
}

function list(title: string, entries: readonly [name: string, sessions: number][]): string[] {
	return [title, ...entries.map(([name, sessions]) => `  ${name.padEnd(22)} ${count(sessions, 'session')}`)];
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/** Names come from anybody: none may close the cell or bring markup. */
function escaped(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+!|<>~@&]/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ');
}
