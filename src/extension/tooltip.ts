import { isRoundedOff } from '../core/completion.ts';
import { isDocs, isTest } from '../core/paths.ts';
import type { Rules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import type { RepositoryView, Standing } from './standing.ts';
import { isWaiting } from './statusLook.ts';
import { ago, commits, files, l10n, span, told } from './words.ts';

/** One line of the tooltip. Its text may come from a repository: it is not markup. */
export interface TooltipLine {
	/** Set off from the text, our own word. */
	label?: string;
	text: string;
}

/** All that the tooltip tells. `now` is ms UTC. */
export function tooltipLines(standing: Standing, now: number): TooltipLine[] {
	switch (standing.stage) {
		case 'loading':
		case 'no repository':
			return [];
		case 'failed':
			return [{ text: told(standing.sentence) }];
		case 'restricted': {
			const here = standing.overview?.here;
			const trust = l10n.t('This folder is not trusted, so nothing is tracked: what you see was stored before.');
			return [...(here ? sessionLines(here, now) : []), { text: trust }];
		}
		case 'ready': {
			const { view, several } = standing;
			const { here } = view.overview;
			const repository = several ? [{ label: l10n.t('Repository'), text: view.name }] : [];
			const about = here ? runningLines(here, view, now) : [noSession()];
			return [...repository, ...about, ...otherLines(view), ...waitingLines(view)];
		}
	}
}

function noSession(): TooltipLine {
	return { text: l10n.t('No session is running. It starts by itself with the first automatic commit.') };
}

function runningLines(session: Session, { rules, because }: RepositoryView, now: number): TooltipLine[] {
	return [
		...sessionLines(session, now),
		because === undefined
			? { label: l10n.t('Began'), text: beganWith(session) }
			: { label: l10n.t('Last commit'), text: l10n.t('automatic, since {0}', told(because)) },
		{ label: l10n.t('Completes'), text: completesWhen(session, rules) },
	];
}

function sessionLines(session: Session, now: number): TooltipLine[] {
	const { id, title, author, agent, startedAt, lastActivityAt } = session;
	const since = l10n.t('{0}, last activity {1}', span(now - startedAt), ago(now - lastActivityAt));
	return [
		{ label: id, text: title ?? '' },
		{ label: l10n.t('Author'), text: agent ? l10n.t('{0} (agent: {1})', author, agent) : author },
		{ label: l10n.t('Running'), text: since },
		{ label: l10n.t('Holds'), text: holds(session) },
	];
}

/** `3 commits, 5 files, of these 2 tests and 1 document`. */
function holds({ commits: { length }, files: changed }: Session): string {
	const paths = [...changed.keys()];
	const tests = paths.filter(isTest).length;
	const docs = paths.filter(isDocs).length;
	return [
		commits(length),
		files(paths.length),
		tests === 1 ? l10n.t('1 test') : l10n.t('{0} tests', tests),
		docs === 1 ? l10n.t('1 document') : l10n.t('{0} documents', docs),
	].join(', ');
}

function beganWith({ origin }: Session): string {
	switch (origin) {
		case 'hand':
			return l10n.t('by hand');
		case 'agent':
			return l10n.t('by an agent that said so');
		case 'commit':
			return l10n.t('with a commit that was found to be automatic');
	}
}

/** What would complete a session, nearest first. */
export function completesWhen(session: Session, rules: Rules): string {
	const ways: string[] = [];
	const { origin, anchored, files: changed } = session;
	if (origin === 'commit' && !anchored && Number.isFinite(rules.quiet) && isRoundedOff(changed)) {
		ways.push(l10n.t('after {0} of quiet, since it has tests and documentation', span(rules.quiet)));
	}
	const timeout = anchored ? rules.anchoredTimeout : rules.timeout;
	if (Number.isFinite(timeout)) ways.push(l10n.t('after {0} without activity', span(timeout)));
	ways.push(l10n.t('by a commit whose title says so'), l10n.t('by hand'));
	return ways.join('; ');
}

function otherLines({ overview: { others } }: RepositoryView): TooltipLine[] {
	if (others.length === 0) return [];
	return [{ label: l10n.t('Also open'), text: others.map(({ id }) => id).join(', ') }];
}

function waitingLines({ overview: { queue } }: RepositoryView): TooltipLine[] {
	return queue.filter(isWaiting).map(({ session, error }) => ({
		label: l10n.t('Waits to be published'),
		text: error === undefined ? session : `${session}. ${told(error)}`,
	}));
}
