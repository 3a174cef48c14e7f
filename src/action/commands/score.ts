import type { Command } from '../command.ts';
import { say } from '../log.ts';
import { check } from './check.ts';
import { scoreNow } from './scoreNow.ts';

/** Scores what the pull request belongs to, when it may be scored now. */
export const score: Command = async (job, event) => {
	const answer = await check(job, event);
	if (answer.check.score === 'wait') return answer;
	const scored = await scoreNow(job, event, answer.check.session);
	say(`Score: ${scored.total.toFixed(1)} (${scored.decision}).`);
	return { ...answer, scored };
};
