import { appendFile } from 'node:fs/promises';
import { UserError } from '../core/userError.ts';
import { annotation, appendOutputs, outputsOf } from '../files/githubActions.ts';
import type { Command } from './command.ts';
import { check } from './commands/check.ts';
import { score } from './commands/score.ts';
import { readEvent } from './event.ts';
import { type CommandName, readJob } from './job.ts';
import { summarise } from './summary.ts';

const COMMANDS: Readonly<Record<CommandName, Command>> = { check, score };

/** Answers in the step's outputs, the summary and the log. It writes nothing to GitHub, so a fork's read-only token is enough. */
async function main(): Promise<void> {
	const job = readJob(process.env);
	const event = await readEvent(job.event);
	const { check: answered, scored } = await COMMANDS[job.command](job, event);
	await appendOutputs(job.outputs, { ...outputsOf(answered), score: scored ? scored.total.toFixed(1) : '' });
	if (job.summary) await appendFile(job.summary, summarise(answered, scored));
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
