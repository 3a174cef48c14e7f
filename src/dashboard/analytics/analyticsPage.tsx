import { useMemo } from 'preact/hooks';
import { analyse, type Seen } from '../../core/analytics/analytics.ts';
import { type Filter, filtered, type Sort } from '../../core/analytics/filter.ts';
import type { AnalyticsRow } from '../../core/analytics/row.ts';
import { t } from '../l10n.ts';
import type { ExportFormat } from '../protocol.ts';
import { BarTable } from './barTable.tsx';
import { Calendar } from './calendar.tsx';
import { Categories } from './categories.tsx';
import { FilterBar } from './filterBar.tsx';
import { Headline } from './headline.tsx';
import { toggled } from './narrowing.ts';
import { People } from './people.tsx';
import { SessionList } from './sessionList.tsx';
import { TimelineChart } from './timelineChart.tsx';
import { triggerWord } from './words.ts';

export interface AnalyticsPageProps {
	rows: readonly AnalyticsRow[];
	seen?: Seen;
	filter: Filter;
	onFilter: (filter: Filter) => void;
	/** The order of the list. */
	sort: Sort;
	onSort: (sort: Sort) => void;
	/** Opens a session's page. */
	onOpen: (session: string) => void;
	/** Takes the sessions that the filter lets through away in a file. */
	onExport: (format: ExportFormat) => void;
	/** ms UTC. */
	now: number;
}

/** Below this many sessions a distribution says nothing. */
const ENOUGH = 3;

/** The figures of the completed sessions. A click on a figure narrows all of them to the sessions behind it. */
export function AnalyticsPage({ rows, seen, filter, onFilter, now, ...list }: AnalyticsPageProps) {
	const narrowed = Object.keys(filter).length > 0;
	const shown = useMemo(() => filtered(rows, filter), [rows, filter]);
	const figures = useMemo(() => analyse(shown, narrowed ? undefined : seen), [shown, narrowed, seen]);
	const pick = (part: Filter) => onFilter(toggled(filter, part));
	return (
		<div class="analytics">
			<Headline figures={figures} onPick={pick} />
			<FilterBar rows={rows} filter={filter} onFilter={onFilter} now={now} />
			{shown.length === 0 && (
				<section class="card" role="status">
					<p>{t('No session is like that.')}</p>
					<button type="button" onClick={() => onFilter({})}>
						{t('Show all sessions')}
					</button>
				</section>
			)}
			{shown.length > 0 && shown.length < ENOUGH && (
				<p class="quiet">{t('Charts appear from the third session on.')}</p>
			)}
			{shown.length >= ENOUGH && (
				<>
					<TimelineChart
						timeline={figures.timeline}
						categories={figures.categories.map(({ name }) => name)}
						onPick={pick}
					/>
					<div class="grid">
						<BarTable
							title={t('Completed by')}
							bars={figures.triggers.map((bar) => ({ ...bar, label: triggerWord(bar.label) }))}
							filter={filter}
							onPick={pick}
						/>
						<BarTable title={t('Duration')} bars={figures.durations} filter={filter} onPick={pick} />
						<BarTable title={t('Commits per session')} bars={figures.commitsPerSession} filter={filter} onPick={pick} />
						{figures.pullRequests > 0 && (
							<BarTable
								title={t('Pull requests per session')}
								bars={figures.pullRequestsPerSession}
								filter={filter}
								onPick={pick}
							/>
						)}
						{figures.categories.length > 0 && (
							<Categories categories={figures.categories} filter={filter} onPick={pick} />
						)}
					</div>
					<Calendar calendar={figures.calendar} picked={filter.slot} onPick={pick} />
					<People title={t('Authors')} people={figures.authors} filter={filter} onPick={pick} />
					{figures.agents.some(({ filter }) => filter.agent !== null) && (
						<People title={t('Agents')} people={figures.agents} filter={filter} onPick={pick} />
					)}
				</>
			)}
			{shown.length > 0 && <SessionList rows={shown} now={now} {...list} />}
		</div>
	);
}
