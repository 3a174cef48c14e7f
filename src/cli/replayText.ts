import type { Summary } from './replaySummary.ts';
import { count, duration, localTime, number } from './words.ts';

const MINUTE = 60_000;

/** A replay's summary for a person. `now`: ms UTC. */
export function describeReplay(summary: Summary, now: number): string[] {
	const { commits, automatic, human, byRule } = summary;
	return [
		`${count(commits, 'commit')}: ${number(automatic)} automatic, ${number(human)} not`,
		...Object.entries(byRule).map(([rule, n]) => `  ${rule.padEnd(16)}${number(n).padStart(9)}`),
		...describeSessions(summary, now),
	];
}

function describeSessions(summary: Summary, now: number): string[] {
	const { sessions, automatic, byTrigger, commitsPerSession: sizes, durationMinutes, fewerPercent, longest } = summary;
	if (sessions === 0) return ['', 'No sessions.'];
	const triggers = Object.entries(byTrigger).map(([trigger, n]) => `${number(n)} by ${trigger}`);
	return [
		'',
		`${count(sessions, 'session')}, ended: ${triggers.join(', ')}`,
		`  commits in each   mean ${number(sizes.mean)}, median ${number(sizes.median)}, most ${number(sizes.most)}`,
		...describeDurations('of people', durationMinutes.people),
		...describeDurations('of agents', durationMinutes.agents),
		'',
		`${count(automatic, 'micro-commit')} became ${count(sessions, 'session')}, ${fewerPercent} % fewer.`,
		'',
		'The longest:',
		...longest.map(
			({ id, started, durationMinutes: minutes, commits, files }) =>
				`  ${id}  ${localTime(Date.parse(started), now)}, ${duration(minutes * MINUTE)}, ${count(commits, 'commit')}, ${count(files, 'file')}`,
		),
	];
}

function describeDurations(whose: string, { sessions, mean, median }: Summary['durationMinutes']['people']): string[] {
	if (sessions === 0) return [];
	return [
		`  ${number(sessions)} ${whose}`.padEnd(20) +
			`mean ${duration(mean * MINUTE)}, median ${duration(median * MINUTE)}`,
	];
}
