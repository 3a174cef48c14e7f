import { Fragment } from 'preact';
import { act } from './host.ts';
import { counted, t } from './l10n.ts';
import type { OpenSession } from './protocol.ts';
import { span } from './time.ts';

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
								counted('commit', commits),
								span(now - startedAt),
								...(status === 'warning' ? [t('idle')] : []),
							]}
						/>
						{canAct && <Buttons id={id} commits={commits} />}
					</li>
				))}
			</ul>
		</section>
	);
}

function Buttons({ id, commits }: { id: string; commits: number }) {
	return (
		<span class="buttons">
			<Button label={t('End session {0}', id)} onClick={() => act('end', id)}>
				{t('End')}
			</Button>
			<Button label={t('Discard session {0}', id)} onClick={() => act('discard', id)}>
				{t('Discard…')}
			</Button>
			{commits > 0 && (
				<Button label={t('Show Changes of session {0}', id)} onClick={() => act('showCommits', id)}>
					{t('Show Changes')}
				</Button>
			)}
		</span>
	);
}

function Button(props: { label: string; onClick: () => void; children: string }) {
	return (
		<button type="button" class="secondary" aria-label={props.label} onClick={props.onClick}>
			{props.children}
		</button>
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
