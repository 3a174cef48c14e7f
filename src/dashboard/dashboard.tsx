import type { ComponentChildren } from 'preact';
import type { Filter } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { Health } from '../core/health/health.ts';
import { AnalyticsPage } from './analytics/analyticsPage.tsx';
import { HealthCard } from './health.tsx';
import { act } from './host.ts';
import { LiveSession } from './liveSession.tsx';
import { OpenList } from './openList.tsx';
import type { DashboardState, Sessions } from './protocol.ts';

interface HistoryProps {
	/** The completed sessions; undefined until they were read. */
	rows: readonly AnalyticsRow[] | undefined;
	/** Undefined until it was judged. */
	health: Health | undefined;
	filter: Filter;
	onFilter: (filter: Filter) => void;
	/** ms UTC by the extension's clock. */
	now: number;
}

/** The whole view: what goes on now, and below it the completed sessions counted up. */
export function Dashboard({ state, ...history }: HistoryProps & { state: DashboardState }) {
	switch (state.stage) {
		case 'loading':
			return <p class="quiet">Reading sessions…</p>;
		case 'no repository':
			return <NoRepository hasFolder={state.hasFolder} />;
		case 'failed':
			return (
				<Note title="Not tracking" text={state.sentence}>
					<button type="button" onClick={() => act('tryAgain')}>
						Try Again
					</button>
				</Note>
			);
		case 'restricted':
			return (
				<>
					<Note
						title="Restricted Mode"
						text="This folder is not trusted, so nothing is tracked. What is shown was stored before."
					>
						<button type="button" onClick={() => act('manageTrust')}>
							Manage Workspace Trust
						</button>
					</Note>
					{(state.here || state.others.length > 0) && (
						<OpenList
							heading="Stored sessions"
							sessions={[...(state.here ? [state.here] : []), ...state.others]}
							now={history.now}
						/>
					)}
				</>
			);
		case 'ready':
			return <Repository sessions={state} {...history} />;
	}
}

function Repository({ sessions, ...history }: HistoryProps & { sessions: Sessions }) {
	const { repository, here, others, waiting, notices } = sessions;
	const { now, health } = history;
	// What needs a look stands above the figures, what is well below them.
	const warns = health?.findings.some((finding) => finding.warns);
	return (
		<>
			{repository && <h1>{repository}</h1>}
			{notices.map((notice) => (
				<Note key={notice} text={notice} />
			))}
			{here ? <LiveSession session={here} now={now} /> : <NoSession />}
			{waiting.length > 0 && <WaitingNote waiting={waiting} />}
			{others.length > 0 && <OpenList heading="Open elsewhere" sessions={others} now={now} canAct />}
			{health && warns && <HealthCard health={health} />}
			<History {...history} />
			{health && !warns && <HealthCard health={health} />}
		</>
	);
}

function History({ rows, filter, onFilter, now }: Omit<HistoryProps, 'health'>) {
	if (!rows) return <p class="quiet">Reading completed sessions…</p>;
	if (rows.length > 0) return <AnalyticsPage rows={rows} filter={filter} onFilter={onFilter} now={now} />;
	return (
		<section aria-labelledby="completed">
			<h2 id="completed">Completed</h2>
			<p class="quiet">Sessions that completed are counted up and listed here.</p>
		</section>
	);
}

function NoSession() {
	return (
		<section class="card" aria-label="Session">
			<h2>No session</h2>
			<p class="quiet">One starts by itself with the first automatic commit, or now by hand.</p>
			<button type="button" onClick={() => act('start')}>
				Start Session
			</button>
		</section>
	);
}

function NoRepository({ hasFolder }: { hasFolder: boolean }) {
	const text = hasFolder
		? 'This folder is in no git repository. Run git init in it, or open a folder of a repository.'
		: 'Open a folder of a git repository to see its sessions.';
	return (
		<Note title="No repository" text={text}>
			<button type="button" onClick={() => act('openFolder')}>
				Open Folder
			</button>
		</Note>
	);
}

function WaitingNote({ waiting }: { waiting: Sessions['waiting'] }) {
	return (
		<section class="card warned" aria-label="Waiting to be published">
			<h2>Waiting to be published</h2>
			<ul class="plain">
				{waiting.map(({ session, why }, index) => (
					<li key={session}>
						<span class="id">{session}</span>
						{/* One reason is mostly that of all. */}
						{why && why !== waiting[index + 1]?.why && <p class="quiet">{why}</p>}
					</li>
				))}
			</ul>
			<button type="button" class="secondary" onClick={() => act('publish')}>
				Publish Now
			</button>
		</section>
	);
}

function Note({ title, text, children }: { title?: string; text: string; children?: ComponentChildren }) {
	return (
		<section class="card" role="status">
			{title && <h2>{title}</h2>}
			<p>{text}</p>
			{children}
		</section>
	);
}
