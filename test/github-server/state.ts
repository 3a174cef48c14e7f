import { createHash } from 'node:crypto';

/** As GitHub's answers name it. Triage and maintain are roles, not levels. */
export type Level = 'admin' | 'write' | 'read' | 'none';

/** Everything that the server keeps. Tests may read and change it. */
export interface State {
	/** By lower-case `owner/name`. */
	repositories: Map<string, Repository>;
	/** Login by token. */
	tokens: Map<string, string>;
	/** Those of them that write nothing, as GITHUB_TOKEN of a pull request from a fork. */
	readOnly: Set<string>;
	/** Number of each account, by login. */
	accounts: Map<string, number>;
	/** The last id given to a repository or comment. */
	lastId: number;
	/** ms UTC. */
	now: () => number;
}

export interface Repository {
	id: number;
	owner: string;
	name: string;
	private: boolean;
	defaultBranch: string;
	permissions: Map<string, Level>;
	/** Issues and pull requests share their numbers. */
	issues: Map<number, Issue>;
	comments: Map<number, Comment>;
	/** Text by `ref:path`. */
	files: Map<string, string>;
	/** Branches without a pull request: object name by `owner:branch`. */
	branches: Map<string, string>;
	/** Of workflows, oldest first. */
	runs: WorkflowRun[];
}

/** A run of a workflow. */
export interface WorkflowRun {
	/** Name of the workflow's file: `ci.yml`. */
	workflow: string;
	/** Undefined while it runs. */
	conclusion?: 'success' | 'failure' | 'cancelled' | 'timed_out';
	/** ms UTC. */
	createdAt: number;
}

export interface Issue {
	number: number;
	title: string;
	body: string | null;
	state: 'open' | 'closed';
	author: string;
	labels: string[];
	/** ms UTC, as all times here. */
	createdAt: number;
	updatedAt: number;
	closedAt: number | null;
	/** Set for a pull request. */
	pull?: Pull;
}

interface Pull {
	draft: boolean;
	mergedAt: number | null;
	headRef: string;
	headSha: string;
	/** Whose branch it is; null when that account is gone. */
	headOwner: string | null;
	/** `owner/name`; null when the fork is gone. */
	headRepository: string | null;
	baseRef: string;
	baseSha: string;
	commits: Commit[];
	files: ChangedFile[];
}

export interface Commit {
	sha: string;
	parents: string[];
	message: string;
	author: Signature;
	committer: Signature;
	/** The account of the author's address, where there is one. */
	login?: string;
}

interface Signature {
	name: string;
	email: string;
	/** ms UTC. */
	at: number;
}

export interface ChangedFile {
	path: string;
	status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';
	from?: string;
	additions?: number;
	deletions?: number;
}

export interface Comment {
	id: number;
	issue: number;
	author: string;
	body: string;
	createdAt: number;
	updatedAt: number;
	reactions: Reaction[];
}

export interface Reaction {
	id: number;
	author: string;
	content: string;
	createdAt: number;
}

/** What a test says of a repository; the rest has defaults. */
export interface NewRepository {
	owner?: string;
	name?: string;
	private?: boolean;
	/** Text by path, on the default branch. */
	files?: Record<string, string>;
}

/** What a test says of a pull request; the rest has defaults. */
export type NewPullRequest = Partial<Omit<Issue, 'pull' | 'number'> & Pull>;

export function createState(now: () => number): State {
	return { repositories: new Map(), tokens: new Map(), readOnly: new Set(), accounts: new Map(), lastId: 1000, now };
}

export function addRepository(state: State, login: string, given: NewRepository): Repository {
	const { owner = 'octo', name = 'demo', files = {} } = given;
	const repository: Repository = {
		id: ++state.lastId,
		owner,
		name,
		private: given.private ?? false,
		defaultBranch: 'main',
		permissions: new Map([[login, 'admin']]),
		issues: new Map(),
		comments: new Map(),
		branches: new Map(),
		runs: [],
		files: new Map(Object.entries(files).map(([path, text]) => [`main:${path}`, text])),
	};
	state.repositories.set(`${owner}/${name}`.toLowerCase(), repository);
	return repository;
}

export function findRepository(state: State, owner: string, name: string): Repository | undefined {
	return state.repositories.get(`${owner}/${name}`.toLowerCase());
}

export function addIssue(state: State, repository: Repository, given: Partial<Issue>): Issue {
	const at = given.createdAt ?? state.now();
	const issue: Issue = {
		title: 'An issue',
		body: null,
		state: 'open',
		author: 'alice',
		labels: [],
		createdAt: at,
		updatedAt: at,
		closedAt: null,
		...given,
		number: Math.max(0, ...repository.issues.keys()) + 1,
	};
	repository.issues.set(issue.number, issue);
	return issue;
}

export function addPullRequest(state: State, repository: Repository, given: NewPullRequest): Issue & { pull: Pull } {
	const { title, body, state: status, author, labels, createdAt, updatedAt, closedAt, ...rest } = given;
	const told = { title, body, state: status, author, labels, createdAt, updatedAt, closedAt };
	const headRef = rest.headRef ?? 'topic';
	const issue = addIssue(state, repository, { title: headRef, ...withoutUndefined(told) });
	const commits = rest.commits ?? [];
	issue.pull = {
		draft: false,
		mergedAt: null,
		headRef,
		headSha: commits.at(-1)?.sha ?? madeUpSha(`${repository.name} ${headRef} ${issue.number}`),
		headOwner: repository.owner,
		headRepository: `${repository.owner}/${repository.name}`,
		baseRef: repository.defaultBranch,
		baseSha: madeUpSha(`${repository.name} base`),
		commits,
		files: [],
		...rest,
	};
	return issue as Issue & { pull: Pull };
}

export function addComment(
	state: State,
	repository: Repository,
	given: Pick<Comment, 'issue' | 'author' | 'body'>,
): Comment {
	const at = state.now();
	const comment = { id: ++state.lastId, createdAt: at, updatedAt: at, reactions: [], ...given };
	repository.comments.set(comment.id, comment);
	return comment;
}

/** An object name that looks like one, the same for the same text. */
export function madeUpSha(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as ReturnType<
		typeof withoutUndefined<T>
	>;
}
