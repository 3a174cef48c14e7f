import type { RepositoryView, Standing } from './standing.ts';
import { isWaiting } from './statusLook.ts';
import { commits, l10n, span } from './words.ts';

/** What the menu can do, by what the extension calls it. */
export type MenuAction =
	| 'start'
	| 'end'
	| 'keepGoing'
	| 'discard'
	| 'publish'
	| 'openDashboard'
	| 'setUp'
	| 'showLog'
	| 'manageTrust';

/** A row of the menu. */
export interface MenuChoice {
	action: MenuAction;
	/** With a codicon. */
	label: string;
	/** What it acts on. */
	description?: string;
}

/** The rows that make sense as things stand, what is likeliest wanted first. `now` is ms UTC. */
export function menuChoices(standing: Standing, now: number): MenuChoice[] {
	const log: MenuChoice = { action: 'showLog', label: `$(output) ${l10n.t('Show Log')}` };
	const dashboard: MenuChoice = { action: 'openDashboard', label: `$(graph) ${l10n.t('Open Dashboard')}` };
	switch (standing.stage) {
		case 'restricted':
			return [{ action: 'manageTrust', label: `$(shield) ${l10n.t('Manage Workspace Trust')}` }, dashboard, log];
		case 'ready': {
			const setUp: MenuChoice = { action: 'setUp', label: `$(gear) ${l10n.t('Set Up Repository…')}` };
			return [...sessionChoices(standing.view, now), ...publishChoices(standing.view), dashboard, setUp, log];
		}
		default:
			return [dashboard, log];
	}
}

function sessionChoices({ overview: { here } }: RepositoryView, now: number): MenuChoice[] {
	if (!here) return [{ action: 'start', label: `$(play) ${l10n.t('Start Session')}` }];
	const description = `${here.id} · ${commits(here.commits.length)} · ${span(now - here.startedAt)}`;
	const end: MenuChoice = { action: 'end', label: `$(check) ${l10n.t('End Session')}`, description };
	const idle = l10n.t('idle {0}', span(now - here.lastActivityAt));
	const keepGoing: MenuChoice = {
		action: 'keepGoing',
		label: `$(debug-continue) ${l10n.t('Keep Going')}`,
		description: idle,
	};
	const discard: MenuChoice = { action: 'discard', label: `$(trash) ${l10n.t('Discard Session…')}` };
	return here.status === 'warning' ? [keepGoing, end, discard] : [end, discard];
}

function publishChoices({ overview: { here, queue } }: RepositoryView): MenuChoice[] {
	const waiting = queue.filter(isWaiting).length;
	if (waiting === 0 && !here?.commits.length) return [];
	const label = `$(cloud-upload) ${l10n.t('Publish Session')}`;
	return [{ action: 'publish', label, ...(waiting > 0 && { description: l10n.t('{0} waiting', waiting) }) }];
}
