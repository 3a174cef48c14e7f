import type { Fix } from '../core/configurationFixes.ts';
import { l10n } from './words.ts';

/** What the light bulb offers. */
export function fixTitle({ kind, what }: Fix): string {
	switch (kind) {
		case 'use':
			return l10n.t('Use {0}', what);
		case 'rename':
			return l10n.t('Rename to {0}', what);
		case 'remove key':
			return l10n.t('Remove {0}', what);
		case 'remove entry':
			return l10n.t('Remove {0} from the list', what);
	}
}
