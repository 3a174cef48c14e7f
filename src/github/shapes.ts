import type { ChangeKind } from '../core/commit.ts';
import type {
	Comment,
	Issue,
	Permission,
	PullRequest,
	PullRequestCommit,
	PullRequestFile,
	PullRequestSummary,
} from './types.ts';

// What this product reads of GitHub's answers. More lenient than GitHub's description where GitHub itself is: accounts and
// forks that were deleted are null.

type Account = { login: string; type?: string } | null | undefined;

interface IssueAnswer {
	number: number;
	title: string;
	body?: string | null | undefined;
	state: string;
	user?: Account;
	labels: (string | { name?: string })[];
	created_at: string;
	updated_at: string;
	html_url: string;
}

interface ListedIssueAnswer extends IssueAnswer {
	draft?: boolean | undefined;
	pull_request?: { merged_at?: string | null };
}

interface PullRequestAnswer extends IssueAnswer {
	draft?: boolean | undefined;
	merged_at: string | null;
	head: { ref: string; sha: string; repo: { full_name: string } | null };
	base: { ref: string; sha: string; repo: { full_name: string } };
}

interface Signature {
	name?: string;
	email?: string;
	date?: string;
}

interface CommitAnswer {
	sha: string;
	commit: { message: string; author: Signature | null; committer: Signature | null };
	author?: { login?: string } | object | null;
	parents: { sha: string }[];
}

interface FileAnswer {
	filename: string;
	status: string;
	previous_filename?: string;
	additions: number;
	deletions: number;
}

interface CommentAnswer {
	id: number | bigint;
	body?: string | undefined;
	user: Account;
	created_at: string;
	updated_at: string;
	html_url: string;
}

export function toIssue(answer: IssueAnswer): Issue {
	return {
		number: answer.number,
		title: answer.title,
		body: answer.body ?? '',
		state: answer.state === 'open' ? 'open' : 'closed',
		...toAuthor(answer.user),
		labels: answer.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
		...toTimes(answer),
		url: answer.html_url,
	};
}

/** For an entry of a list of issues; undefined for what is no pull request. */
export function toSummary(answer: ListedIssueAnswer): PullRequestSummary | undefined {
	if (!answer.pull_request) return undefined;
	const merged = typeof answer.pull_request.merged_at === 'string';
	return { ...toIssue(answer), merged, draft: answer.draft === true };
}

export function toPullRequest(answer: PullRequestAnswer): PullRequest {
	return {
		...toIssue(answer),
		merged: answer.merged_at !== null,
		draft: answer.draft === true,
		headRef: answer.head.ref,
		headSha: answer.head.sha,
		...(answer.head.repo && { headRepository: answer.head.repo.full_name }),
		baseRepository: answer.base.repo.full_name,
		baseRef: answer.base.ref,
		baseSha: answer.base.sha,
	};
}

export function toCommit({ sha, commit, author, parents }: CommitAnswer): PullRequestCommit {
	const login = author && 'login' in author ? author.login : undefined;
	return {
		sha,
		parents: parents.map((parent) => parent.sha),
		author: toPerson(commit.author),
		committer: toPerson(commit.committer),
		authoredAt: toTime(commit.author?.date),
		committedAt: toTime(commit.committer?.date),
		message: commit.message,
		...(login !== undefined && { authorLogin: login }),
	};
}

const KINDS: Readonly<Record<string, ChangeKind>> = {
	added: 'A',
	removed: 'D',
	renamed: 'R',
	copied: 'C',
};

export function toFile(answer: FileAnswer): PullRequestFile {
	return {
		kind: KINDS[answer.status] ?? 'M',
		path: answer.filename,
		...(answer.previous_filename !== undefined && { from: answer.previous_filename }),
		additions: answer.additions,
		deletions: answer.deletions,
	};
}

export function toComment(answer: CommentAnswer): Comment {
	return {
		id: Number(answer.id),
		body: answer.body ?? '',
		...toAuthor(answer.user),
		...toTimes(answer),
		url: answer.html_url,
	};
}

export function toPermission(text: string): Permission {
	return text === 'admin' || text === 'write' || text === 'read' ? text : 'none';
}

function toAuthor(account: Account): { author: string; authorType: string } {
	return { author: account?.login ?? 'ghost', authorType: account?.type ?? 'User' };
}

function toPerson(signature: Signature | null): PullRequestCommit['author'] {
	return { name: signature?.name ?? '', ...(signature?.email !== undefined && { email: signature.email }) };
}

function toTimes(answer: { created_at: string; updated_at: string }): { createdAt: number; updatedAt: number } {
	return { createdAt: toTime(answer.created_at), updatedAt: toTime(answer.updated_at) };
}

/** ms UTC; 0 for a commit without a date. */
function toTime(text: string | undefined): number {
	return text === undefined ? 0 : Date.parse(text);
}
