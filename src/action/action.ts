import { appendFile } from 'node:fs/promises';
import { UserError } from '../core/userError.ts';
import { annotation, appendOutputs } from '../files/githubActions.ts';
import type { Answer, Command } from './command.ts';
import { readEvent } from './event.ts';
import { type CommandName, readJob } from './job.ts';
import { say, warn } from './log.ts';
import { outputsOfAnswers } from './outputs.ts';
import { summarise } from './summary.ts';

const COMMANDS: Readonly<Record<Exclude<CommandName, 'health'>, () => Promise<Command>>> = {
	check: async () => (await import('./commands/check.ts')).check,
	score: async () => (await import('./commands/score.ts')).score,
};

/** Answers in the step's outputs, the summary and the log. */
async function main(): Promise<void> {
	const job = readJob(process.env);
	if (job.command === 'health') {
		const { health } = await import('./commands/health.ts');
		return health(job);
	}
	const event = await readEvent(job.event);
	const command = await COMMANDS[job.command]();
	const answers = await command(job, event);
	for (const answer of answers) tell(answer);
	await appendOutputs(job.outputs, outputsOfAnswers(answers));
	if (job.summary) await appendFile(job.summary, answers.map(summarise).join(''));
}

function tell({ check, notes, scored, score }: Answer): void {
	say(check.answer);
	for (const note of notes) warn(note);
	if (scored) say(`Score: ${scored.total.toFixed(1)} (${scored.decision}).`);
	else if (score !== undefined) say(`It is scored already: ${score}.`);
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
