import { type Health, warningsOf } from '../core/health/health.ts';
import { HEALTH_TITLE, healthIssueBody, markOf, readHealthMark } from '../core/health/healthText.ts';
import { GitHubError } from '../github/errors.ts';
import type { GitHub, Issue } from '../github/types.ts';
import { mayWrite } from './keepComment.ts';

/** The label on the health issue: only those who may triage can set one. */
const LABEL = 'auto-pr-health';

/** What became of the issue. */
export interface KeptIssue {
	/** `none`: all is well, and there is no open issue. `unchanged`: it says so already. */
	did: 'none' | 'opened' | 'reopened' | 'updated' | 'unchanged' | 'closed';
	/** Undefined where there is none. */
	number?: number;
	/** Whether people should hear of it: a warning is new, or all of them are gone. */
	news: boolean;
}

/**
 * Keeps the one issue about a repository's health: opens it with the first warning, brings it up to date, closes it when all is well, and
 * opens it again when a warning comes that it did not tell of. One that a person closed stays closed while its warnings are the same.
 */
export async function keepHealthIssue(github: GitHub, health: Health): Promise<KeptIssue> {
	const body = healthIssueBody(health);
	const warnings = warningsOf(health).map(({ name }) => markOf(name));
	const [known] = await theOne(github);
	if (!known) return warnings.length === 0 ? { did: 'none', news: false } : open(github, body);
	const told = new Set(readHealthMark(known.body)?.warnings);
	const isNew = warnings.some((warning) => !told.has(warning));
	const { number } = known;
	if (warnings.length === 0) {
		if (known.state === 'closed' && told.size === 0) return { did: 'none', number, news: false };
		await github.updateIssue(number, { body, state: 'closed' });
		return { did: known.state === 'closed' ? 'updated' : 'closed', number, news: known.state === 'open' };
	}
	if (known.state === 'closed' && isNew) {
		await github.updateIssue(number, { body, state: 'open' });
		return { did: 'reopened', number, news: true };
	}
	if (isSameText(known.body, body)) return { did: 'unchanged', number, news: false };
	await github.updateIssue(number, { body });
	return { did: 'updated', number, news: isNew };
}

/** Runs that open one at once agree by themselves: the lowest number stays, and each closes what came after it. */
async function open(github: GitHub, body: string): Promise<KeptIssue> {
	const created = await github.createIssue({ title: HEALTH_TITLE, body, labels: [LABEL] });
	const [first = created] = await theOne(github);
	return { did: 'opened', number: first.number, news: first.number === created.number };
}

/** The oldest that is ours, if there is one. What other runs opened beside it is closed, also what one left that was cut off. */
async function theOne(github: GitHub): Promise<Issue[]> {
	const [first, ...more] = await ours(github);
	if (!first) return [];
	for (const { number } of more) {
		await github.updateIssue(number, { body: `The same as #${first.number}.`, state: 'closed', labels: [] });
	}
	return [first];
}

/** Issues with the mark and the label, oldest first, by those who may write: anybody can type a mark. */
async function ours(github: GitHub): Promise<Issue[]> {
	const marked = (await github.issuesWithLabel(LABEL, 'all')).filter(({ body }) => readHealthMark(body) !== undefined);
	const found: Issue[] = [];
	for (const issue of marked) {
		if (issue.authorType === 'Bot' || (await isTrusted(github, issue.author))) found.push(issue);
	}
	return found.sort((a, b) => a.number - b.number);
}

/** A token that may not ask goes by the label, which only those who may triage can set. */
async function isTrusted(github: GitHub, author: string): Promise<boolean> {
	try {
		return await mayWrite(github, author);
	} catch (error) {
		if (!(error instanceof GitHubError) || error.kind !== 'forbidden') throw error;
		return true;
	}
}

/** GitHub may give another line break than it was sent. */
function isSameText(a: string, b: string): boolean {
	return a.replaceAll('\r\n', '\n').trimEnd() === b.trimEnd();
}
