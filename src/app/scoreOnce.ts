import { readCommentMark, scoredStateOf, sessionComment } from '../core/sessionComment.ts';
import type { Comment, GitHub } from '../github/types.ts';
import { extentOf } from './judgePullRequest.ts';
import { type CommentPlace, ensureComment, findComment, inTurn } from './keepComment.ts';
import type { SessionScore } from './score.ts';
import type { SessionOnForge } from './sessionOnForge.ts';

/** A session to be scored, and how far its last pull request went when it was judged. */
export interface Scorable {
	github: GitHub;
	session: SessionOnForge;
	/** Full name of a commit. */
	head: string;
	/** Undefined where no timeout completes a session. */
	timeoutMinutes?: number;
}

/** What came of it. */
export interface ScoredOnce {
	/** One decimal; undefined where the session moved on meanwhile, so that the next run scores it. */
	score?: string;
	/** Set where this run scored. */
	scored?: SessionScore;
}

/** The score that the session's comment has for the commits as they are; undefined where it has none. */
export async function readScore(scorable: Scorable): Promise<string | undefined> {
	const comment = await findComment(placeOf(scorable));
	return comment && scoreIn(comment, stateOf(scorable));
}

/** Says in the session's comment what is batched, and what completes it. Leaves a comment with a score alone until the next score. */
export async function keepStanding(scorable: Scorable): Promise<void> {
	const { github } = scorable;
	const text = textOf(scorable);
	const comment = await ensureComment(placeOf(scorable), text);
	if (comment.body !== text && readCommentMark(comment.body)?.of === undefined) {
		await github.updateComment(comment.id, text);
	}
}

/**
 * Scores a session once, however many runs want to, and keeps its one comment. The score is thrown away where somebody pushed
 * while it was made: it would be of commits that are no longer there.
 * @param scoreNow Called by one run at a time.
 */
export async function scoreOnce(scorable: Scorable, scoreNow: () => Promise<SessionScore>): Promise<ScoredOnce> {
	const { github, session, head } = scorable;
	const place = placeOf(scorable);
	const of = stateOf(scorable);
	const comment = await ensureComment(place, textOf(scorable));
	const done = (latest: Comment): ScoredOnce | undefined => {
		const score = scoreIn(latest, of);
		return score === undefined ? undefined : { score };
	};
	return (
		done(comment) ??
		inTurn(place, comment, done, async () => {
			const scored = await scoreNow();
			if ((await extentOf(github, session)).head !== head) return {};
			await github.updateComment(comment.id, textOf(scorable, { of, score: scored }));
			return { score: scored.total.toFixed(1), scored };
		})
	);
}

function scoreIn({ body }: Comment, of: string): string | undefined {
	const mark = readCommentMark(body);
	return mark?.of === of ? mark.score : undefined;
}

function placeOf({ github, session }: Scorable): CommentPlace {
	return { github, session: session.id, number: session.pullRequests[0]!.number };
}

function stateOf({ session, head }: Scorable): string {
	return scoredStateOf(numbersOf(session), head);
}

function textOf({ session, timeoutMinutes }: Scorable, scored?: { of: string; score: SessionScore }): string {
	return sessionComment({
		session: session.id,
		pullRequests: numbersOf(session),
		...(session.ending && { trigger: session.ending.trigger }),
		...(timeoutMinutes !== undefined && { timeoutMinutes }),
		...(scored && { scored }),
	});
}

function numbersOf({ pullRequests }: SessionOnForge): number[] {
	return pullRequests.map(({ number }) => number);
}
