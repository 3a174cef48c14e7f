import type { CategoryMean } from '../../core/analytics/analytics.ts';
import type { Filter } from '../../core/analytics/filter.ts';
import { t } from '../l10n.ts';
import { holds } from './narrowing.ts';
import { categoryWord, figure } from './words.ts';

interface CategoriesProps {
	categories: readonly CategoryMean[];
	filter: Filter;
	onPick: (part: Filter) => void;
}

/** What the scores are made of: a table whose second column is a bar, to the right of the middle for points, to the left for penalties. */
export function Categories({ categories, filter, onPick }: CategoriesProps) {
	const most = Math.max(0.1, ...categories.map(({ mean }) => Math.abs(mean)));
	const below = categories.some(({ mean }) => mean < 0);
	const zero = below ? 50 : 0;
	return (
		<table class="bars categories">
			<caption>{t('Mean points by category')}</caption>
			<tbody>
				{categories.map(({ name, mean, sessions, filter: part }) => {
					const width = ((100 - zero) * Math.abs(mean)) / most;
					return (
						<tr key={name}>
							<th scope="row">
								<button
									type="button"
									class="link"
									aria-pressed={holds(filter, part)}
									title={t('Scores that tell it: {0}', figure(sessions))}
									onClick={() => onPick(part)}
								>
									{categoryWord(name)}
								</button>
							</th>
							{/* biome-ignore lint/a11y/useKeyWithClickEvents: keys have the name beside it */}
							<td class="pickable" onClick={() => onPick(part)}>
								<svg class="bar" width="100%" height="10" aria-hidden="true">
									<rect
										class={mean < 0 ? 'below' : ''}
										x={`${mean < 0 ? zero - width : zero}%`}
										width={`${width}%`}
										height="10"
										rx="1.5"
									/>
								</svg>
							</td>
							<td class="number">{figure(mean)}</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}
