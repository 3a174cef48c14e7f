import { number, t } from '../l10n.ts';

/** A trigger as a person reads it: what completed a session. A word of an older system's stays as it is. */
export function triggerWord(trigger: string): string {
	switch (trigger) {
		case 'explicit':
			return t('ended by hand');
		case 'timeout':
			return t('timed out');
		case 'heuristic':
			return t('rounded off');
		case 'closed':
			return t('pull request closed');
		case 'orphaned':
			return t('orphaned');
		default:
			return trigger;
	}
}

/** A category of a score as a person reads it; one of a team's own stays as it is. */
export function categoryWord(category: string): string {
	switch (category) {
		case 'tests':
			return t('Tests');
		case 'bug_fix':
			return t('Bug fixes');
		case 'docs':
			return t('Documentation');
		case 'performance':
			return t('Performance');
		case 'security':
			return t('Security');
		case 'penalties':
			return t('Penalties');
		default:
			return category;
	}
}

/** `1,125`, `5.9`. */
export const figure = number;

/** `96 %` of a share from 0 to 1. */
export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
