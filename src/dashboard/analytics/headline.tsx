import type { Analytics } from '../../core/analytics/analytics.ts';
import { span } from '../time.ts';
import { figure, percent } from './words.ts';

const MINUTE = 60_000;

/** The one figure that counts, and the few that explain it. */
export function Headline({ figures }: { figures: Analytics }) {
	const { sessions, commits, pullRequests, microScores, noiseSaved, medianMinutes, meanScore, batched } = figures;
	const facts: [string, string][] = [
		[sessions === 1 ? 'session' : 'sessions', figure(sessions)],
		[commits === 1 ? 'commit' : 'commits', figure(commits)],
		...(pullRequests > 0 ? [['pull requests', figure(pullRequests)] as [string, string]] : []),
		...(medianMinutes === null ? [] : [['median duration', span(medianMinutes * MINUTE)] as [string, string]]),
		...(meanScore === null ? [] : [['mean score', figure(meanScore)] as [string, string]]),
		...(batched === null ? [] : [['of all commits batched', percent(batched)] as [string, string]]),
	];
	return (
		<section class="headline" aria-labelledby="noise">
			<h2 id="noise" class="noise">
				{noiseSaved !== null && noiseSaved > 0 && (
					<>
						<span class="saved">{noiseSaved} %</span> <span class="saved-what">less noise</span>
					</>
				)}
				{(noiseSaved === null || noiseSaved <= 0) && <span class="saved-what">Sessions</span>}
			</h2>
			<p>
				<strong>{figure(microScores)}</strong> {microScores === 1 ? 'micro-commit' : 'micro-commits'} became{' '}
				<strong>{figure(sessions)}</strong> {sessions === 1 ? 'score' : 'scores'}.
			</p>
			<dl class="facts">
				{facts.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
