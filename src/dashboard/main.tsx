import { render } from 'preact';
import './dashboard.css';
import type { Filter } from '../core/analytics/filter.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { Health } from '../core/health/health.ts';
import { Dashboard } from './dashboard.tsx';
import { keep, kept, onMessage } from './host.ts';
import { afterHistory, type DashboardState } from './protocol.ts';
import { ReportPage } from './reportPage.tsx';

const MINUTE = 60_000;

const root = document.getElementById('root')!;
let state: DashboardState | undefined;
let rows: readonly AnalyticsRow[] | undefined;
let health: Health | undefined;
let filter: Filter = {};
/** How far the extension's clock is ahead of this one, ms. */
let ahead = 0;
let nextMinute: ReturnType<typeof setTimeout> | undefined;

/** Draws what was sent last, and again each minute while a session runs: its minutes advance. */
function draw(): void {
	if (!state) return;
	const now = Date.now() + ahead;
	render(<Dashboard state={state} rows={rows} health={health} filter={filter} onFilter={narrow} now={now} />, root);
	clearTimeout(nextMinute);
	const here = 'here' in state ? state.here : undefined;
	if (here) nextMinute = setTimeout(draw, Math.max(1000, MINUTE - (Math.max(0, now - here.startedAt) % MINUTE)));
}

function narrow(next: Filter): void {
	filter = next;
	keepAll();
	draw();
}

function keepAll(): void {
	keep({ ...(state && { state }), filter });
}

const report = document.getElementById('report');
if (report) {
	render(<ReportPage report={JSON.parse(report.textContent)} />, root);
} else {
	({ state, filter } = { state: undefined, ...kept() });
	draw();
	onMessage((message) => {
		if (message.type === 'history') {
			rows = afterHistory(rows, message);
		} else if (message.type === 'health') {
			health = message.health;
		} else {
			state = message.state;
			ahead = message.now - Date.now();
			keepAll();
		}
		draw();
	});
}
