import type { ComponentChildren } from 'preact';

/** Short facts in a row, which breaks between them, and within one only where it alone is too long. */
export function Facts({ facts }: { facts: readonly ComponentChildren[] }) {
	return (
		<span class="quiet">
			{facts.map((fact, index) => (
				<>
					<span class="fact">
						{fact}
						{index < facts.length - 1 && ' ·'}
					</span>{' '}
				</>
			))}
		</span>
	);
}
