import { codeSpan } from './codeSpan.ts';
import { fileScoreLines } from './fileScoreLines.ts';
import type { Score } from './scoring/score.ts';
import type { Trigger } from './session.ts';
import { isSessionId } from './sessionId.ts';

/** What a session's comment is made of. Whatever a person or repository wrote stands in code spans. */
export interface CommentSource {
	session: string;
	/** Numbers of its pull requests, oldest first. */
	pullRequests: readonly number[];
	/** Undefined while it runs. */
	trigger?: Trigger;
	/** `timeout_minutes`; undefined where no timeout completes a session. */
	timeoutMinutes?: number;
	scored?: { of: string; score: Score };
}

/** What the hidden first line of a session's comment says. */
export interface CommentMark {
	session: string;
	/** What of the session was scored, as `scoredStateOf` names it. */
	of?: string;
	/** The score, one decimal. */
	score?: string;
}

/** So many numbers and reasons stand in a comment; GitHub takes 65,536 characters. */
const MOST = 50;
const LONGEST_REASON = 300;

const MARK =
	/^<!-- auto-pr-session (\S{1,100})(?: scored (\d{1,9}@\d{1,9}:[0-9a-f]{40,64}) (-?\d{1,2}\.\d))? -->(?:\r?\n|$)/;

/** Names the state of a session that a score is of: how many pull requests, and the last one's number and last commit. */
export function scoredStateOf(pullRequests: readonly number[], headSha: string): string {
	return `${pullRequests.length}@${pullRequests.at(-1) ?? 0}:${headSha}`;
}

/** Reads the first line of a comment; undefined where it is not a session's. */
export function readCommentMark(body: string): CommentMark | undefined {
	const [, session, of, score] = MARK.exec(body) ?? [];
	if (session === undefined || !isSessionId(session)) return undefined;
	return { session, ...(of !== undefined && { of }), ...(score !== undefined && { score }) };
}

/** The comment's text. The same source gives the same text. */
export function sessionComment(source: CommentSource): string {
	const { session, scored } = source;
	const mark = scored ? ` scored ${scored.of} ${scored.score.total.toFixed(1)}` : '';
	return [
		`<!-- auto-pr-session ${session}${mark} -->`,
		`### Session ${codeSpan(session)}`,
		'',
		`${numbersOf(source.pullRequests)}.`,
		'',
		...(scored ? scoreLines(scored.score, source.trigger) : [standing(source)]),
		'',
	].join('\n');
}

function numbersOf(numbers: readonly number[]): string {
	const shown = numbers.slice(0, MOST).map((number) => `#${number}`);
	const more = numbers.length > MOST ? ` and ${numbers.length - MOST} more` : '';
	return `Scored together, once: ${shown.join(', ')}${more}`;
}

function standing({ trigger, timeoutMinutes }: CommentSource): string {
	if (trigger !== undefined) return `It is complete (${trigger}), and its score follows here.`;
	const timeout = timeoutMinutes === undefined ? '' : `, after ${timeoutMinutes} minutes without activity`;
	return `It is still running. Its score comes here once it ends: by \`/complete-session\` in a comment, by a marker such as "ready for review" in the title${timeout}, or when its last pull request is closed.`;
}

function scoreLines(score: Score, trigger: Trigger | undefined): string[] {
	const { total, decision, blocker, breakdown, reasons, stabilised, files } = score;
	const ended = trigger === undefined ? '' : `, complete (${trigger})`;
	return [
		`**Score ${total.toFixed(1)}**, ${codeSpan(decision)}${ended}. In proportion to its ${files.length} files: ${stabilised.toFixed(1)}.`,
		...(blocker === undefined ? [] : ['', `Blocked: ${codeSpan(clipped(blocker))}`]),
		'',
		'| Category | Points |',
		'| --- | ---: |',
		...Object.entries(breakdown).map(([category, points]) => `| ${category.replace(/[^\w ]/g, ' ')} | ${points} |`),
		'',
		...reasons.slice(0, MOST).map(({ category, points, because }) => {
			const sign = points > 0 ? '+' : '';
			return `- ${sign}${points} ${codeSpan(category)}: ${codeSpan(clipped(because))}`;
		}),
		...(reasons.length > MOST ? [`- and ${reasons.length - MOST} more`] : []),
		'',
		...fileScoreLines(score),
	];
}

function clipped(text: string): string {
	const characters = [...text];
	return characters.length > LONGEST_REASON ? `${characters.slice(0, LONGEST_REASON).join('')}…` : text;
}
