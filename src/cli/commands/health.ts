import path from 'node:path';
import { callWebhook } from '../../app/callWebhook.ts';
import { readHealth } from '../../app/health.ts';
import type { Workspace } from '../../app/workspace.ts';
import { type Health, warningsOf } from '../../core/health/health.ts';
import { healthMessage } from '../../core/health/healthText.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, tell } from '../output.ts';
import { count } from '../words.ts';

interface HealthOptions extends CommonOptions {
	issue?: boolean;
	webhook?: string;
}

export async function health(options: HealthOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	// An argument can be read in the list of processes, so the environment does as well.
	const webhook = options.webhook ?? process.env.AUTO_PR_WEBHOOK;
	const seen = options.issue ? await keepIssue(workspace) : { health: await readHealth(workspace), lines: [] };
	const warnings = warningsOf(seen.health);
	const isNews = 'news' in seen ? seen.news : warnings.length > 0;
	show(options, healthJson(seen.health), [...describeHealth(seen.health), ...seen.lines]);
	if (webhook && isNews) {
		await callWebhook(webhook, healthMessage(path.basename(workspace.location.mainWorkTree), seen.health));
	}
	return warnings.length > 0 ? 1 : 0;
}

/** What the forge tells is the same for everybody, so the issue is made of that. */
async function keepIssue(workspace: Workspace): Promise<{ health: Health; news: boolean; lines: string[] }> {
	const { connect } = await import('../../app/forge.ts');
	const { readForgeHealth } = await import('../../app/forgeHealth.ts');
	const { keepHealthIssue } = await import('../../app/keepHealthIssue.ts');
	const [{ github }, { configuration }] = await Promise.all([connect(workspace), workspace.settle()]);
	const search = { github, now: workspace.host.now(), agents: configuration.agents };
	const { health, notes } = await readForgeHealth(search, configuration);
	for (const note of notes) tell(note);
	const { did, number, news } = await keepHealthIssue(github, health);
	return { health, news, lines: number === undefined ? [] : [`Issue #${number}: ${did}.`] };
}

function describeHealth(health: Health): string[] {
	const warnings = warningsOf(health);
	return [
		warnings.length === 0 ? 'All is well.' : `${count(warnings.length, 'warning')}.`,
		...health.findings.map(
			({ name, figure, limit, warns }) =>
				`  ${warns ? 'warning' : 'good   '}  ${name.padEnd(17)} ${figure.padStart(10)}  (${limit})`,
		),
		...health.orphans.map((id) => `  orphan   ${id}`),
		...health.operations.map(
			({ operation, times, median, p99 }) =>
				`  ${operation.padEnd(8)} median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${count(times, 'time')})`,
		),
		...warnings.map(({ name, advice }) => `${name}: ${advice}`),
	];
}

function healthJson(health: Health) {
	return {
		healthy: warningsOf(health).length === 0,
		findings: health.findings.map(({ name, value, bound, unit, warns, advice }) => ({
			name,
			value,
			limit: bound,
			unit,
			warning: warns,
			advice: warns ? advice : null,
		})),
		orphans: health.orphans,
		operations: health.operations,
	};
}
