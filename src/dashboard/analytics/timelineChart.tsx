import type { Analytics } from '../../core/analytics/analytics.ts';
import type { Filter } from '../../core/analytics/filter.ts';
import type { Period } from '../../core/analytics/timeline.ts';
import { t } from '../l10n.ts';
import { utcDay } from '../time.ts';
import { Unfold } from './unfold.tsx';
import { categoryWord, figure } from './words.ts';

interface TimelineProps {
	timeline: Analytics['timeline'];
	/** The categories of scores, by name. */
	categories: readonly string[];
	onPick: (part: Filter) => void;
}

/** One thing over time; null where nothing of a period tells it. */
interface Series {
	name: string;
	value: (period: Period) => number | null;
}

const allSeries = (): Series[] => [
	{ name: t('Sessions'), value: (period: Period) => period.sessions },
	{ name: t('Commits'), value: (period: Period) => period.commits },
	{ name: t('Pull requests'), value: (period: Period) => period.pullRequests },
	{ name: t('Mean score'), value: (period: Period) => period.meanScore },
];

const HEIGHT = 44;

/** What began when: one small chart for each series, on the same time. */
export function TimelineChart({ timeline: { unit, periods }, categories, onPick }: TimelineProps) {
	const series = allSeries().filter(({ value }) => periods.some((period) => value(period)));
	const points = categories.map(
		(name): Series => ({
			name: categoryWord(name),
			value: ({ categories }) => (Object.hasOwn(categories, name) ? categories[name]! : null),
		}),
	);
	return (
		<section aria-labelledby="over-time">
			<h2 id="over-time">
				{perWord(unit)} <span class="aside">UTC</span>
			</h2>
			<Charts series={series} periods={periods} onPick={onPick} />
			{points.length > 0 && (
				<Unfold summary={t('Mean points by category')}>
					{() => <Charts series={points} periods={periods} onPick={onPick} />}
				</Unfold>
			)}
			<Unfold summary={t('As a table')}>
				{() => (
					<table class="plain-table">
						<thead>
							<tr>
								<th scope="col">{t('From')}</th>
								{[...series, ...points].map(({ name }) => (
									<th key={name} scope="col" class="number">
										{name}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{periods
								.filter(({ sessions }) => sessions > 0)
								.map((period) => (
									<tr key={period.from}>
										<th scope="row">
											<button type="button" class="link" onClick={() => onPick(period.filter)}>
												{utcDay(period.from)}
											</button>
										</th>
										{[...series, ...points].map(({ name, value }) => (
											<td key={name} class="number">
												{figureOf(value(period))}
											</td>
										))}
									</tr>
								))}
						</tbody>
					</table>
				)}
			</Unfold>
		</section>
	);
}

function figureOf(amount: number | null): string {
	return amount === null ? '–' : figure(amount);
}

function perWord(unit: Analytics['timeline']['unit']): string {
	switch (unit) {
		case 'day':
			return t('Per day');
		case 'week':
			return t('Per week');
		case 'month':
			return t('Per month');
	}
}

interface ChartsProps {
	series: readonly Series[];
	periods: readonly Period[];
	onPick: (part: Filter) => void;
}

/** One chart below the other, and the time that they share. */
function Charts({ series, periods, onPick }: ChartsProps) {
	const [first, last] = [periods[0], periods.at(-1)];
	return (
		<>
			<div class="series">
				{series.map(({ name, value }) => (
					<Columns key={name} name={name} periods={periods} value={value} onPick={onPick} />
				))}
			</div>
			<p class="axis quiet" aria-hidden="true">
				<span>{first && utcDay(first.from)}</span>
				<span>{last && last !== first && utcDay(last.from)}</span>
			</p>
		</>
	);
}

interface ColumnsProps extends Series {
	periods: readonly Period[];
	onPick: (part: Filter) => void;
}

function Columns({ name, periods, value, onPick }: ColumnsProps) {
	const values = periods.map((period) => value(period) ?? 0);
	const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
	/** How far down an amount stands. */
	const yOf = (amount: number) => (HEIGHT * (most - amount)) / (most - least || 1);
	const total = periods.length;
	return (
		<figure>
			<figcaption>
				{name}{' '}
				<span class="quiet">
					{least < 0 ? t('{0} to {1}', figure(least), figure(most)) : t('up to {0}', figure(most))}
				</span>
			</figcaption>
			<svg
				width="100%"
				height={HEIGHT}
				viewBox={`0 0 ${total * 10} ${HEIGHT}`}
				preserveAspectRatio="none"
				aria-hidden="true"
			>
				{periods.map((period, index) => {
					const amount = values[index]!;
					const height = amount === 0 ? 0 : Math.max(1.5, Math.abs(yOf(amount) - yOf(0)));
					return (
						// Keys reach the same periods in the table below.
						// biome-ignore lint/a11y/noStaticElementInteractions: decoration of the table
						<g key={period.from} class="column" onClick={() => period.sessions > 0 && onPick(period.filter)}>
							<title>{`${utcDay(period.from)}: ${figureOf(value(period))}`}</title>
							<rect class="hit" x={index * 10} width="10" height={HEIGHT} />
							<rect
								class={amount < 0 ? 'below' : ''}
								x={index * 10 + 1}
								y={amount < 0 ? yOf(0) : yOf(0) - height}
								width="8"
								height={height}
							/>
						</g>
					);
				})}
			</svg>
		</figure>
	);
}
