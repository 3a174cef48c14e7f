import { setTimeout as pause } from 'node:timers/promises';
import { readCommentMark } from '../core/sessionComment.ts';
import { UserError } from '../core/userError.ts';
import type { Comment, GitHub } from '../github/types.ts';

/** A session's comment: on its first pull request, which stays the first whatever comes after. */
export interface CommentPlace {
	github: GitHub;
	session: string;
	number: number;
}

/** A run that took longer than this was cut off, ms: the workflow's own limit is 10 minutes. */
const CUT_OFF_AFTER = 15 * 60_000;

/** Between two looks at whether another run is done, ms. */
const PAUSE = 1000;

/** The one comment of a session as it is; undefined where there is none. */
export async function findComment(place: CommentPlace): Promise<Comment | undefined> {
	return (await ours(place))[0];
}

/**
 * The one comment of a session, made where there is none. Runs that make one at once agree by themselves: the lowest number
 * stays, and each takes its own away.
 */
export async function ensureComment(place: CommentPlace, text: string): Promise<Comment> {
	const { github, number } = place;
	const [known] = await ours(place);
	if (known) return known;
	const created = await github.createComment(number, text);
	const [first = created, ...more] = await ours(place);
	// Also those that a run left behind which was cut off in between.
	for (const { id } of more) await github.deleteComment(id);
	return first;
}

/**
 * Does work for a session's comment while no other run does. GitHub refuses no write, so the runs take turns by the eyes on the comment.
 * @param done Looks at the comment before each try: what it returns ends the wait.
 */
export async function inTurn<T>(
	place: CommentPlace,
	comment: Comment,
	done: (comment: Comment) => T | undefined,
	work: () => Promise<T>,
): Promise<T> {
	const { github } = place;
	for (let waited = 0; waited < CUT_OFF_AFTER; waited += PAUSE) {
		const watch = await github.watchComment(comment.id);
		const latest = await findComment(place);
		const answer = latest && done(latest);
		if (watch.mine) {
			try {
				return answer ?? (await work());
			} finally {
				await github.unwatchComment(comment.id, watch.id);
			}
		}
		if (answer !== undefined) return answer;
		if (Date.now() - watch.createdAt > CUT_OFF_AFTER) await github.unwatchComment(comment.id, watch.id);
		else await pause(PAUSE * (0.5 + Math.random()));
	}
	throw new UserError('Another run has been scoring this session for 15 minutes: look at it, then run this again.');
}

/** Comments with the session's mark, oldest first, by those who may write: anybody can type a mark. */
async function ours({ github, session, number }: CommentPlace): Promise<Comment[]> {
	const marked = (await github.comments(number)).filter(({ body }) => readCommentMark(body)?.session === session);
	const trusted = new Map<string, boolean>();
	const found: Comment[] = [];
	for (const comment of marked) {
		const { author, authorType } = comment;
		if (!trusted.has(author)) trusted.set(author, authorType === 'Bot' || (await mayWrite(github, author)));
		if (trusted.get(author)) found.push(comment);
	}
	return found.sort((a, b) => a.id - b.id);
}

/** Whether an account may push to the repository. */
export async function mayWrite(github: GitHub, login: string): Promise<boolean> {
	return ['write', 'admin'].includes(await github.permissionOf(login));
}
