import { useState } from 'preact/hooks';
import type { Filter } from '../core/analytics/filter.ts';
import type { Report } from '../core/analytics/report.ts';
import { AnalyticsPage } from './analytics/analyticsPage.tsx';

/** The dashboard as a page of its own, without an editor. */
export function ReportPage({ report: { name, made, rows, seen } }: { report: Report }) {
	const [filter, setFilter] = useState<Filter>({});
	return (
		<>
			<h1 class="report-name">{name}</h1>
			<p class="quiet">Auto-PR Sessions, {new Date(made).toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
			{rows.length === 0 ? (
				<section class="card">
					<h2>No session yet</h2>
					<p>
						No session has completed here. <code>auto-pr replay</code> tells what those of the history so far would have
						been.
					</p>
				</section>
			) : (
				<AnalyticsPage rows={rows} {...(seen && { seen })} filter={filter} onFilter={setFilter} now={made} />
			)}
		</>
	);
}
