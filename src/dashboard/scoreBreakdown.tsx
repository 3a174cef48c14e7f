import type { AnalyticsRow } from '../core/analytics/row.ts';
import type { DetailedReason, DetailedScore } from '../core/analytics/sessionDetails.ts';
import { categoryWord, figure } from './analytics/words.ts';
import { someOf, t, told } from './l10n.ts';

interface ScoreBreakdownProps {
	/** The recorded score, where there is one. */
	recorded: Pick<AnalyticsRow, 'score' | 'categories'>;
	/** The one that was computed for this page. */
	score: DetailedScore | undefined;
	/** What kept it from being computed, or from being computed by the rubric as it is written. */
	problems: readonly string[];
}

/** Each point with its reason, by category. */
export function ScoreBreakdown({ recorded, score, problems }: ScoreBreakdownProps) {
	const total = recorded.score ?? score?.total;
	const categories = Object.entries(score?.breakdown ?? recorded.categories ?? {});
	return (
		<section>
			<h2>{t('Score')}</h2>
			{total === undefined && problems.length === 0 && <p class="quiet">{t('It is not scored yet.')}</p>}
			{total !== undefined && (
				<p>
					<span class="total">{figure(total)}</span>{' '}
					<span class="quiet">{recorded.score === undefined ? t('computed now, not recorded') : t('as recorded')}</span>
				</p>
			)}
			{recorded.score !== undefined && score && score.total !== recorded.score && (
				<p class="quiet">{t('Computed now, it comes to {0}; the reasons below are of that.', figure(score.total))}</p>
			)}
			{score?.blocker && <p class="card warned">{told(score.blocker)}</p>}
			{problems.map((problem) => (
				<p key={problem} class="quiet">
					{told(problem)}
				</p>
			))}
			{categories.length > 0 && (
				<table class="plain-table reasons">
					<thead>
						<tr>
							<th scope="col">{t('Category')}</th>
							<th scope="col" class="number">
								{t('Points')}
							</th>
						</tr>
					</thead>
					{categories.map(([category, points]) => (
						<Category
							key={category}
							name={category}
							points={points}
							reasons={score?.reasons.filter((reason) => reason.category === category) ?? []}
						/>
					))}
				</table>
			)}
		</section>
	);
}

function Category({ name, points, reasons }: { name: string; points: number; reasons: readonly DetailedReason[] }) {
	return (
		<tbody>
			<tr>
				<th scope="rowgroup" class="title">
					{categoryWord(name)}
				</th>
				<td class="number title">{figure(points)}</td>
			</tr>
			{reasons.map(({ because, points: given, paths }, index) => (
				<tr key={index}>
					<td class="because">
						{told(because)}
						{paths && paths.length > 0 && <span class="quiet"> {someOf(paths, 3)}</span>}
					</td>
					<td class="number">{figure(given)}</td>
				</tr>
			))}
		</tbody>
	);
}
