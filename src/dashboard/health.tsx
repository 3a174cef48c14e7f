import type { Finding, FindingName, Health } from '../core/health/health.ts';
import type { OperationTimes } from '../core/health/measurements.ts';
import { someOf, t, told } from './l10n.ts';

/** Warnings, each with its figure, its limit and what to do; one quiet line where all is well. */
export function HealthCard({ health: { findings, orphans, operations } }: { health: Health }) {
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
							{finding.name === 'orphans' && <p class="id">{someOf(orphans)}</p>}
							<p class="quiet">{told(finding.advice)}</p>
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
							{finding.name === 'orphans' && <p class="id">{someOf(orphans)}</p>}
						</li>
					))}
					{operations.map(({ operation, times, median, p99 }) => (
						<li key={operation}>
							{t('{0}: median {1} ms, 99 % within {2} ms', operationWord(operation), Math.ceil(median), Math.ceil(p99))}{' '}
							<span class="quiet">{t('(of {0})', times)}</span>
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
			{nameWord(name)}: {told(figure)} <span class="quiet">({told(limit)})</span>
		</>
	);
}

function nameWord(name: FindingName): string {
	const words: Record<FindingName, string> = {
		orphans: t('Orphans'),
		'mean duration': t('Mean duration'),
		'false positives': t('False positives'),
		'completion rate': t('Completion rate'),
		'state size': t('State size'),
		'workflow failures': t('Workflow failures'),
		'slow operations': t('Slow operations'),
	};
	return words[name];
}

function operationWord(operation: OperationTimes['operation']): string {
	const words: Record<OperationTimes['operation'], string> = {
		observe: t('Observe'),
		update: t('Update'),
		publish: t('Publish'),
		score: t('Score'),
		discard: t('Discard'),
	};
	return words[operation];
}

function counted(warnings: number): string {
	return warnings === 1 ? t('1 warning') : t('{0} warnings', warnings);
}
