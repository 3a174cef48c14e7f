import { Facts } from './facts.tsx';
import { act, openPullRequest } from './host.ts';
import { counted, t } from './l10n.ts';
import type { OpenSession } from './protocol.ts';
import { PullRequests } from './pullRequests.tsx';
import { span } from './time.ts';
import { useSome } from './useSome.tsx';

/** How many are drawn at once: agents may have hundreds. */
const PAGE = 10;

interface OpenListProps {
	heading: string;
	sessions: readonly OpenSession[];
	/** ms UTC by the extension's clock. */
	now: number;
	/** Whether something can be done to the sessions from here. */
	canAct?: boolean;
}

/** Open sessions of other working copies. */
export function OpenList({ heading, sessions, now, canAct = false }: OpenListProps) {
	const [shown, more] = useSome(sessions, PAGE);
	return (
		<section aria-labelledby="open">
			<h2 id="open">{heading}</h2>
			<ul class="rows">
				{shown.map(({ id, title, author, commits, startedAt, status, pullRequests }) => (
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
								...(pullRequests.length > 0
									? [<PullRequests key="pulls" numbers={pullRequests} onOpen={canAct ? openPullRequest : undefined} />]
									: []),
							]}
						/>
						{canAct && <Buttons id={id} commits={commits} />}
					</li>
				))}
			</ul>
			{more}
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
				<>
					<Button label={t('Show Changes of session {0}', id)} onClick={() => act('showCommits', id)}>
						{t('Show Changes')}
					</Button>
					<Button label={t('Create Pull Request of session {0}', id)} onClick={() => act('createPullRequest', id)}>
						{t('Create Pull Request…')}
					</Button>
				</>
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
