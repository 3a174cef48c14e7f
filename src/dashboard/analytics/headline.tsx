import type { Analytics } from '../../core/analytics/analytics.ts';
import type { Filter } from '../../core/analytics/filter.ts';
import { t } from '../l10n.ts';
import { span } from '../time.ts';
import { figure, percent } from './words.ts';

const MINUTE = 60_000;

interface Fact {
	name: string;
	value: string;
	/** What leads to the sessions behind it, where that is not all that are listed. */
	part?: Filter;
}

/** The one figure that counts, and the few that explain it. */
export function Headline({ figures, onPick }: { figures: Analytics; onPick: (part: Filter) => void }) {
	const { sessions, microScores, noiseSaved } = figures;
	return (
		<section class="headline" aria-labelledby="noise">
			<h2 id="noise" class="noise">
				{noiseSaved !== null && noiseSaved > 0 ? (
					<>
						<span class="saved">{noiseSaved} %</span> <span class="saved-what">{t('less noise')}</span>
					</>
				) : (
					<span class="saved-what">{t('Sessions')}</span>
				)}
			</h2>
			<p>
				{became(microScores, sessions).map(([text, strong], place) =>
					strong ? <strong key={place}>{text}</strong> : text,
				)}
			</p>
			<dl class="facts">
				{factsOf(figures).map(({ name, value, part }) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>
							<button
								type="button"
								class="link"
								aria-label={`${name}: ${value}`}
								onClick={() => (part ? onPick(part) : toList())}
							>
								{value}
							</button>
						</dd>
					</div>
				))}
			</dl>
		</section>
	);
}

/** Leads to the list of the sessions, which are those behind a figure of all. */
function toList(): void {
	document.getElementById('sessions')?.focus();
}

function factsOf(figures: Analytics): Fact[] {
	const { sessions, commits, pullRequests, medianMinutes, meanScore, batched } = figures;
	return [
		{ name: sessions === 1 ? t('session') : t('sessions'), value: figure(sessions) },
		{ name: commits === 1 ? t('commit') : t('commits'), value: figure(commits) },
		...(pullRequests > 0
			? [
					{
						name: t('pull requests'),
						value: figure(pullRequests),
						part: { pullRequests: [1, Number.MAX_SAFE_INTEGER] as const },
					},
				]
			: []),
		...(medianMinutes === null ? [] : [{ name: t('median duration'), value: span(medianMinutes * MINUTE) }]),
		...(meanScore === null ? [] : [{ name: t('mean score'), value: figure(meanScore), part: { scored: true } }]),
		...(batched === null ? [] : [{ name: t('of all commits batched'), value: percent(batched) }]),
	];
}

/** A sentence in pieces; its two numbers are marked. */
function became(microScores: number, sessions: number): [text: string, strong: boolean][] {
	const sentence =
		microScores === 1
			? t('{0} micro-commit became {1} score.')
			: sessions === 1
				? t('{0} micro-commits became {1} score.')
				: t('{0} micro-commits became {1} scores.');
	return sentence.split(/(\{\d\})/).map((piece) => {
		if (piece === '{0}') return [figure(microScores), true];
		return piece === '{1}' ? [figure(sessions), true] : [piece, false];
	});
}
