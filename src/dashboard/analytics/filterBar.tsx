import { useMemo } from 'preact/hooks';
import type { Filter } from '../../core/analytics/filter.ts';
import type { AnalyticsRow } from '../../core/analytics/row.ts';
import { t } from '../l10n.ts';
import { utcDay } from '../time.ts';
import { categoryWord, triggerWord } from './words.ts';

const DAY = 24 * 3_600_000;
/** A choice that no agent's name can be. */
const PEOPLE = '\n';

interface FilterBarProps {
	rows: readonly AnalyticsRow[];
	filter: Filter;
	onFilter: (filter: Filter) => void;
	/** ms UTC. */
	now: number;
}

/** Narrows everything below it. What a click on a chart narrowed is named, and taken back, here too. */
export function FilterBar({ rows, filter, onFilter, now }: FilterBarProps) {
	const choices = useMemo(() => choicesIn(rows), [rows]);
	const set = (part: Partial<Record<keyof Filter, unknown>>) =>
		onFilter(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined)));
	return (
		<search class="filters">
			<input
				type="search"
				aria-label={t('Search by id or title')}
				placeholder={t('Search id or title')}
				value={filter.search ?? ''}
				onInput={({ currentTarget }) => set({ search: currentTarget.value || undefined })}
			/>
			<Choice
				label={t('Author')}
				all={t('All authors')}
				value={filter.author}
				choices={choices.authors}
				onChoose={(author) => set({ author })}
			/>
			{choices.agents.length > 0 && (
				<Choice
					label={t('Agent')}
					all={t('People and agents')}
					value={filter.agent === null ? PEOPLE : filter.agent}
					choices={[PEOPLE, ...choices.agents]}
					word={(agent) => (agent === PEOPLE ? t('people only') : agent)}
					onChoose={(agent) => set({ agent: agent === PEOPLE ? null : agent })}
				/>
			)}
			<Choice
				label={t('Trigger')}
				all={t('All triggers')}
				value={filter.trigger}
				choices={choices.triggers}
				word={triggerWord}
				onChoose={(trigger) => set({ trigger })}
			/>
			<Choice
				label={t('Time')}
				all={t('All time')}
				value={daysOf(filter, now)}
				choices={['7', '30', '90', '365']}
				word={(days) => t('Last {0} days', days)}
				onChoose={(days) =>
					set({ time: days === undefined ? undefined : [startOfDay(now) - Number(days) * DAY, startOfDay(now) + DAY] })
				}
			/>
			{Object.keys(filter).length > 0 && (
				<p class="narrowed">
					<span class="quiet">{narrowedWords(filter, now).join(' · ')}</span>{' '}
					<button type="button" class="link" onClick={() => onFilter({})}>
						{t('Show all')}
					</button>
				</p>
			)}
		</search>
	);
}

interface ChoiceProps {
	label: string;
	all: string;
	value: string | undefined;
	choices: readonly string[];
	word?: (choice: string) => string;
	onChoose: (choice: string | undefined) => void;
}

function Choice({ label, all, value, choices, word = (choice) => choice, onChoose }: ChoiceProps) {
	return (
		<select
			aria-label={label}
			value={value ?? ''}
			onChange={({ currentTarget }) => onChoose(currentTarget.value || undefined)}
		>
			<option value="">{all}</option>
			{choices.map((choice) => (
				<option key={choice} value={choice} selected={choice === value}>
					{word(choice)}
				</option>
			))}
		</select>
	);
}

function choicesIn(rows: readonly AnalyticsRow[]) {
	const distinct = (values: Iterable<string>) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
	return {
		authors: distinct(rows.map(({ author }) => author)),
		agents: distinct(rows.flatMap(({ agent }) => agent ?? [])),
		triggers: distinct(rows.map(({ trigger }) => trigger)),
	};
}

function startOfDay(at: number): number {
	return Math.floor(at / DAY) * DAY;
}

/** Which of the choices of time a filter is, if one. */
function daysOf({ time }: Filter, now: number): string | undefined {
	return time && time[1] === startOfDay(now) + DAY ? String((startOfDay(now) - time[0]) / DAY) : undefined;
}

/** What the filter says, part by part. */
function narrowedWords(filter: Filter, now: number): string[] {
	const { time, author, agent, trigger, search, minutes, commits, pullRequests, slot, scored, category } = filter;
	const days = daysOf(filter, now);
	const range = ([from, to]: readonly [number, number]) =>
		to === Number.MAX_SAFE_INTEGER ? `${from}+` : from === to ? `${from}` : `${from}–${to}`;
	return [
		...(time ? [days ? t('last {0} days', days) : t('from {0} to {1}', dayOf(time[0]), dayOf(time[1] - 1))] : []),
		...(author === undefined ? [] : [author]),
		...(agent === undefined ? [] : [agent ?? t('people only')]),
		...(trigger === undefined ? [] : [triggerWord(trigger)]),
		...(search === undefined ? [] : [t('“{0}”', search)]),
		...(minutes ? [t('{0} min', range(minutes))] : []),
		...(commits ? [t('{0} commits', range(commits))] : []),
		...(pullRequests ? [t('{0} pull requests', range(pullRequests))] : []),
		...(slot === undefined ? [] : [t('one hour of the week')]),
		...(scored === undefined ? [] : [scored ? t('scored') : t('not scored')]),
		...(category === undefined ? [] : [categoryWord(category)]),
	];
}

function dayOf(at: number): string {
	return utcDay(new Date(at).toISOString().slice(0, 10));
}
