import type { Answers } from './answers.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import {
	addComment,
	addIssue,
	addPullRequest,
	type Comment,
	type Issue,
	type Level,
	type Repository,
	type State,
} from './state.ts';

/** A request that GitHub's description allows, by somebody who may see the repository. */
interface Request {
	state: State;
	answers: Answers;
	repository: Repository;
	/** Undefined without a token. */
	login: string | undefined;
	path: Record<string, string>;
	query: URLSearchParams;
	body: Record<string, unknown>;
	accept: string;
}

/** What an operation answers: a document, a list that is served in pages, or the text of a file. */
export interface Outcome {
	status?: number;
	data?: unknown;
	list?: unknown[];
	raw?: string;
}

type Handler = (request: Request) => Outcome;

/** What the server does for each operation, by its name in GitHub's description. */
export const handlers: Readonly<Record<string, Handler>> = {
	'pulls/list': listPulls,
	'pulls/create': createPull,
	'pulls/get': (request) => ({ data: request.answers.pull(request.repository, findPull(request)) }),
	'pulls/update': updatePull,
	// "Lists a maximum of 250 commits", "a maximum of 3000 files": docs.github.com, REST, pulls.
	'pulls/list-commits': ({ answers, repository, ...rest }) => ({
		list: (findPull({ answers, repository, ...rest }).pull?.commits ?? [])
			.slice(0, 250)
			.map((commit) => answers.commit(repository, commit)),
	}),
	'pulls/list-files': ({ answers, repository, ...rest }) => ({
		list: (findPull({ answers, repository, ...rest }).pull?.files ?? [])
			.slice(0, 3000)
			.map((file) => answers.file(repository, file)),
	}),

	'issues/list-for-repo': listIssues,
	'issues/create': createIssue,
	'issues/get': (request) => ({ data: request.answers.issue(request.repository, findIssue(request)) }),
	'issues/update': updateIssue,

	'issues/add-labels': addLabels,
	'issues/list-labels-on-issue': (request) => ({ list: labelsOf(request, findIssue(request)) }),
	'issues/remove-label': removeLabel,

	'issues/list-comments': listComments,
	'issues/create-comment': createComment,
	'issues/get-comment': (request) => ({ data: request.answers.comment(request.repository, findComment(request)) }),
	'issues/update-comment': updateComment,
	'issues/delete-comment': deleteComment,

	'reactions/create-for-issue-comment': createReaction,
	'reactions/delete-for-issue-comment': deleteReaction,

	'actions/list-workflow-runs': listWorkflowRuns,

	'repos/get-collaborator-permission-level': readPermission,
	'repos/get-content': readContents,
	'repos/compare-commits-with-basehead': compare,
};

function listPulls({ repository, answers, query }: Request): Outcome {
	const head = query.get('head');
	const base = query.get('base');
	const found = [...repository.issues.values()]
		.filter((issue) => issue.pull && isInState(issue, query))
		.filter((issue) => head === null || isFromHead(repository, issue, head))
		.filter((issue) => base === null || issue.pull?.baseRef === base);
	return { list: sortIssues(found, query).map((issue) => answers.listedPull(repository, issue)) };
}

/**
 * As github.com does it: a head without an owner is ignored (octokit/octokit.rb #865), and another branch on the same commit
 * is found too (octokit/octokit.js #2056).
 */
function isFromHead(repository: Repository, { pull }: Issue, head: string): boolean {
	const [owner, ref] = head.split(/:(.*)/s);
	if (ref === undefined || !pull) return true;
	if (owner?.toLowerCase() === pull.headOwner?.toLowerCase() && ref === pull.headRef) return true;
	return repository.branches.get(head) === pull.headSha;
}

function isInState(issue: Issue, query: URLSearchParams): boolean {
	const wanted = query.get('state') ?? 'open';
	return wanted === 'all' || issue.state === wanted;
}

function sortIssues(issues: Issue[], query: URLSearchParams): Issue[] {
	const by = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
	const sorted = issues.sort((a, b) => a[by] - b[by] || a.number - b.number);
	return query.get('direction') === 'asc' ? sorted : sorted.reverse();
}

function createPull(request: Request): Outcome {
	const { state, repository, answers, body } = request;
	const login = need(request, 'write');
	const { title, head, base } = body as { title?: string; head: string; base: string };
	checkText('PullRequest', body);
	if (!title) throw invalid({ resource: 'PullRequest', field: 'title', code: 'missing_field' });
	const [headOwner, headRef] = head.includes(':') ? head.split(/:(.*)/s) : [repository.owner, head];
	const same = ({ pull, state }: Issue) =>
		state === 'open' && pull?.headRef === headRef && pull?.headOwner === headOwner && pull?.baseRef === base;
	if ([...repository.issues.values()].some(same)) {
		const message = `A pull request already exists for ${headOwner}:${headRef}.`;
		throw invalid({ resource: 'PullRequest', field: 'head', code: 'custom', message });
	}
	const issue = addPullRequest(state, repository, {
		title,
		body: textOrNull(body.body),
		author: login,
		headRef: headRef ?? head,
		headOwner: headOwner ?? null,
		headRepository: `${headOwner}/${repository.name}`,
		baseRef: base,
		draft: body.draft === true,
	});
	return { status: 201, data: answers.pull(repository, issue) };
}

function updatePull(request: Request): Outcome {
	const issue = findPull(request);
	changeIssue(request, issue, 'PullRequest');
	if (typeof request.body.base === 'string' && issue.pull) issue.pull.baseRef = request.body.base;
	return { data: request.answers.pull(request.repository, issue) };
}

function listIssues({ repository, answers, query }: Request): Outcome {
	const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
	const since = Date.parse(query.get('since') ?? '1970-01-01');
	const found = [...repository.issues.values()]
		.filter((issue) => isInState(issue, query) && issue.updatedAt >= since)
		.filter((issue) => labels.every((label) => hasLabel(issue, label)));
	return { list: sortIssues(found, query).map((issue) => answers.issue(repository, issue)) };
}

function createIssue(request: Request): Outcome {
	const { state, repository, answers, body } = request;
	const login = need(request, 'read');
	checkText('Issue', body);
	// "Only users with push access can set labels. Labels are silently dropped otherwise": docs.github.com, REST, issues.
	const labels = isAllowed(request, 'write') ? labelNames(body.labels) : [];
	const issue = addIssue(state, repository, {
		title: String(body.title),
		body: textOrNull(body.body),
		author: login,
		labels,
	});
	return { status: 201, data: answers.issue(repository, issue) };
}

function updateIssue(request: Request): Outcome {
	const issue = findIssue(request);
	changeIssue(request, issue, 'Issue');
	if (request.body.labels !== undefined) issue.labels = labelNames(request.body.labels);
	return { data: request.answers.issue(request.repository, issue) };
}

function changeIssue(request: Request, issue: Issue, resource: string): void {
	const { body, state } = request;
	if (need(request, 'read') !== issue.author) need(request, 'write');
	checkText(resource, body);
	if (typeof body.title === 'string') issue.title = body.title;
	if (body.body !== undefined) issue.body = textOrNull(body.body);
	if (body.state === 'open' || body.state === 'closed') {
		issue.state = body.state;
		issue.closedAt = body.state === 'closed' ? state.now() : null;
	}
	issue.updatedAt = state.now();
}

function addLabels(request: Request): Outcome {
	need(request, 'write');
	const issue = findIssue(request);
	const names = labelNames(request.body.labels);
	const long = names.find((name) => [...name].length > 50);
	if (long !== undefined) {
		throw invalid({
			resource: 'Label',
			field: 'name',
			code: 'custom',
			message: 'name is too long (maximum is 50 characters)',
		});
	}
	for (const name of names) if (!hasLabel(issue, name)) issue.labels.push(name);
	issue.updatedAt = request.state.now();
	return { data: labelsOf(request, issue) };
}

function removeLabel(request: Request): Outcome {
	need(request, 'write');
	const issue = findIssue(request);
	const name = request.path.name ?? '';
	if (!hasLabel(issue, name)) throw new Refusal(404, 'Label does not exist');
	issue.labels = issue.labels.filter((label) => !isSameLabel(label, name));
	return { data: labelsOf(request, issue) };
}

function labelsOf({ answers, repository }: Request, issue: Issue): unknown[] {
	return issue.labels.map((name) => answers.label(repository, name));
}

function labelNames(labels: unknown): string[] {
	const given = Array.isArray(labels) ? labels : [];
	return given.map((label) => (typeof label === 'string' ? label : String((label as { name?: unknown }).name)));
}

function hasLabel(issue: Issue, name: string): boolean {
	return issue.labels.some((label) => isSameLabel(label, name));
}

function isSameLabel(a: string, b: string): boolean {
	return a.toLowerCase() === b.toLowerCase();
}

function listComments(request: Request): Outcome {
	const { repository, answers } = request;
	const { number } = findIssue(request);
	const found = [...repository.comments.values()].filter((comment) => comment.issue === number);
	return { list: found.map((comment) => answers.comment(repository, comment)) };
}

function createComment(request: Request): Outcome {
	const { state, repository, answers, body } = request;
	const author = need(request, 'read');
	const issue = findIssue(request);
	checkComment(body);
	const comment = addComment(state, repository, { issue: issue.number, author, body: String(body.body) });
	issue.updatedAt = comment.createdAt;
	return { status: 201, data: answers.comment(repository, comment) };
}

function updateComment(request: Request): Outcome {
	const comment = findComment(request);
	if (need(request, 'read') !== comment.author) need(request, 'write');
	checkComment(request.body);
	comment.body = String(request.body.body);
	comment.updatedAt = request.state.now();
	return { data: request.answers.comment(request.repository, comment) };
}

function deleteComment(request: Request): Outcome {
	const comment = findComment(request);
	if (need(request, 'read') !== comment.author) need(request, 'write');
	request.repository.comments.delete(comment.id);
	return { status: 204 };
}

/** "A response with an HTTP 200 status means that you already added the reaction type": docs.github.com, REST, reactions. */
function createReaction(request: Request): Outcome {
	const { state, answers, body } = request;
	const author = need(request, 'read');
	const comment = findComment(request);
	const content = String(body.content);
	const known = comment.reactions.find((it) => it.author === author && it.content === content);
	if (known) return { data: answers.reaction(known) };
	const reaction = { id: ++state.lastId, author, content, createdAt: state.now() };
	comment.reactions.push(reaction);
	return { status: 201, data: answers.reaction(reaction) };
}

function deleteReaction(request: Request): Outcome {
	const comment = findComment(request);
	const reaction = comment.reactions.find(({ id }) => id === Number(request.path.reaction_id));
	if (!reaction) throw notFound();
	if (need(request, 'read') !== reaction.author) need(request, 'write');
	comment.reactions = comment.reactions.filter((it) => it !== reaction);
	return { status: 204 };
}

/** The newest first. A workflow that never was is not found; `status` takes a status or a conclusion, `created` a search range. */
function listWorkflowRuns(request: Request): Outcome {
	const { repository, answers, path, query } = request;
	need(request, 'read');
	const runs = repository.runs.filter(({ workflow }) => workflow === path.workflow_id);
	if (runs.length === 0) throw notFound();
	const status = query.get('status');
	const since = Date.parse(/^>=(.+)$/.exec(query.get('created') ?? '')?.[1] ?? '1970-01-01');
	const found = runs
		.filter((run) => status === null || run.conclusion === status || (status === 'completed' && run.conclusion))
		.filter(({ createdAt }) => createdAt >= since)
		.reverse();
	const size = Number(query.get('per_page') ?? 30);
	const begin = (Number(query.get('page') ?? 1) - 1) * size;
	const listed = found.slice(begin, begin + size).map((run) => answers.workflowRun(repository, run));
	return { data: { total_count: found.length, workflow_runs: listed } };
}

function readPermission(request: Request): Outcome {
	const login = request.path.username ?? '';
	if (!isAllowed(request, 'write')) throw new Refusal(403, 'Must have push access to view collaborator permission.');
	if (!/^[a-z\d-]+$/i.test(login)) throw new Refusal(404, `${login} is not a user`);
	return { data: request.answers.permission(login, levelOf(request.repository, login)) };
}

function readContents({ repository, answers, path, query, accept }: Request): Outcome {
	const name = path.path ?? '';
	const ref = query.get('ref') ?? repository.defaultBranch;
	const text = repository.files.get(`${ref}:${name}`);
	if (text !== undefined)
		return accept.includes('raw') ? { raw: text } : { data: answers.contents(repository, name, text) };
	const inside = [...repository.files].filter(([key]) => key.startsWith(`${ref}:${name}/`));
	if (inside.length === 0) throw notFound();
	return { data: inside.map(([key, text]) => answers.contents(repository, key.slice(ref.length + 1), text)) };
}

/** Between the base and the head of a pull request that the server keeps, by name or object name. */
function compare({ repository, answers, path }: Request): Outcome {
	const basehead = path.basehead ?? '';
	const [base, head = ''] = basehead.split('...').map((end) => end.replace(/^[^:]*:/, ''));
	const found = [...repository.issues.values()].find(
		({ pull }) =>
			pull && [pull.baseRef, pull.baseSha].includes(base ?? '') && [pull.headRef, pull.headSha].includes(head),
	);
	if (!found) throw notFound();
	return { data: answers.comparison(repository, basehead, found) };
}

const ORDER: readonly Level[] = ['none', 'read', 'write', 'admin'];

/** @returns who asks. */
function need(request: Request, level: Level): string {
	if (request.login === undefined) throw new Refusal(401, 'Requires authentication');
	if (!isAllowed(request, level)) throw new Refusal(403, 'Resource not accessible by personal access token');
	return request.login;
}

function isAllowed({ repository, login }: Request, level: Level): boolean {
	return login !== undefined && ORDER.indexOf(levelOf(repository, login)) >= ORDER.indexOf(level);
}

/** Anybody may read what is public. */
export function levelOf(repository: Repository, login: string | undefined): Level {
	const level = login === undefined ? undefined : repository.permissions.get(login);
	return level ?? (repository.private ? 'none' : 'read');
}

function findIssue({ repository, path }: Request): Issue {
	const issue = repository.issues.get(Number(path.issue_number ?? path.pull_number));
	if (!issue) throw notFound();
	return issue;
}

function findPull(request: Request): Issue {
	const issue = findIssue(request);
	if (!issue.pull) throw notFound();
	return issue;
}

function findComment({ repository, path }: Request): Comment {
	const comment = repository.comments.get(Number(path.comment_id));
	if (!comment) throw notFound();
	return comment;
}

/** GitHub keeps no empty body, and no half of a surrogate pair. */
function textOrNull(text: unknown): string | null {
	return typeof text === 'string' && text !== '' ? Buffer.from(text).toString() : null;
}

function checkComment(body: Record<string, unknown>): void {
	if (!String(body.body).trim()) throw invalid({ resource: 'IssueComment', field: 'data', code: 'missing_field' });
	checkText('IssueComment', body);
}

/** In characters, not bytes or UTF-16 units. */
const LONGEST_BODY = 65_536;

function checkText(resource: string, { title, body }: Record<string, unknown>): void {
	if (title !== undefined && !String(title).trim()) throw invalid({ resource, field: 'title', code: 'missing_field' });
	if (typeof body === 'string' && [...body].length > LONGEST_BODY) {
		const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
		throw invalid({ resource, field: 'body', code: 'custom', message });
	}
}
