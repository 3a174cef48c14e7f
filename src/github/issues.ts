import { UserError } from '../core/userError.ts';
import type { Connection } from './connection.ts';
import { unlessNotFound } from './errors.ts';
import { PAGE } from './paging.ts';
import { toComment, toIssue, toSummary } from './shapes.ts';
import type { GitHub } from './types.ts';

type Operations = Pick<
	GitHub,
	| 'pullRequestsWithLabel'
	| 'pullRequestsUpdatedSince'
	| 'addLabel'
	| 'comments'
	| 'createComment'
	| 'updateComment'
	| 'deleteComment'
	| 'watchComment'
	| 'unwatchComment'
	| 'createIssue'
	| 'updateIssue'
	| 'issuesWithLabel'
>;

/** A request that would make a second one of the same if it were sent again. */
const ONCE = { request: { retries: 0 } };

/** What is asked of issues, and of pull requests as far as they are issues: labels and comments. */
export function issueOperations(connection: Connection): Operations {
	const { octokit, place, ask } = connection;
	const list = issueLister(connection);

	return {
		async pullRequestsWithLabel(label) {
			const answers = await list(`list the pull requests labelled ${label}`, { state: 'all', labels: oneLabel(label) });
			return answers.map(toSummary).filter((it) => it !== undefined);
		},

		async pullRequestsUpdatedSince(time) {
			const since = new Date(time).toISOString();
			const answers = await list(`list the pull requests changed since ${since}`, { state: 'all', since });
			return answers.map(toSummary).filter((it) => it !== undefined);
		},

		async issuesWithLabel(label, state = 'open') {
			const answers = await list(`list the issues labelled ${label}`, { state, labels: oneLabel(label) });
			return answers.filter((answer) => !answer.pull_request).map(toIssue);
		},

		async addLabel(number, label) {
			await ask(`label #${number} ${label}`, () =>
				octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
					...place,
					issue_number: number,
					labels: [label],
				}),
			);
		},

		async createIssue(issue) {
			const { data } = await ask(`open an issue`, () =>
				octokit.request('POST /repos/{owner}/{repo}/issues', { ...place, ...issue, ...ONCE }),
			);
			return toIssue(data);
		},

		async updateIssue(number, change) {
			const { data } = await ask(`change issue #${number}`, () =>
				octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
					...place,
					issue_number: number,
					...change,
				}),
			);
			return toIssue(data);
		},

		...commentOperations(connection),
	};
}

function commentOperations(connection: Connection) {
	const { octokit, place, ask } = connection;
	return {
		async comments(number) {
			const answers = await ask(`list the comments on #${number}`, () =>
				octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
					...place,
					issue_number: number,
					per_page: PAGE,
				}),
			);
			return answers.map(toComment);
		},

		async createComment(number, body) {
			const { data } = await ask(`comment on #${number}`, () =>
				octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
					...place,
					issue_number: number,
					body,
					...ONCE,
				}),
			);
			return toComment(data);
		},

		async updateComment(id, body) {
			const { data } = await ask(`change comment ${id}`, () =>
				octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place, comment_id: id, body }),
			);
			return toComment(data);
		},

		async deleteComment(id) {
			await unlessNotFound(() =>
				ask(`delete comment ${id}`, () =>
					octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place, comment_id: id }),
				),
			);
		},

		...reactionOperations(connection),
	} satisfies Partial<GitHub>;
}

function reactionOperations({ octokit, place, ask }: Connection) {
	return {
		async watchComment(id) {
			const { status, data } = await ask(`mark comment ${id}`, () =>
				octokit.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
					...place,
					comment_id: id,
					content: 'eyes',
					...ONCE,
				}),
			);
			return { id: data.id, mine: status === 201, createdAt: Date.parse(data.created_at) };
		},

		async unwatchComment(id, watch) {
			const answer = await unlessNotFound(() =>
				ask(`unmark comment ${id}`, () =>
					octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}', {
						...place,
						comment_id: id,
						reaction_id: watch,
						...ONCE,
					}),
				),
			);
			return answer !== undefined;
		},
	} satisfies Partial<GitHub>;
}

/**
 * Lists issues and pull requests by creation, oldest first, so that one opened meanwhile moves none to a page that was
 * read already.
 */
function issueLister({ octokit, place, ask }: Connection) {
	return (attempt: string, filter: { state: 'open' | 'all'; labels?: string; since?: string }) =>
		ask(attempt, () =>
			octokit.paginate('GET /repos/{owner}/{repo}/issues', {
				...place,
				...filter,
				sort: 'created',
				direction: 'asc',
				per_page: PAGE,
			}),
		);
}

/** GitHub reads a comma in its list of labels as the start of another. */
function oneLabel(label: string): string {
	if (!label || label.includes(',')) {
		throw new UserError(`GitHub cannot look for the label "${label}": use a name that is not empty and has no comma.`);
	}
	return label;
}
