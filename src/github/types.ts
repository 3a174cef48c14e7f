import type { Commit, FileChange } from '../core/commit.ts';

/** An issue, or what a pull request has in common with one. */
export interface Issue {
	number: number;
	title: string;
	/** Byte for byte as GitHub has it, CRLF included; empty where it has none. */
	body: string;
	state: 'open' | 'closed';
	/** Login of the account that opened it; `ghost` when that account is gone, as on github.com. */
	author: string;
	/** `User`, `Bot`, `Organization` or `Mannequin`. */
	authorType: string;
	labels: string[];
	/** ms UTC. */
	createdAt: number;
	/** ms UTC. */
	updatedAt: number;
	/** For a person's browser. */
	url: string;
}

/** A pull request as a list of issues tells it: without its branches. */
export interface PullRequestSummary extends Issue {
	merged: boolean;
	draft: boolean;
}

export interface PullRequest extends PullRequestSummary {
	headRef: string;
	headSha: string;
	/** `owner/name`; undefined when the fork was deleted. */
	headRepository?: string;
	/** `owner/name`. */
	baseRepository: string;
	baseRef: string;
	baseSha: string;
}

/** A commit of a pull request. GitHub does not list its files. */
export interface PullRequestCommit extends Omit<Commit, 'files'> {
	/** The account that the author's address belongs to, where GitHub knows one. */
	authorLogin?: string;
}

/** A file of a pull request's net change. */
export interface PullRequestFile extends FileChange {
	/** Lines. */
	additions: number;
	/** Lines. */
	deletions: number;
}

export interface Comment {
	id: number;
	body: string;
	author: string;
	authorType: string;
	/** ms UTC. */
	createdAt: number;
	/** ms UTC. */
	updatedAt: number;
	url: string;
}

/** An account's eyes on a comment. */
interface Watch {
	id: number;
	/** Whether this call put them there. */
	mine: boolean;
	/** ms UTC. */
	createdAt: number;
}

/** What an account may do in the repository. GitHub counts maintain as write and triage as read. */
export type Permission = 'admin' | 'write' | 'read' | 'none';

/** What to change of an issue; what is left out stays. */
interface IssueChange {
	title?: string;
	body?: string;
	state?: 'open' | 'closed';
	/** Replaces all labels. */
	labels?: string[];
}

/** A pull request to be made. */
interface NewPullRequest {
	title: string;
	body: string;
	/** A branch that is on the forge. */
	head: string;
	base: string;
	draft: boolean;
}

/** What this product asks of one repository on GitHub. Every operation rejects with a `GitHubError`. */
export interface GitHub {
	/**
	 * All pull requests from a branch, open or not, newest first.
	 * @param owner Whose branch it is: the fork's owner. Default: the repository's own.
	 */
	pullRequestsOf(branch: string, owner?: string): Promise<PullRequest[]>;
	pullRequest(number: number): Promise<PullRequest>;
	/** All that are open, however old, oldest first. */
	openPullRequests(): Promise<PullRequest[]>;
	/** From a branch of the repository itself. */
	createPullRequest(request: NewPullRequest): Promise<PullRequest>;
	/** Oldest first. GitHub lists the first 250 at most. */
	pullRequestCommits(number: number): Promise<PullRequestCommit[]>;
	/** The net change. GitHub lists the first 3,000 files at most. */
	pullRequestFiles(number: number): Promise<PullRequestFile[]>;
	/** All that carry the label, open or not, oldest first. */
	pullRequestsWithLabel(label: string): Promise<PullRequestSummary[]>;
	/**
	 * All that changed at or after a time, open or not, oldest first. With the trailers of their bodies this finds the pull
	 * requests of a session without a label, and without GitHub's search, which lags behind.
	 * @param time ms UTC.
	 */
	pullRequestsUpdatedSince(time: number): Promise<PullRequestSummary[]>;
	/**
	 * Edits a pull request's body: reads the newest, and writes it back only if `edit` changed it. Edits by one client to one
	 * pull request wait for each other; GitHub offers no way to refuse a write that another client overtook.
	 * @param edit Gets the body as it is, returns it as it shall be. What it throws is thrown on, and nothing is written.
	 */
	updateBody(number: number, edit: (body: string) => string): Promise<{ changed: boolean }>;
	/** Creates the label where the repository has none of that name. */
	addLabel(number: number, label: string): Promise<void>;
	/** Of an issue or pull request, oldest first. */
	comments(number: number): Promise<Comment[]>;
	createComment(number: number, body: string): Promise<Comment>;
	updateComment(id: number, body: string): Promise<Comment>;
	/** Deletes a comment; one that is gone already is no error. */
	deleteComment(id: number): Promise<void>;
	/**
	 * Puts eyes on a comment. GitHub keeps one such reaction of an account, and tells the one that made it from those who came
	 * later: the only test-and-set that a pull request has.
	 */
	watchComment(id: number): Promise<Watch>;
	/** @returns whether it was there to be taken away. */
	unwatchComment(id: number, watch: number): Promise<boolean>;
	createIssue(issue: { title: string; body: string; labels?: string[] }): Promise<Issue>;
	updateIssue(number: number, change: IssueChange): Promise<Issue>;
	/** Issues that carry the label, the open ones or all, oldest first; pull requests are left out. */
	issuesWithLabel(label: string, state?: 'open' | 'all'): Promise<Issue[]>;
	/**
	 * How many runs of a workflow are complete, and how many of these failed or ran out of time; undefined where there is no such workflow.
	 * @param file Name of its file: `ci.yml`.
	 * @param since ms UTC.
	 */
	workflowRuns(file: string, since: number): Promise<{ completed: number; failed: number } | undefined>;
	/** `none` for what is no account, such as an app's bot. */
	permissionOf(login: string): Promise<Permission>;
	/**
	 * The text of a file.
	 * @param path From the top of the repository, with `/`.
	 * @returns undefined where no file of that name is, or no such ref.
	 */
	contents(path: string, ref: string): Promise<string | undefined>;
}
