import type { Command } from '../command.ts';
import { judge } from '../judge.ts';
import { say } from '../log.ts';

/** Says whether the pull request may be scored now. */
export const check: Command = async (job, event) => {
	const answered = await judge(job, event);
	say(answered.answer);
	return { check: answered };
};
