import path from 'node:path';
import { type AnalyticsSource, readAnalytics, replayAnalytics } from '../../app/analytics.ts';
import { newestDetails } from '../../app/sessionDetails.ts';
import { settleText } from '../../app/settle.ts';
import { analyse } from '../../core/analytics/analytics.ts';
import { analyticsCsv, analyticsText, markdownLines } from '../../core/analytics/exportText.ts';
import { type Filter, filtered } from '../../core/analytics/filter.ts';
import type { AnalyticsRow } from '../../core/analytics/row.ts';
import type { SessionDetails } from '../../core/analytics/sessionDetails.ts';
import { UserError } from '../../core/userError.ts';
import { writeFileAtomic } from '../../files/atomicFile.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, tell, write } from '../output.ts';
import { reportHtml, reportLanguages } from '../report.ts';

interface AnalyticsOptions extends CommonOptions {
	history?: string;
	html?: string;
	language?: string;
	csv?: boolean;
	markdown?: boolean;
	since?: string;
	until?: string;
	author?: string;
	agent?: string;
	trigger?: string;
	search?: string;
}

export async function analytics(options: AnalyticsOptions): Promise<number> {
	const filter = filterOf(options);
	if ([options.json, options.csv, options.markdown].filter(Boolean).length > 1) {
		throw new UserError('Give one of --json, --csv and --markdown.');
	}
	const language = await languageOf(options);
	const { rows: all, seen, details } = await sourceOf(options);
	const rows = filtered(all, filter);
	// Of part of the sessions the whole history says nothing.
	const source = { rows, ...(seen && Object.keys(filter).length === 0 && { seen }) };
	if (options.html !== undefined) await writeReport(options.html, { name: nameOf(options), language }, source, details);
	const figures = analyse(source.rows, source.seen);
	if (options.csv) write('stdout', analyticsCsv(rows));
	else if (options.markdown) write('stdout', `${markdownLines(figures).join('\n')}\n`);
	else if (options.json || options.html === undefined) show(options, figures, analyticsText(figures));
	return 0;
}

/** Reads the details of sessions that a report inlines. */
type ReadDetails = (rows: readonly AnalyticsRow[]) => Promise<Record<string, SessionDetails>>;

async function sourceOf(options: AnalyticsOptions): Promise<AnalyticsSource & { details?: ReadDetails }> {
	if (options.history === undefined) {
		const workspace = await openWorkspace(options);
		return { ...(await readAnalytics(workspace)), details: (rows) => newestDetails(workspace, rows) };
	}
	const { rules } = await settleText(undefined);
	return replayAnalytics(path.resolve(options.history), rules);
}

async function writeReport(
	file: string,
	{ name, language }: { name: string; language: string },
	{ rows, seen }: AnalyticsSource,
	read: ReadDetails | undefined,
): Promise<void> {
	const target = path.resolve(file);
	const details = await read?.(rows);
	const report = { name, made: Date.now(), rows, ...(seen && { seen }), ...(details && { details }) };
	const html = await reportHtml(report, language);
	await writeFileAtomic(target, html, path.dirname(target));
	tell(`The report is in ${target}.`);
}

async function languageOf({ html, language }: AnalyticsOptions): Promise<string> {
	if (language === undefined) return 'en';
	if (html === undefined)
		throw new UserError('--language is that of the page: give --html with the file to write it to.');
	const languages = await reportLanguages();
	if (languages.includes(language)) return language;
	throw new UserError(`--language takes one of ${languages.join(', ')}, not "${language}".`);
}

function nameOf({ history, repo }: AnalyticsOptions): string {
	return path.basename(path.resolve(history ?? repo), history === undefined ? '' : '.jsonl');
}

function filterOf({ since, until, author, agent, trigger, search }: AnalyticsOptions): Filter {
	const from = since === undefined ? Number.NEGATIVE_INFINITY : dayOf('--since', since);
	const to = until === undefined ? Number.POSITIVE_INFINITY : dayOf('--until', until);
	return {
		...((since ?? until) !== undefined && { time: [from, to] as const }),
		...(author !== undefined && { author }),
		...(agent !== undefined && { agent: agent === 'none' ? null : agent }),
		...(trigger !== undefined && { trigger }),
		...(search !== undefined && { search }),
	};
}

/** The start of a UTC day. */
function dayOf(option: string, text: string): number {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(at)) throw new UserError(`${option} takes a day as 2025-11-19, not "${text}".`);
	return at;
}
