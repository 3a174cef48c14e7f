import { Fragment } from 'preact';
import { act } from './host.ts';
import type { OpenSession } from './protocol.ts';
import { counted, span } from './time.ts';

interface OpenListProps {
	heading: string;
	sessions: readonly OpenSession[];
	/** ms UTC by the extension's clock. */
	now: number;
	/** Whether the sessions can be ended and discarded from here. */
	canAct?: boolean;
}

/** Open sessions of other working copies. */
export function OpenList({ heading, sessions, now, canAct = false }: OpenListProps) {
	return (
		<section aria-labelledby="open">
			<h2 id="open">{heading}</h2>
			<ul class="rows">
				{sessions.map(({ id, title, author, commits, startedAt, status }) => (
					<li key={id}>
						<span class="row-name" title={id}>
							{title ?? id}
						</span>
						<Facts
							facts={[
								author,
								counted(commits, 'commit'),
								span(now - startedAt),
								...(status === 'warning' ? ['idle'] : []),
							]}
						/>
						{canAct && <Buttons id={id} />}
					</li>
				))}
			</ul>
		</section>
	);
}

function Buttons({ id }: { id: string }) {
	return (
		<span class="buttons">
			<button type="button" class="secondary" aria-label={`End session ${id}`} onClick={() => act('end', id)}>
				End
			</button>
			<button type="button" class="secondary" aria-label={`Discard session ${id}`} onClick={() => act('discard', id)}>
				Discard…
			</button>
		</span>
	);
}

/** Short facts in a row, which breaks between them alone. */
function Facts({ facts }: { facts: readonly string[] }) {
	return (
		<span class="quiet">
			{facts.map((fact, index) => (
				<Fragment key={fact}>
					<span class="fact">{index < facts.length - 1 ? `${fact} ·` : fact}</span>{' '}
				</Fragment>
			))}
		</span>
	);
}
