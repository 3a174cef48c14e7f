import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** What stands behind a chart, closed at first. It is made when it is opened: most are never looked at, and have hundreds of cells. */
export function Unfold({ summary, children }: { summary: string; children: () => ComponentChildren }) {
	const [open, setOpen] = useState(false);
	return (
		<details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{summary}</summary>
			{open && <div class="scroll">{children()}</div>}
		</details>
	);
}
