import { isDocs, isTest } from './paths.ts';
import { draftTitle, type TitleSource } from './pullRequestTitle.ts';

/** What a draft is made of. */
interface DraftSource extends TitleSource {
	/** The repository's template; empty where it has none. */
	template: string;
}

/** The title and body of a pull request, without trailers. */
export interface Draft {
	title: string;
	body: string;
}

/** What stands between these is ours, and is written anew at each update; a person's words around it stay. */
const BEGIN = '<!-- auto-pr summary -->';
const END = '<!-- /auto-pr summary -->';

/** How many files or folders a list names before it only counts. */
const MOST = 20;

/** Drafts a session's pull request. */
export function draftPullRequest(source: DraftSource): Draft {
	return { title: draftTitle(source), body: intoTemplate(source.template, summaryOf(source.files)) };
}

/** The body with a new summary where one stands; as it is where somebody took it out. */
export function updateSummary(body: string, files: DraftSource['files']): string {
	const place = placeOfSummary(body);
	return place ? body.slice(0, place.start) + summaryOf(files) + body.slice(place.end) : body;
}

/** Whether a body has a summary of ours, to be brought up to date. */
export function hasSummary(body: string): boolean {
	return placeOfSummary(body) !== undefined;
}

function placeOfSummary(body: string): { start: number; end: number } | undefined {
	const start = body.indexOf(BEGIN);
	const end = body.indexOf(END, start);
	return start < 0 || end < 0 ? undefined : { start, end: end + END.length };
}

function summaryOf(files: DraftSource['files']): string {
	const paths = [...files.keys()].sort();
	const tests = paths.filter(isTest);
	const docs = paths.filter(isDocs);
	const folders = [...countByFolder(paths)].sort(([a], [b]) => (a < b ? -1 : 1));
	const parts = [
		section(
			'What changed',
			folders.map(([folder, count]) => `${code(folder)}: ${count === 1 ? '1 file' : `${count} files`}`),
		),
		section(
			'Tests',
			tests.map((path) => named(path, files)),
		),
		section(
			'Documentation',
			docs.map((path) => named(path, files)),
		),
	];
	return [BEGIN, ...parts, END].join('\n\n');
}

function section(heading: string, entries: readonly string[]): string {
	const lines = entries.length === 0 ? ['None.'] : entries.slice(0, MOST).map((entry) => `- ${entry}`);
	if (entries.length > MOST) lines.push(`- and ${entries.length - MOST} more`);
	return [`### ${heading}`, '', ...lines].join('\n');
}

function named(path: string, files: DraftSource['files']): string {
	const kind = files.get(path);
	return kind === 'A' ? `${code(path)} (new)` : kind === 'D' ? `${code(path)} (removed)` : code(path);
}

/** As code, so that no name of a file becomes a heading, a mention or a trailer. */
function code(text: string): string {
	const plain = text.replace(/\p{C}/gu, '\ufffd');
	const fence = '`'.repeat(1 + Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)));
	return fence.length === 1 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}

/** Two folders deep: `src/core`, and what lies at the top as `.`. */
function countByFolder(paths: Iterable<string>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const path of paths) {
		const folder = path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
		counts.set(folder, (counts.get(folder) ?? 0) + 1);
	}
	return counts;
}

/** A heading of a template under which a summary is expected. */
const SUMMARY_HEADING = /^#{1,6}[ \t]*(?:summary|description|what|changes|overview)\b.*$/im;

/** Below the heading that asks for it, else in front; the template itself stays as it is. */
function intoTemplate(template: string, summary: string): string {
	if (template.trim() === '') return summary;
	const heading = SUMMARY_HEADING.exec(template);
	if (!heading) return `${summary}\n\n${template.trimStart()}`;
	const end = heading.index + heading[0].length;
	return `${template.slice(0, end).trimEnd()}\n\n${summary}\n\n${template.slice(end).trimStart()}`;
}
