import { appendFile } from 'node:fs/promises';
import { callWebhook } from '../../app/callWebhook.ts';
import { readForgeHealth } from '../../app/forgeHealth.ts';
import { keepHealthIssue } from '../../app/keepHealthIssue.ts';
import { warningsOf } from '../../core/health/health.ts';
import { healthMarkdown, healthMessage } from '../../core/health/healthText.ts';
import { UserError } from '../../core/userError.ts';
import { openDesk } from '../desk.ts';
import type { Job } from '../job.ts';
import { say, warn } from '../log.ts';

/**
 * Looks at the health of the repository's sessions, and keeps the one issue about it. A warning fails no job: the issue tells of it,
 * and a failed run would itself be counted.
 */
export async function health(job: Job): Promise<void> {
	const { search, settled } = await openDesk(job, job.branch);
	if (!search) throw new UserError('The health of a repository takes a token: give the input "token".');
	const { health, notes } = await readForgeHealth(search, settled.configuration);
	for (const note of notes) warn(note);
	for (const { name, figure, limit } of warningsOf(health)) say(`Warning: ${name} ${figure} (${limit}).`);
	if (job.summary) await appendFile(job.summary, `### Auto-PR Sessions: health\n\n${healthMarkdown(health)}\n`);
	const { did, number, news } = await keepHealthIssue(search.github, health);
	say(number === undefined ? 'All is well, and there is no issue.' : `Issue #${number}: ${did}.`);
	const { owner, repository } = job.forge;
	if (news && job.webhook) await callWebhook(job.webhook, healthMessage(`${owner}/${repository}`, health));
}
