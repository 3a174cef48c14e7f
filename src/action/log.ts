import { annotation } from '../files/githubActions.ts';

/** Says something in the job's log, on one line: a line that began with `::` would be a command to the runner. */
export function say(sentence: string): void {
	console.log(sentence.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, ' '));
}

/** Says something beside the job's log too. */
export function warn(sentence: string): void {
	console.log(annotation('warning', sentence));
}
