import type { Commit } from '../commit.ts';
import type { Score, ScoreInput } from './score.ts';

/** What is scored, for a team's own scorer. */
export interface Scored {
	/** Undefined for a range of commits or a pull request of no session. */
	session?: string;
	author?: string;
	/** Numbers, oldest first. */
	pullRequests: readonly number[];
	/** Oldest first. */
	commits: readonly Commit[];
	input: ScoreInput;
}

/** What a team's own scorer gets on standard input: the format is that of docs/scoring.md, and only grows. */
export function scorerQuestion({ session, author, pullRequests, commits, input }: Scored, builtIn: Score): object {
	const { coverage, coverageBefore, findings, ciFailed } = input;
	return {
		version: 1,
		session_id: session ?? null,
		author: author ?? null,
		pull_requests: pullRequests,
		commits: commits.map(({ sha, author: { name, email }, authoredAt, message }) => ({
			sha,
			author: name,
			email: email ?? null,
			authored_at: new Date(authoredAt).toISOString(),
			message,
		})),
		files: input.files.map((file) => ({
			path: file.path,
			from: file.from ?? null,
			status: file.kind,
			added: file.added,
			deleted: file.deleted,
			binary: file.binary ?? false,
			added_text: file.addedText,
			truncated: file.truncated ?? false,
		})),
		coverage: coverage?.percentage ?? null,
		coverage_before: coverageBefore?.percentage ?? null,
		findings: findings?.map(({ rule, severity, path }) => ({ rule, severity, path: path ?? null })) ?? null,
		ci_failed: ciFailed ?? null,
		built_in: {
			score: builtIn.total,
			decision: builtIn.decision,
			breakdown: builtIn.breakdown,
			reasons: builtIn.reasons,
			...(builtIn.blocker !== undefined && { blocker: builtIn.blocker }),
		},
	};
}

/** The same in short, as variables: names and counts that need no JSON. No text that a person typed is among them. */
export function scorerVariables({ session, pullRequests, commits, input }: Scored): Record<string, string> {
	return {
		SESSION_ID: session ?? '',
		SESSION_PULL_REQUESTS: pullRequests.join(' '),
		SESSION_BASE: commits[0]?.parents[0] ?? '',
		SESSION_HEAD: commits.at(-1)?.sha ?? '',
		SESSION_COMMITS: String(commits.length),
		SESSION_FILES: String(input.files.length),
	};
}
