import { useMemo } from 'preact/hooks';
import { SORTS, type Sort, sorted } from '../../core/analytics/filter.ts';
import type { AnalyticsRow } from '../../core/analytics/row.ts';
import { Facts } from '../facts.tsx';
import { counted, t } from '../l10n.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../protocol.ts';
import { moment, span } from '../time.ts';
import { useSome } from '../useSome.tsx';
import { figure, triggerWord } from './words.ts';

/** How many sessions are drawn at once: the rest waits for the button, so that ten thousand cost nothing. */
const PAGE = 25;
const MINUTE = 60_000;

interface SessionListProps {
	rows: readonly AnalyticsRow[];
	/** ms UTC. */
	now: number;
	onOpen: (session: string) => void;
	onExport: (format: ExportFormat) => void;
	sort: Sort;
	onSort: (sort: Sort) => void;
}

/** The sessions behind the figures. Each leads to its own page. */
export function SessionList({ rows, now, onOpen, onExport, sort, onSort }: SessionListProps) {
	const list = useMemo(() => sorted(rows, sort), [rows, sort]);
	const [shown, more] = useSome(list, PAGE);
	return (
		<section aria-labelledby="sessions">
			<div class="heading">
				<h2 id="sessions" tabIndex={-1}>
					{counted('session', rows.length)}
				</h2>
				<select
					aria-label={t('Sort by')}
					value={sort}
					onChange={({ currentTarget }) => onSort(SORTS.find((one) => one === currentTarget.value) ?? 'newest')}
				>
					{SORTS.map((one) => (
						<option key={one} value={one}>
							{sortWord(one)}
						</option>
					))}
				</select>
			</div>
			<ul class="rows">
				{shown.map((row) => (
					<li key={row.id}>
						<SessionRow row={row} now={now} onOpen={onOpen} />
					</li>
				))}
			</ul>
			{more}
			<p class="exports">
				<span class="quiet">{t('Export')}</span>
				{EXPORT_FORMATS.map((format) => (
					<button key={format} type="button" class="link" onClick={() => onExport(format)}>
						{FORMAT_NAMES[format]}
					</button>
				))}
			</p>
		</section>
	);
}

/** As their makers write them, in every language. */
const FORMAT_NAMES: Record<ExportFormat, string> = { csv: 'CSV', json: 'JSON', markdown: 'Markdown' };

function sortWord(sort: Sort): string {
	switch (sort) {
		case 'newest':
			return t('Newest first');
		case 'longest':
			return t('Longest first');
		case 'commits':
			return t('Most commits');
		case 'files':
			return t('Most files');
		case 'score':
			return t('Highest score');
	}
}

function SessionRow({ row, now, onOpen }: { row: AnalyticsRow; now: number; onOpen: (session: string) => void }) {
	const { id, title, startedAt, minutes, trigger, commits, score } = row;
	return (
		<>
			<button type="button" class="link row-name" data-session={id} onClick={() => onOpen(id)}>
				{title ?? id}
			</button>
			{score !== undefined && <span class="score">{figure(score)}</span>}
			<Facts
				facts={[moment(startedAt, now), counted('commit', commits), span(minutes * MINUTE), triggerWord(trigger)]}
			/>
		</>
	);
}
