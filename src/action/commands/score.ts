import { markPullRequest } from '../../app/markPullRequest.ts';
import type { SessionScore } from '../../app/score.ts';
import { keepStanding, scoreOnce } from '../../app/scoreOnce.ts';
import { UserError } from '../../core/userError.ts';
import { GitHubError } from '../../github/errors.ts';
import { answer } from '../answers.ts';
import type { Answer, Command } from '../command.ts';
import type { Desk } from '../desk.ts';
import type { Job } from '../job.ts';
import { say } from '../log.ts';
import { scoreNow } from './scoreNow.ts';

/** Scores what may be scored now, and keeps the session's comment. */
export const score: Command = async (job, event) => {
	const { desk, answers } = await answer(job, event);
	if (event.kind === 'pull request') await mark(desk, answers, event.pullRequest.number);
	const scored: Answer[] = [];
	for (const answered of answers) scored.push(await handle(job, desk, answered));
	return scored;
};

/** It helps later runs and decides nothing, so a token that may not write is no failure. */
async function mark({ search }: Desk, [answered]: readonly Answer[], number: number): Promise<void> {
	if (!search || !answered?.session) return;
	try {
		await markPullRequest(search.github, answered.session, number);
	} catch (error) {
		if (!(error instanceof GitHubError || error instanceof UserError)) throw error;
		say(`#${number} is not marked as its session's: ${error.message}`);
	}
}

async function handle(job: Job, desk: Desk, answered: Answer): Promise<Answer> {
	const { session, check, head, notes } = answered;
	let made: Promise<SessionScore> | undefined;
	// Once, also where its comment may not be written afterwards.
	const now = () => {
		made ??= scoreNow(job, desk, answered);
		return made;
	};
	if (!desk.search || !session) return check.score === 'wait' ? answered : withScore(answered, await now());
	const { enable_timeout_completion, timeout_minutes } = desk.settled.configuration;
	const timeout = enable_timeout_completion ? { timeoutMinutes: timeout_minutes } : {};
	const scorable = { github: desk.search.github, session, head, ...timeout };
	try {
		if (check.score === 'wait') {
			await keepStanding(scorable);
			return answered;
		}
		const { score, scored } = await scoreOnce(scorable, now);
		if (scored) return withScore(answered, scored);
		if (score !== undefined) return { ...answered, score };
		return { ...answered, notes: [...notes, 'Somebody pushed while it was scored, so the next run scores it.'] };
	} catch (error) {
		// A fork's token may only read: the outputs and the summary answer all the same.
		if (!(error instanceof GitHubError) || !['forbidden', 'unauthorized'].includes(error.kind)) throw error;
		const told = { ...answered, notes: [...notes, `The session's comment is not kept: ${error.message}`] };
		return check.score === 'wait' ? told : withScore(told, await now());
	}
}

function withScore(answered: Answer, scored: NonNullable<Answer['scored']>): Answer {
	return {
		...answered,
		scored,
		score: scored.total.toFixed(1),
		files: scored.files.map(({ path }) => path),
	};
}
