import type { SessionScore } from '../app/score.ts';
import type { Check } from '../core/check.ts';
import type { PullRequestEvent } from './event.ts';
import type { Job } from './job.ts';

/** What a command of the action found out; the outputs and the summary are made of it. */
export interface Answer {
	check: Check;
	scored?: SessionScore;
}

/** One command of the action: a file in `commands/`. */
export type Command = (job: Job, event: PullRequestEvent) => Promise<Answer>;
