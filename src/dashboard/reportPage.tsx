import { useEffect, useRef, useState } from 'preact/hooks';
import { analyse } from '../core/analytics/analytics.ts';
import { exportFile } from '../core/analytics/exportFile.ts';
import { type Filter, filtered, type Sort } from '../core/analytics/filter.ts';
import type { Report } from '../core/analytics/report.ts';
import { AnalyticsPage } from './analytics/analyticsPage.tsx';
import { Facts } from './facts.tsx';
import { focusSession } from './focusSession.ts';
import { t } from './l10n.ts';
import type { ExportFormat } from './protocol.ts';
import { type Details, SessionPage } from './sessionPage.tsx';
import { utcMoment } from './time.ts';

/** The dashboard as a page of its own, without an editor. */
export function ReportPage({ report }: { report: Report }) {
	const { name, made, rows, seen } = report;
	const [filter, setFilter] = useState<Filter>({});
	const [sort, setSort] = useState<Sort>('newest');
	const [session, setSession] = useState<string>();
	/** Whose page was open before. */
	const before = useRef<string | undefined>(undefined);
	useEffect(() => {
		if (session === undefined) focusSession(before.current);
		before.current = session;
	}, [session]);
	const row = rows.find(({ id }) => id === session);
	if (row) {
		return (
			<SessionPage row={row} details={detailsOf(report, row.id)} now={made} onBack={() => setSession(undefined)} />
		);
	}
	return (
		<>
			<h1 class="report-name">{name}</h1>
			<p>
				<Facts facts={['Auto-PR Sessions', `${utcMoment(made)} UTC`]} />
			</p>
			{rows.length === 0 ? (
				<section class="card">
					<h2>{t('No session yet')}</h2>
					<p>
						{t('No session has completed here. auto-pr replay tells what those of the history so far would have been.')}
					</p>
				</section>
			) : (
				<AnalyticsPage
					rows={rows}
					{...(seen && { seen })}
					filter={filter}
					onFilter={setFilter}
					sort={sort}
					onSort={setSort}
					onOpen={setSession}
					onExport={(format) => download(report, format, filter)}
					now={made}
				/>
			)}
		</>
	);
}

function detailsOf({ details }: Report, id: string): NonNullable<Details> {
	const its = details !== undefined && Object.hasOwn(details, id) ? details[id] : undefined;
	if (its) return { details: its };
	return {
		failed: t('This report has the commits of its newest sessions only. The editor shows those of every session.'),
	};
}

function download({ rows }: Report, format: ExportFormat, filter: Filter): void {
	const shown = filtered(rows, filter);
	const { name, text } = exportFile(format, shown, analyse(shown));
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
	link.download = name;
	link.click();
	// After the browser has taken it up.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
