import { render } from 'preact';
import './dashboard.css';
import type { Filter, Sort } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { Health } from '../core/health/health.ts';
import { Dashboard } from './dashboard.tsx';
import { focusSession } from './focusSession.ts';
import { ask, keep, kept, onMessage } from './host.ts';
import { speak } from './l10n.ts';
import { afterHistory, type DashboardState, type ExportFormat } from './protocol.ts';
import { ReportPage } from './reportPage.tsx';
import type { Details } from './sessionPage.tsx';

const MINUTE = 60_000;

const root = document.getElementById('root')!;
let state: DashboardState | undefined;
let rows: readonly AnalyticsRow[] | undefined;
let health: Health | undefined;
let filter: Filter = {};
let sort: Sort = 'newest';
/** The session whose page is open, and what was read for it. */
let page: { session: string; details: Details } | undefined;
/** How far the extension's clock is ahead of this one, ms. */
let ahead = 0;
let nextMinute: ReturnType<typeof setTimeout> | undefined;

/** Draws what was sent last, and again each minute while a session runs: its minutes advance. */
function draw(): void {
	if (!state) return;
	const now = Date.now() + ahead;
	render(
		<Dashboard
			state={state}
			rows={rows}
			health={health}
			filter={filter}
			onFilter={narrow}
			sort={sort}
			onSort={order}
			onOpen={openPage}
			onExport={takeAway}
			page={page}
			onBack={closePage}
			now={now}
		/>,
		root,
	);
	clearTimeout(nextMinute);
	const here = 'here' in state ? state.here : undefined;
	if (here) nextMinute = setTimeout(draw, Math.max(1000, MINUTE - (Math.max(0, now - here.startedAt) % MINUTE)));
}

function narrow(next: Filter): void {
	filter = next;
	keepAll();
	draw();
}

function order(next: Sort): void {
	sort = next;
	keepAll();
	draw();
}

function openPage(session: string): void {
	page = { session, details: undefined };
	ask({ type: 'open', session });
	keepAll();
	draw();
	scrollTo(0, 0);
}

function closePage(): void {
	const session = page?.session;
	page = undefined;
	keepAll();
	draw();
	focusSession(session);
}

/** All sessions came anew: after a reload, or of another repository, which does not have the one whose page is open. */
function renewPage(all: readonly AnalyticsRow[]): void {
	if (!page) return;
	const { session } = page;
	if (all.some(({ id }) => id === session)) ask({ type: 'open', session });
	else page = undefined;
}

function takeAway(format: ExportFormat): void {
	ask({ type: 'export', format, filter });
}

function keepAll(): void {
	keep({ ...(state && { state }), filter, sort, ...(page && { session: page.session }) });
}

/** The translations that the page was given, if any. */
function translate(): void {
	const words = document.getElementById('words')?.textContent;
	if (words) speak(document.documentElement.lang, JSON.parse(words));
}

translate();
const report = document.getElementById('report');
if (report) {
	render(<ReportPage report={JSON.parse(report.textContent)} />, root);
} else {
	const before = kept();
	({ state, filter, sort } = { state: undefined, ...before });
	if (before.session !== undefined) page = { session: before.session, details: undefined };
	draw();
	onMessage((message) => {
		if (message.type === 'history') {
			rows = afterHistory(rows, message);
			if (message.whole) renewPage(rows);
		} else if (message.type === 'health') {
			health = message.health;
		} else if (message.type === 'details') {
			if (page?.session !== message.session) return;
			page = { session: message.session, details: message };
		} else {
			state = message.state;
			ahead = message.now - Date.now();
			keepAll();
		}
		draw();
	});
}
