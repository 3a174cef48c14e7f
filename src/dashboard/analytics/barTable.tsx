import type { Bar } from '../../core/analytics/analytics.ts';
import type { Filter } from '../../core/analytics/filter.ts';
import { holds } from './narrowing.ts';
import { figure } from './words.ts';

interface BarTableProps {
	title: string;
	bars: readonly Bar[];
	filter: Filter;
	onPick: (part: Filter) => void;
}

/** A distribution: a table whose second column is a bar, so that it needs no other table behind it. */
export function BarTable({ title, bars, filter, onPick }: BarTableProps) {
	const most = Math.max(1, ...bars.map(({ sessions }) => sessions));
	return (
		<table class="bars">
			<caption>{title}</caption>
			<tbody>
				{bars.map((bar) => (
					<tr key={bar.label}>
						<th scope="row">
							<button
								type="button"
								class="link"
								aria-pressed={holds(filter, bar.filter)}
								disabled={bar.sessions === 0}
								onClick={() => onPick(bar.filter)}
							>
								{bar.label}
							</button>
						</th>
						{/* biome-ignore lint/a11y/useKeyWithClickEvents: keys have the name beside it */}
						<td class={bar.sessions > 0 ? 'pickable' : ''} onClick={() => bar.sessions > 0 && onPick(bar.filter)}>
							<svg class="bar" width="100%" height="10" aria-hidden="true">
								<rect width={`${(100 * bar.sessions) / most}%`} height="10" rx="1.5" />
							</svg>
						</td>
						<td class="number">{figure(bar.sessions)}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
