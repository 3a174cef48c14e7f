import { render } from 'preact';
import './dashboard.css';
import { Dashboard } from './dashboard.tsx';
import { onState } from './host.ts';
import type { ToDashboard } from './protocol.ts';
import { ReportPage } from './reportPage.tsx';

const MINUTE = 60_000;

const root = document.getElementById('root')!;
let message: ToDashboard | undefined;
/** How far the extension's clock is ahead of this one, ms. */
let ahead = 0;
let nextMinute: ReturnType<typeof setTimeout> | undefined;

/** Draws what was sent last, and again each minute while a session runs: its minutes advance. */
function draw(): void {
	if (!message) return;
	const { state } = message;
	const now = Date.now() + ahead;
	render(<Dashboard state={state} now={now} />, root);
	clearTimeout(nextMinute);
	const here = 'here' in state ? state.here : undefined;
	if (here) nextMinute = setTimeout(draw, Math.max(1000, MINUTE - (Math.max(0, now - here.startedAt) % MINUTE)));
}

const report = document.getElementById('report');
if (report) {
	render(<ReportPage report={JSON.parse(report.textContent)} />, root);
} else {
	onState((next) => {
		message = next;
		ahead = next.now - Date.now();
		draw();
	});
}
