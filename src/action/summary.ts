import type { SessionScore } from '../app/score.ts';
import type { Check } from '../core/check.ts';

/** The job's summary, as Markdown. Whatever comes from a repository or pull request stands in code spans. */
export function summarise({ auto, because, rule, session, score, trigger }: Check, scored?: SessionScore): string {
	return [
		`### Auto-PR Sessions: ${headline(score, auto, trigger !== undefined)}`,
		'',
		...(session === undefined ? [] : [`- Session: ${code(session)}`]),
		...(trigger === undefined ? [] : [`- Completed: ${code(trigger)}`]),
		`- ${auto ? 'Automatic' : 'Not automatic'}: ${code(because)} (rule ${code(rule)})`,
		...(scored ? describeScore(scored) : []),
		'',
		'',
	].join('\n');
}

function headline(score: Check['score'], auto: boolean, complete: boolean): string {
	if (score === 'wait') return 'this waits, its session is still running';
	if (!auto) return 'scored now, by itself';
	return complete ? 'the session is complete and is scored now' : 'scored now';
}

function describeScore({ total, decision, reasons, blocker }: SessionScore): string[] {
	return [
		`- Score: **${total.toFixed(1)}** (${code(decision)})`,
		...(blocker === undefined ? [] : [`- Blocked: ${code(blocker)}`]),
		...reasons.map(
			({ category, points, because }) => `  - ${points > 0 ? '+' : ''}${points} ${code(category)}: ${code(because)}`,
		),
	];
}

/**
 * A code span that no text can end: its fence is longer than any run of backticks inside (CommonMark 0.31, 6.1). GitHub reads neither HTML nor
 * links nor @mentions in it.
 */
export function code(text: string): string {
	const line = text.replace(/[\0-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
	const runs = line.match(/`+/g) ?? [];
	const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
	return line === '' ? '' : `${fence} ${line} ${fence}`;
}
