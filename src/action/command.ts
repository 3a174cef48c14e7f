import type { SessionScore } from '../app/score.ts';
import type { SessionOnForge } from '../app/sessionOnForge.ts';
import type { Check } from '../core/check.ts';
import type { Event } from './event.ts';
import type { Job } from './job.ts';

/** What a command of the action found out about one session or pull request; the outputs and the summary are made of it. */
export interface Answer {
	check: Check;
	/** Numbers, oldest first: those of the session, or the one pull request. */
	pullRequests: number[];
	/** Full names of commits: of the last pull request. */
	base: string;
	head: string;
	session?: SessionOnForge;
	/** Sentences about what was refused or could not be done. */
	notes: string[];
	/** Paths of the files that it changes, where they were asked for. */
	files?: string[];
	/** The score as text, also one that another run found for the same commits. */
	score?: string;
	/** Set where this run scored. */
	scored?: SessionScore;
}

/** One command of the action: a file in `commands/`. No answer: the event is about nothing of ours. */
export type Command = (job: Job, event: Event) => Promise<Answer[]>;
