import type { Standing } from '../../core/analytics/analytics.ts';
import type { Filter } from '../../core/analytics/filter.ts';
import { t } from '../l10n.ts';
import { span } from '../time.ts';
import { holds } from './narrowing.ts';
import { figure, percent } from './words.ts';

const MINUTE = 60_000;
/** How many are named; the filter has all of them. */
const NAMED = 12;

interface PeopleProps {
	title: string;
	people: readonly Standing[];
	filter: Filter;
	onPick: (part: Filter) => void;
}

/** Who works how: one line for each author or agent, the busiest first. */
export function People({ title, people, filter, onPick }: PeopleProps) {
	const scored = people.some(({ meanScore }) => meanScore !== null);
	return (
		<section>
			<div class="scroll">
				<table class="plain-table people">
					<caption>
						{title}
						{people.length > NAMED && <span class="aside"> {t('the {0} busiest of {1}', NAMED, people.length)}</span>}
					</caption>
					<thead>
						<tr>
							<th scope="col">{t('Name')}</th>
							<th scope="col" class="number">
								{t('Sessions')}
							</th>
							<th scope="col" class="number">
								{t('Mean time')}
							</th>
							<th scope="col" class="number">
								{t('Mean commits')}
							</th>
							{scored && (
								<th scope="col" class="number">
									{t('Mean score')}
								</th>
							)}
							<th scope="col" class="number">
								{t('By itself')}
							</th>
						</tr>
					</thead>
					<tbody>
						{people.slice(0, NAMED).map((one) => (
							<tr key={one.name}>
								<th scope="row">
									<button
										type="button"
										class="link"
										aria-pressed={holds(filter, one.filter)}
										onClick={() => onPick(one.filter)}
									>
										{one.filter.agent === null ? t('people') : one.name}
									</button>
								</th>
								<td class="number">{figure(one.sessions)}</td>
								<td class="number">{span(one.meanMinutes * MINUTE)}</td>
								<td class="number">{figure(one.meanCommits)}</td>
								{scored && <td class="number">{one.meanScore === null ? '–' : figure(one.meanScore)}</td>}
								<td class="number">{percent(one.completedByThemselves)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</section>
	);
}
