import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from './l10n.ts';

/** The first of a long list, and the button for more of it. `page`: how many are drawn at once. */
export function useSome<T>(list: readonly T[], page: number): [readonly T[], ComponentChildren] {
	const [most, setMost] = useState(page);
	const more = list.length > most && (
		<button type="button" class="secondary" onClick={() => setMost(most + page)}>
			{t('Show {0} more', Math.min(page, list.length - most))}
		</button>
	);
	return [list.slice(0, most), more];
}
