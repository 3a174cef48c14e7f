import { Facts } from './facts.tsx';
import { act, openPullRequest } from './host.ts';
import { counted, t, told } from './l10n.ts';
import type { OpenSession } from './protocol.ts';
import { PullRequests } from './pullRequests.tsx';
import { ago, moment, span } from './time.ts';

/** The session of this working copy, with what can be done to it. */
export function LiveSession({ session, now }: { session: OpenSession; now: number }) {
	const { id, title, author, agent, status, startedAt, lastActivityAt, pullRequests } = session;
	const idle = status === 'warning';
	return (
		<section class={idle ? 'card warned' : 'card live'} aria-label={t('Running session')}>
			<h2>
				{idle ? t('Idle for {0}', span(now - lastActivityAt)) : t('Running')}
				<span class="aside">{span(now - startedAt)}</span>
			</h2>
			{title && <p class="title">{title}</p>}
			<p class="id">{id}</p>
			<p>
				<Facts
					facts={[
						author,
						...(agent ? [agent] : []),
						t('since {0}', moment(startedAt, now)),
						...(idle ? [] : [t('active {0}', ago(now - lastActivityAt))]),
					]}
				/>
			</p>
			<Figures session={session} />
			{pullRequests.length > 0 && (
				<p class="quiet">
					{t('Pull requests')} <PullRequests numbers={pullRequests} onOpen={openPullRequest} />
				</p>
			)}
			{session.because && <p class="quiet">{t('Last commit is automatic: {0}.', told(session.because))}</p>}
			{session.completes && <p class="quiet">{t('Completes {0}.', session.completes)}</p>}
			<div class="buttons">
				{idle && (
					<button type="button" onClick={() => act('keepGoing')}>
						{t('Keep Going')}
					</button>
				)}
				<button type="button" class={idle ? 'secondary' : ''} onClick={() => act('end', id)}>
					{t('End Session')}
				</button>
				{session.commits > 0 && (
					<button type="button" class="secondary" onClick={() => act('publish')}>
						{t('Publish')}
					</button>
				)}
				{session.commits > 0 && (
					<>
						<button type="button" class="secondary" onClick={() => act('showCommits', id)}>
							{t('Show Changes')}
						</button>
						<button type="button" class="secondary" onClick={() => act('createPullRequest', id)}>
							{t('Create Pull Request…')}
						</button>
					</>
				)}
				<button type="button" class="secondary" onClick={() => act('discard', id)}>
					{t('Discard…')}
				</button>
			</div>
		</section>
	);
}

function Figures({ session: { commits, files, tests, docs } }: { session: OpenSession }) {
	const figures = [
		[commits, commits === 1 ? t('commit') : t('commits')],
		[files, files === 1 ? t('file') : t('files')],
		[tests, tests === 1 ? t('test') : t('tests')],
		[docs, docs === 1 ? t('doc') : t('docs')],
	] as const;
	return (
		<ul class="figures" aria-label={`${counted('commit', commits)}, ${counted('file', files)}`}>
			{figures.map(([count, word]) => (
				<li key={word}>
					<strong>{count}</strong> {word}
				</li>
			))}
		</ul>
	);
}
