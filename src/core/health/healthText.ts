import { codeSpan } from '../codeSpan.ts';
import { type FindingName, type Health, warningsOf } from './health.ts';

/** What the hidden first line of the health issue says: the warnings that it tells of. */
export interface HealthMark {
	warnings: string[];
}

export const HEALTH_TITLE = 'Auto-PR Sessions: something needs a look';

/** So many sessions are named. */
const MOST = 20;

const MARK = /^<!-- auto-pr-health((?: [a-z-]{1,40}){0,20}) -->(?:\r?\n|$)/;

/** Reads the first line of an issue; undefined where it is not the health issue. */
export function readHealthMark(body: string): HealthMark | undefined {
	const [, words] = MARK.exec(body) ?? [];
	return words === undefined ? undefined : { warnings: words.split(' ').filter(Boolean) };
}

/** The name of a warning as the mark has it. */
export function markOf(name: FindingName): string {
	return name.replaceAll(' ', '-');
}

/** The issue's body. Session ids stand in code spans, so that nobody is mentioned and nothing is linked. The same health gives the same text. */
export function healthIssueBody(health: Health): string {
	const names = warningsOf(health).map(({ name }) => ` ${markOf(name)}`);
	return [
		`<!-- auto-pr-health${names.join('')} -->`,
		names.length === 0
			? 'All figures are within their limits again.'
			: 'Some figures are beyond their limits. This issue is kept up to date, and closed once they are back.',
		'',
		healthMarkdown(health),
	].join('\n');
}

/** The figures as Markdown, and what to do about those beyond their limits. */
export function healthMarkdown(health: Health): string {
	const warnings = warningsOf(health);
	return [
		'| | Figure | Limit | |',
		'| --- | ---: | ---: | --- |',
		...health.findings.map(
			({ name, figure, limit, warns }) =>
				`| ${capital(name)} | ${figure} | ${limit} | ${warns ? '**warning**' : 'good'} |`,
		),
		'',
		...warnings.map(({ name, advice }) => `- **${capital(name)}**: ${advice}`),
		...(health.orphans.length > 0 ? ['', `Orphans: ${namedOrphans(health.orphans)}.`] : []),
		'',
	].join('\n');
}

function namedOrphans(ids: readonly string[]): string {
	const more = ids.length > MOST ? ` and ${ids.length - MOST} more` : '';
	return `${ids.slice(0, MOST).map(codeSpan).join(', ')}${more}`;
}

/** What goes to a chat, as Slack reads it: docs.slack.dev, "Formatting message text", which has `&`, `<` and `>` escaped. */
export function healthMessage(repository: string, health: Health): { text: string } {
	const warnings = warningsOf(health);
	const lines = warnings.map(({ name, figure, limit }) => `• ${capital(name)}: ${figure} (${limit})`);
	const head = `Auto-PR Sessions in ${repository}: ${warnings.length === 0 ? 'all is well again' : 'something needs a look'}`;
	const text = [head, ...lines].join('\n');
	return { text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') };
}

function capital(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
