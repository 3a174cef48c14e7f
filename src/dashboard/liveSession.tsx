import { act } from './host.ts';
import type { OpenSession } from './protocol.ts';
import { ago, counted, span } from './time.ts';

/** The session of this working copy, with what can be done to it. */
export function LiveSession({ session, now }: { session: OpenSession; now: number }) {
	const { id, title, author, agent, status, startedAt, lastActivityAt, pullRequests } = session;
	const idle = status === 'warning';
	return (
		<section class={idle ? 'card warned' : 'card live'} aria-label="Running session">
			<h2>
				{idle ? `Idle for ${span(now - lastActivityAt)}` : 'Running'}
				<span class="aside">{span(now - startedAt)}</span>
			</h2>
			{title && <p class="title">{title}</p>}
			<p class="id">{id}</p>
			<p class="quiet">
				{author}
				{agent && ` · ${agent}`}
				{!idle && ` · active ${ago(now - lastActivityAt)}`}
			</p>
			<Figures session={session} />
			{pullRequests.length > 0 && (
				<p class="quiet">Pull requests {pullRequests.map((number) => `#${number}`).join(', ')}</p>
			)}
			{session.because && <p class="quiet">Last commit is automatic: {session.because}.</p>}
			<div class="buttons">
				{idle && (
					<button type="button" onClick={() => act('keepGoing')}>
						Keep Going
					</button>
				)}
				<button type="button" class={idle ? 'secondary' : ''} onClick={() => act('end', id)}>
					End Session
				</button>
				{session.commits > 0 && (
					<button type="button" class="secondary" onClick={() => act('publish')}>
						Publish
					</button>
				)}
				<button type="button" class="secondary" onClick={() => act('discard', id)}>
					Discard…
				</button>
			</div>
		</section>
	);
}

function Figures({ session: { commits, files, tests, docs } }: { session: OpenSession }) {
	const figures = [
		[commits, commits === 1 ? 'commit' : 'commits'],
		[files, files === 1 ? 'file' : 'files'],
		[tests, tests === 1 ? 'test' : 'tests'],
		[docs, docs === 1 ? 'doc' : 'docs'],
	] as const;
	return (
		<ul class="figures" aria-label={`${counted(commits, 'commit')}, ${counted(files, 'file')}`}>
			{figures.map(([count, word]) => (
				<li key={word}>
					<strong>{count}</strong> {word}
				</li>
			))}
		</ul>
	);
}
