import { completeSession } from '../app/completeSession.ts';
import { mayWrite } from '../app/keepComment.ts';
import { readSessionOnForge, type Search, type SessionOnForge } from '../app/sessionOnForge.ts';
import { sweepOrphans } from '../app/sweepOrphans.ts';
import { completeCheck } from '../core/check.ts';
import type { Trigger } from '../core/session.ts';
import { UserError } from '../core/userError.ts';
import type { Answer } from './command.ts';
import { type Desk, openDesk } from './desk.ts';
import type { Event } from './event.ts';
import type { Job } from './job.ts';
import { answerOf, end, judge } from './judge.ts';
import { say } from './log.ts';

/** A line of its own, so that nobody completes a session by writing about it. */
const COMPLETE = /^[ \t]*\/complete-session[ \t]*$/m;

/** Answers an event; ends the sessions that it ends. */
export async function answer(job: Job, event: Event): Promise<{ desk: Desk; answers: Answer[] }> {
	const desk = await openDesk(job, event.kind === 'pull request' ? event.branch : job.branch);
	return { desk, answers: await answersTo(desk, event) };
}

async function answersTo(desk: Desk, event: Event): Promise<Answer[]> {
	if (event.kind === 'pull request') return [await judge(desk, event)];
	const { search, settled } = desk;
	if (!search) throw new UserError('Completing a session needs a token that may write to pull requests.');
	switch (event.kind) {
		case 'comment':
			return (await isAllowed(search, event)) ? [await complete(desk, search, event.number!, 'explicit')] : [];
		case 'schedule': {
			const orphans = await sweepOrphans(search, settled.configuration);
			say(`Sessions completed because nothing happened any more: ${orphans.length}.`);
			return Promise.all(orphans.map((session) => answerOf(search, session, judgedBy(session, 'orphaned'))));
		}
		case 'by hand':
			return [
				event.session === undefined
					? await complete(desk, search, event.number!, 'explicit')
					: await completeById(search, event.session),
			];
	}
}

/** The pull request's author may end its session, and whoever may write to the repository. */
async function isAllowed({ github }: Search, event: Event & { kind: 'comment' }): Promise<boolean> {
	if (event.number === undefined || !COMPLETE.test(event.body)) {
		say('The comment does not complete a session.');
		return false;
	}
	const allowed = (event.author !== '' && event.author === event.owner) || (await mayWrite(github, event.author));
	if (!allowed) say('The comment completes no session: only the author, or somebody with write access, may.');
	return allowed;
}

async function complete(desk: Desk, search: Search, number: number, trigger: Trigger): Promise<Answer> {
	const { title, body, author, headRef, headSha, baseSha, baseRef } = await search.github.pullRequest(number);
	const pullRequest = { number, title, body, author, branch: headRef };
	const event = { pullRequest, base: baseSha, head: headSha, branch: baseRef, closed: false };
	const judged = await judge(desk, { kind: 'pull request', ...event });
	return judged.session && !judged.session.ending ? end(search, judged.session, judged, trigger) : judged;
}

async function completeById(search: Search, id: string): Promise<Answer> {
	const session = await readSessionOnForge(search, id);
	if (session.pullRequests.length === 0) throw new UserError(`No pull request belongs to session ${id}.`);
	const ended = await completeSession(search.github, session, { trigger: 'explicit', at: search.now });
	return answerOf(search, ended, judgedBy(ended, ended.ending?.trigger ?? 'explicit'));
}

function judgedBy({ id, refused }: SessionOnForge, trigger: Trigger): Pick<Answer, 'check' | 'notes'> {
	const because = `it carries the trailer Session-Id: ${id}`;
	return {
		check: completeCheck({ auto: true, rule: 'session-trailer', because, session: id }, trigger),
		notes: refused.map(({ number, because }) => `#${number} names session ${id} and is left out: ${because}.`),
	};
}
