import { findMarker, type Markers } from './completion.ts';
import { type DetectionRules, type PullRequestFacts, readPullRequest } from './detection.ts';
import type { Rule } from './reason.ts';
import type { Trigger } from './session.ts';
import { readSessionMark } from './trailers.ts';

/** What CI is told of a pull request. */
export interface Check {
	/** Whether it is a micro-PR. */
	auto: boolean;
	/** The rule that decided that, and why in words. */
	rule: Rule;
	because: string;
	/** The id of its session, where it names one. */
	session?: string;
	/** Whether it may be scored now. */
	score: 'now' | 'wait';
	/** Why the session is complete, where it is. */
	trigger?: Trigger;
	/** One sentence: what happens and what would complete the session. */
	answer: string;
}

/**
 * Whether a pull request is automatic, which session it belongs to, and whether it may be scored now: a session's
 * pull requests wait until one of them says that the session has ended.
 * Its commits name the session when the body does not.
 */
export function checkPullRequest(facts: PullRequestFacts, rules: DetectionRules & { markers: Markers }): Check {
	const { verdict, mark } = readPullRequest(facts, rules);
	const { auto, rule, because } = verdict;
	if (!auto) {
		return { auto, rule, because, score: 'now', answer: `Not a session's: ${because}. It is scored by itself.` };
	}
	const session = mark?.id ?? lastNamed(facts.commits ?? []);
	const named = session === undefined ? {} : { session };
	const known = { auto, rule, because, ...named };
	const name = session === undefined ? 'Its session' : `Session ${session}`;
	if (mark?.ended) {
		return completeCheck(known, mark.ended.trigger);
	}
	const marker = findMarker(`${facts.title}\n\n${facts.body}`, rules.markers);
	if (marker) {
		const trigger = 'explicit';
		return { ...known, score: 'now', trigger, answer: `${name} is complete: the pull request says "${marker}".` };
	}
	return {
		...known,
		score: 'wait',
		answer: `${name} is still running, so this waits: it is scored once, when the session ends by hand, by a marker or by timeout.`,
	};
}

/** The check of a pull request whose session has completed. */
export function completeCheck(check: Omit<Check, 'score' | 'answer'>, trigger: Trigger): Check {
	const name = check.session === undefined ? 'Its session' : `Session ${check.session}`;
	return { ...check, score: 'now', trigger, answer: `${name} is complete (${trigger}) and is scored now, once.` };
}

function lastNamed(commits: readonly { message: string }[]): string | undefined {
	return commits.map(({ message }) => readSessionMark(message)?.id).findLast((id) => id !== undefined);
}
