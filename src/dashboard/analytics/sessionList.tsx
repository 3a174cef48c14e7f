import { useMemo, useState } from 'preact/hooks';
import { SORTS, type Sort, sorted } from '../../core/analytics/filter.ts';
import type { AnalyticsRow } from '../../core/analytics/row.ts';
import { counted, moment, span } from '../time.ts';
import { figure, triggerWord } from './words.ts';

/** How many sessions are drawn at once: the rest waits for the button, so that ten thousand cost nothing. */
const PAGE = 25;
const MINUTE = 60_000;

/** The sessions behind the figures. Each unfolds to its own page. */
export function SessionList({ rows, now }: { rows: readonly AnalyticsRow[]; now: number }) {
	const [sort, setSort] = useState<Sort>('newest');
	const [most, setMost] = useState(PAGE);
	const list = useMemo(() => sorted(rows, sort), [rows, sort]);
	return (
		<section aria-labelledby="sessions">
			<div class="heading">
				<h2 id="sessions">{counted(rows.length, 'session')}</h2>
				<select
					aria-label="Sort by"
					value={sort}
					onChange={({ currentTarget }) => setSort(SORTS.find((one) => one === currentTarget.value) ?? 'newest')}
				>
					{SORTS.map((one) => (
						<option key={one} value={one}>
							{SORT_WORDS[one]}
						</option>
					))}
				</select>
			</div>
			<ul class="rows">
				{list.slice(0, most).map((row) => (
					<li key={row.id}>
						<SessionDetails row={row} now={now} />
					</li>
				))}
			</ul>
			{list.length > most && (
				<button type="button" class="secondary" onClick={() => setMost(most + PAGE)}>
					Show {Math.min(PAGE, list.length - most)} more
				</button>
			)}
		</section>
	);
}

const SORT_WORDS: Record<Sort, string> = {
	newest: 'Newest first',
	longest: 'Longest first',
	commits: 'Most commits',
	files: 'Most files',
	score: 'Highest score',
};

function SessionDetails({ row, now }: { row: AnalyticsRow; now: number }) {
	const {
		id,
		title,
		author,
		agent,
		startedAt,
		completedAt,
		minutes,
		trigger,
		commits,
		files,
		tests,
		docs,
		pullRequests,
	} = row;
	const trailers = `Session-Id: ${id}\nSession-End: ${trigger} ${new Date(completedAt).toISOString().replace(/\.\d+Z$/, 'Z')}`;
	return (
		<details class="session">
			<summary>
				<span class="row-name">{title ?? id}</span>
				{row.score !== undefined && <span class="score">{figure(row.score)}</span>}
				<span class="quiet wide">
					{moment(startedAt, now)} · {counted(commits, 'commit')} · {span(minutes * MINUTE)} · {triggerWord(trigger)}
				</span>
			</summary>
			<dl class="page">
				<dt>Author</dt>
				<dd>
					{author}
					{agent && ` · ${agent}`}
				</dd>
				<dt>Time</dt>
				<dd>
					{moment(startedAt, now)} to {moment(completedAt, now)}
				</dd>
				<dt>Net change</dt>
				<dd>
					{counted(files, 'file')}, {counted(tests, 'new test')}, {counted(docs, 'document')}
				</dd>
				{pullRequests.length > 0 && (
					<>
						<dt>Pull requests</dt>
						<dd>{pullRequests.map((number) => `#${number}`).join(', ')}</dd>
					</>
				)}
				{Object.entries(row.categories ?? {}).map(([name, points]) => (
					<>
						<dt key={name}>{name}</dt>
						<dd>{figure(points)}</dd>
					</>
				))}
				<dt>Trailers</dt>
				<dd>
					<pre>{trailers}</pre>
				</dd>
			</dl>
		</details>
	);
}
