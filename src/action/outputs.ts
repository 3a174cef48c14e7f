import { outputsOf } from '../files/githubActions.ts';
import type { Answer } from './command.ts';

/** GitHub takes 1 MB for all outputs of a job: docs.github.com, "Workflow syntax", "jobs.<job_id>.outputs". Characters. */
const LONGEST_FILES = 200_000;

/**
 * The outputs of a step. Several answers (a schedule may complete several sessions) stand in one output with a blank between them;
 * files stand one a line.
 */
export function outputsOfAnswers(answers: readonly Answer[]): Record<string, string> {
	const each = answers.map(({ check }) => outputsOf(check));
	const joined = (name: string) => [...new Set(each.map((outputs) => outputs[name] ?? ''))].filter(Boolean).join(' ');
	const files = [...new Set(answers.flatMap((answer) => answer.files ?? []))]
		.filter((path) => !path.includes('\n'))
		.join('\n');
	return {
		'session-id': joined('session-id'),
		'should-score': String(answers.some(isToBeScored)),
		complete: String(each.some((outputs) => outputs.complete === 'true')),
		trigger: joined('trigger'),
		'pull-requests': answers.flatMap(({ pullRequests }) => pullRequests).join(' '),
		base: answers.at(-1)?.base ?? '',
		head: answers.at(-1)?.head ?? '',
		files: files.length > LONGEST_FILES ? '' : files,
		score: answers
			.map(({ score }) => score)
			.filter(Boolean)
			.join(' '),
	};
}

/** Not what an earlier run scored, for the commits as they are. */
function isToBeScored({ check, score, scored }: Answer): boolean {
	return check.score === 'now' && (score === undefined || scored !== undefined);
}
