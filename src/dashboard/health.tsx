import type { Finding, Health } from '../core/health/health.ts';
import { t } from './l10n.ts';

/** Warnings, each with its figure, its limit and what to do; one quiet line where all is well. */
export function HealthCard({ health: { findings, operations } }: { health: Health }) {
	const warnings = findings.filter(({ warns }) => warns);
	const well = findings.filter(({ warns }) => !warns);
	return (
		<section class={warnings.length > 0 ? 'card warned' : 'card'} aria-labelledby="health">
			<h2 id="health">
				{t('Health')}
				<span class="aside">{warnings.length === 0 ? t('all is well') : counted(warnings.length)}</span>
			</h2>
			{warnings.length > 0 && (
				<ul class="plain">
					{warnings.map((finding) => (
						<li key={finding.name}>
							<FigureLine {...finding} />
							<p class="quiet">{finding.advice}</p>
						</li>
					))}
				</ul>
			)}
			<details>
				<summary>{t('Figures')}</summary>
				<ul class="plain">
					{well.map((finding) => (
						<li key={finding.name}>
							<FigureLine {...finding} />
						</li>
					))}
					{operations.map(({ operation, times, median, p99 }) => (
						<li key={operation}>
							{capital(operation)}: median {Math.ceil(median)} ms, 99 % within {Math.ceil(p99)} ms{' '}
							<span class="quiet">(of {times})</span>
						</li>
					))}
				</ul>
			</details>
		</section>
	);
}

function FigureLine({ name, figure, limit }: Finding) {
	return (
		<>
			{capital(name)}: {figure} <span class="quiet">({limit})</span>
		</>
	);
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function counted(warnings: number): string {
	return warnings === 1 ? t('1 warning') : t('{0} warnings', warnings);
}
