import type { SessionScore } from '../app/score.ts';
import type { Check } from '../core/check.ts';
import { codeSpan } from '../core/codeSpan.ts';
import { fileScoreLines } from '../core/fileScoreLines.ts';
import type { Answer } from './command.ts';

/** The job's summary, as Markdown. Whatever comes from a repository or pull request stands in code spans. */
export function summarise({
	check,
	scored,
	score: known,
	notes,
}: Pick<Answer, 'check' | 'scored' | 'score' | 'notes'>): string {
	const { auto, because, rule, session, score, trigger } = check;
	return [
		`### Auto-PR Sessions: ${headline(score, auto, trigger !== undefined)}`,
		'',
		...(session === undefined ? [] : [`- Session: ${codeSpan(session)}`]),
		...(trigger === undefined ? [] : [`- Completed: ${codeSpan(trigger)}`]),
		`- ${auto ? 'Automatic' : 'Not automatic'}: ${codeSpan(because)} (rule ${codeSpan(rule)})`,
		...(scored ? describeScore(scored) : known === undefined ? [] : [`- Score: **${known}**, by an earlier run`]),
		...notes.map((note) => `- Note: ${codeSpan(note)}`),
		'',
		...(scored ? fileScoreLines(scored) : []),
		'',
	].join('\n');
}

function headline(score: Check['score'], auto: boolean, complete: boolean): string {
	if (score === 'wait') return 'this waits, its session is still running';
	if (!auto) return 'scored now, by itself';
	return complete ? 'the session is complete and is scored now' : 'scored now';
}

function describeScore(scored: SessionScore): string[] {
	const { total, decision, reasons, blocker } = scored;
	return [
		`- Score: **${total.toFixed(1)}** (${codeSpan(decision)})`,
		...(blocker === undefined ? [] : [`- Blocked: ${codeSpan(blocker)}`]),
		...reasons.map(
			({ category, points, because }) =>
				`  - ${points > 0 ? '+' : ''}${points} ${codeSpan(category)}: ${codeSpan(because)}`,
		),
	];
}
