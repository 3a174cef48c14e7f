import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../l10n.ts';

/** The table behind a chart, closed at first. It is made when it is opened: most are never looked at, and have hundreds of cells. */
export function AsTable({ children }: { children: () => ComponentChildren }) {
	const [open, setOpen] = useState(false);
	return (
		<details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{t('As a table')}</summary>
			{open && <div class="scroll">{children()}</div>}
		</details>
	);
}
