import { appendFile } from 'node:fs/promises';
import type { SessionScore } from '../app/score.ts';
import { UserError } from '../core/userError.ts';
import { readEvent } from './event.ts';
import { annotation, appendOutputs, outputsOf } from './githubActions.ts';
import { readJob } from './job.ts';
import { judge } from './judge.ts';
import { say } from './log.ts';
import { summarise } from './summary.ts';

/** Answers in the step's outputs, the summary and the log. It writes nothing to GitHub, so a fork's read-only token is enough. */
async function main(): Promise<void> {
	const job = readJob(process.env);
	const event = await readEvent(job.event);
	const check = await judge(job, event);
	say(check.answer);
	let scored: SessionScore | undefined;
	if (job.command === 'score' && check.score === 'now') {
		const { scoreNow } = await import('./scoreNow.ts');
		scored = await scoreNow(job, event, check.session);
		say(`Score: ${scored.total.toFixed(1)} (${scored.decision}).`);
	}
	await appendOutputs(job.outputs, { ...outputsOf(check), score: scored ? scored.total.toFixed(1) : '' });
	if (job.summary) await appendFile(job.summary, summarise(check, scored));
}

main().catch((error: unknown) => {
	const { message, stack } = error as Error;
	console.log(annotation('error', error instanceof UserError ? message : `Unexpected error: ${message}`));
	// The frames alone: a message may have lines that the runner takes for commands.
	if (!(error instanceof UserError))
		console.error(
			stack
				?.split('\n')
				.filter((line) => /^\s+at /.test(line))
				.join('\n'),
		);
	process.exitCode = 1;
});
