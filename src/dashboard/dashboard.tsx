import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Filter, Sort } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { Health } from '../core/health/health.ts';
import { AnalyticsPage } from './analytics/analyticsPage.tsx';
import { HealthCard } from './health.tsx';
import { act, openPullRequest } from './host.ts';
import { t, told } from './l10n.ts';
import { LiveSession } from './liveSession.tsx';
import { OpenList } from './openList.tsx';
import type { DashboardState, ExportFormat, Sessions } from './protocol.ts';
import { type Details, SessionPage } from './sessionPage.tsx';
import { useSome } from './useSome.tsx';

/** More than so many messages are folded: the session stays in sight. */
const FEW = 2;
/** Days begin on it in every time zone, ms. */
const QUARTER = 15 * 60_000;

interface HistoryProps {
	/** The completed sessions; undefined until they were read. */
	rows: readonly AnalyticsRow[] | undefined;
	/** Undefined until it was judged. */
	health: Health | undefined;
	filter: Filter;
	onFilter: (filter: Filter) => void;
	/** The order of the list. */
	sort: Sort;
	onSort: (sort: Sort) => void;
	/** Opens a session's page. */
	onOpen: (session: string) => void;
	/** Takes figures away in a file. */
	onExport: (format: ExportFormat) => void;
	/** The session whose page is open, and what was read for it. */
	page: { session: string; details: Details } | undefined;
	onBack: () => void;
	/** ms UTC by the extension's clock. */
	now: number;
}

/** The whole view: what goes on now, and below it the completed sessions counted up. */
export function Dashboard({ state, ...history }: HistoryProps & { state: DashboardState }) {
	switch (state.stage) {
		case 'loading':
			return <p class="quiet">{t('Reading sessions…')}</p>;
		case 'no repository':
			return <NoRepository hasFolder={state.hasFolder} />;
		case 'failed':
			return (
				<Note title={t('Not tracking')} text={told(state.sentence)}>
					<button type="button" onClick={() => act('tryAgain')}>
						{t('Try Again')}
					</button>
				</Note>
			);
		case 'restricted':
			return (
				<>
					<Note
						title={t('Restricted Mode')}
						text={t('This folder is not trusted, so nothing is tracked. What is shown was stored before.')}
					>
						<button type="button" onClick={() => act('manageTrust')}>
							{t('Manage Workspace Trust')}
						</button>
					</Note>
					{(state.here || state.others.length > 0) && (
						<OpenList
							heading={t('Stored sessions')}
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
	const { repository, here, others, waiting, notices, problems } = sessions;
	const { now, rows, health, page, onBack } = history;
	const row = page && rows?.find(({ id }) => id === page.session);
	if (row) {
		return <SessionPage row={row} details={page.details} now={now} onBack={onBack} onPullRequest={openPullRequest} />;
	}
	// What needs a look stands above the figures, what is well below them.
	const warns = health?.findings.some((finding) => finding.warns);
	return (
		<>
			{repository && <h1>{repository}</h1>}
			{here ? <LiveSession session={here} now={now} /> : <NoSession />}
			{problems.length > 0 && <Problems problems={problems} />}
			<Notices notices={notices} />
			{waiting.length > 0 && <WaitingNote waiting={waiting} />}
			{others.length > 0 && <OpenList heading={t('Open elsewhere')} sessions={others} now={now} canAct />}
			{health && warns && <HealthCard health={health} />}
			<History {...history} />
			{health && !warns && <HealthCard health={health} />}
		</>
	);
}

function History({
	rows,
	filter,
	onFilter,
	sort,
	onSort,
	onOpen,
	onExport,
	now,
}: Omit<HistoryProps, 'health' | 'page' | 'onBack'>) {
	// The figures only ask which day it is: what else happens draws none of them anew.
	const quarter = Math.floor(now / QUARTER) * QUARTER;
	const figures = useMemo(
		() =>
			rows &&
			rows.length > 0 && (
				<AnalyticsPage
					rows={rows}
					filter={filter}
					onFilter={onFilter}
					sort={sort}
					onSort={onSort}
					onOpen={onOpen}
					onExport={onExport}
					now={quarter}
				/>
			),
		[rows, filter, sort, quarter, onFilter, onSort, onOpen, onExport],
	);
	if (!rows) return <p class="quiet">{t('Reading completed sessions…')}</p>;
	if (figures) return figures;
	return (
		<section aria-labelledby="completed">
			<h2 id="completed">{t('Completed')}</h2>
			<p class="quiet">{t('Sessions that completed are counted up and listed here.')}</p>
		</section>
	);
}

function NoSession() {
	return (
		<section class="card" aria-label={t('Session')}>
			<h2>{t('No session')}</h2>
			<p class="quiet">{t('One starts by itself with the first automatic commit, or now by hand.')}</p>
			<button type="button" onClick={() => act('start')}>
				{t('Start Session')}
			</button>
		</section>
	);
}

function NoRepository({ hasFolder }: { hasFolder: boolean }) {
	const text = hasFolder
		? t('This folder is in no git repository. Run git init in it, or open a folder of a repository.')
		: t('Open a folder of a git repository to see its sessions.');
	return (
		<Note title={t('No repository')} text={text}>
			<button type="button" onClick={() => act('openFolder')}>
				{t('Open Folder')}
			</button>
		</Note>
	);
}

/** What is wrong in the configuration; where it is much, the Problems panel has it. */
function Problems({ problems }: { problems: readonly string[] }) {
	return (
		<section class="card warned" aria-label={t('Configuration')}>
			{problems.length > FEW ? (
				<p>{t('{0} problems in the session configuration', problems.length)}</p>
			) : (
				problems.map((problem) => <p key={problem}>{told(problem)}</p>)
			)}
			<button type="button" class="link" onClick={() => act('showProblems')}>
				{t('Show Problems')}
			</button>
		</section>
	);
}

function Notices({ notices }: { notices: readonly string[] }) {
	const notes = notices.map((notice) => <Note key={notice} text={told(notice)} />);
	if (notes.length <= FEW) return <>{notes}</>;
	return (
		<section class="card warned" aria-label={t('Messages')}>
			<details>
				<summary>{t('{0} messages about the stored files', notes.length)}</summary>
				{notes}
			</details>
		</section>
	);
}

function WaitingNote({ waiting }: { waiting: Sessions['waiting'] }) {
	const [shown, more] = useSome(waiting, 5);
	return (
		<section class="card warned" aria-label={t('Waiting to be published')}>
			<h2>{t('Waiting to be published')}</h2>
			<ul class="plain">
				{shown.map(({ session, why }, index) => (
					<li key={session}>
						<span class="id">{session}</span>
						{/* One reason is mostly that of all. */}
						{why && why !== shown[index + 1]?.why && <p class="quiet">{told(why)}</p>}
					</li>
				))}
			</ul>
			{more}
			<button type="button" class="secondary" onClick={() => act('publish')}>
				{t('Publish Now')}
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
