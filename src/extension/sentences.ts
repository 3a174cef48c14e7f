import type { Published } from '../app/publish.ts';
import type { Session } from '../core/session.ts';
import { commits, files, l10n, told } from './words.ts';

/** `Session alice-20251119-1430 ended: 3 commits, 2 files.` */
export function endedSentence({ id, commits: { length }, files: changed }: Session): string {
	if (length === 0) return l10n.t('Session {0} ended without a commit, so there is nothing to publish.', id);
	return l10n.t('Session {0} ended: {1}, {2}.', id, commits(length), files(changed.size));
}

/** Where a session's trailers are now, and what of it waits and why. `trailers`: how they are called. */
export function publishedSentence(
	{ session, pullRequests, waits }: Published,
	trailers = l10n.t('The trailers of {0}', session),
): string {
	const places = pullRequests.map((number) => `#${number}`).join(', ');
	if (waits === undefined) return l10n.t('{0} are in {1}.', trailers, places);
	if (places === '') return l10n.t('{0} wait: {1}', trailers, told(waits));
	return l10n.t('{0} are in {1}; the rest waits: {2}', trailers, places, told(waits));
}
