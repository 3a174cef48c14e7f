import type { Filter } from '../../core/analytics/filter.ts';
import { counted, t } from '../l10n.ts';
import { Unfold } from './unfold.tsx';
import { figure } from './words.ts';

const days = (): string[] => [t('Mon'), t('Tue'), t('Wed'), t('Thu'), t('Fri'), t('Sat'), t('Sun')];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

interface CalendarProps {
	/** Sessions by the hour of the week, 168 numbers. */
	calendar: readonly number[];
	picked: number | undefined;
	onPick: (part: Filter) => void;
}

/** When work begins: a week's hours, the darker the more sessions. */
export function Calendar({ calendar, picked, onPick }: CalendarProps) {
	const most = Math.max(1, ...calendar);
	return (
		<section aria-labelledby="calendar">
			<h2 id="calendar">
				{t('When sessions begin')}{' '}
				<span class="aside">{t('UTC, at most {0} in an hour of the week', figure(most))}</span>
			</h2>
			{/* Labels beside the drawing, not in it: they are as large as other words, however wide it is. */}
			<div class="calendar">
				<div class="hours" aria-hidden="true">
					{[0, 6, 12, 18].map((hour) => (
						<span key={hour}>{hourWord(hour)}</span>
					))}
				</div>
				<div class="days" aria-hidden="true">
					{days().map((day) => (
						<span key={day}>{day}</span>
					))}
				</div>
				<svg viewBox="0 0 240 70" preserveAspectRatio="none" aria-hidden="true">
					{calendar.map((sessions, slot) => (
						// biome-ignore lint/a11y/noStaticElementInteractions: keys reach the same hours in the table below
						<rect
							key={slot}
							class={slot === picked ? 'picked' : ''}
							x={(slot % 24) * 10}
							y={Math.floor(slot / 24) * 10}
							width="9"
							height="9"
							fill-opacity={sessions === 0 ? 0.07 : 0.25 + 0.75 * (sessions / most)}
							onClick={() => sessions > 0 && onPick({ slot })}
						>
							<title>{slotWords(slot, sessions)}</title>
						</rect>
					))}
				</svg>
			</div>
			<Unfold summary={t('As a table')}>
				{() => (
					<table class="plain-table">
						<thead>
							<tr>
								<th scope="col">UTC</th>
								{days().map((day) => (
									<th key={day} scope="col" class="number">
										{day}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{HOURS.map((hour) => (
								<tr key={hour}>
									<th scope="row">{hourWord(hour)}:00</th>
									{days().map((day, row) => (
										<td key={day} class="number">
											<Slot
												slot={row * 24 + hour}
												sessions={calendar[row * 24 + hour] ?? 0}
												picked={picked}
												onPick={onPick}
											/>
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

interface SlotProps {
	slot: number;
	sessions: number;
	picked: number | undefined;
	onPick: (part: Filter) => void;
}

function Slot({ slot, sessions, picked, onPick }: SlotProps) {
	if (sessions === 0) return <>0</>;
	return (
		<button
			type="button"
			class="link"
			aria-pressed={slot === picked}
			aria-label={slotWords(slot, sessions)}
			onClick={() => onPick({ slot })}
		>
			{figure(sessions)}
		</button>
	);
}

function slotWords(slot: number, sessions: number): string {
	return `${days()[Math.floor(slot / 24)]} ${hourWord(slot % 24)}:00, ${counted('session', sessions)}`;
}

function hourWord(hour: number): string {
	return String(hour).padStart(2, '0');
}
