import type { Connection } from './connection.ts';
import { GitHubError } from './errors.ts';
import { PAGE } from './paging.ts';
import { toCommit, toFile, toPullRequest } from './shapes.ts';
import type { GitHub, PullRequest } from './types.ts';

type Operations = Pick<
	GitHub,
	| 'pullRequestsOf'
	| 'openPullRequests'
	| 'pullRequest'
	| 'createPullRequest'
	| 'pullRequestCommits'
	| 'pullRequestFiles'
	| 'updateBody'
>;

/** What is asked of pull requests as such; what they share with issues is in `issues.ts`. */
export function pullRequestOperations({ octokit, place, ask }: Connection): Operations {
	const oneAfterAnother = createQueues();

	async function readPullRequest(number: number): Promise<PullRequest> {
		const { data } = await ask(`read pull request #${number}`, () =>
			octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...place, pull_number: number }),
		);
		return toPullRequest(data);
	}

	/** @returns the body as GitHub then has it. */
	async function writeBody(number: number, body: string): Promise<string> {
		const { data } = await ask(`write the body of pull request #${number}`, () =>
			octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...place, pull_number: number, body }),
		);
		return data.body ?? '';
	}

	return {
		async pullRequestsOf(branch, owner = place.owner) {
			const head = `${owner}:${branch}`;
			const answers = await ask(`list the pull requests from ${head}`, () =>
				octokit.paginate('GET /repos/{owner}/{repo}/pulls', {
					...place,
					head,
					state: 'all',
					sort: 'created',
					direction: 'desc',
					per_page: PAGE,
				}),
			);
			// GitHub also lists other branches that stand on the same commit: octokit/octokit.js #2056.
			const mine = answers.filter(({ head }) => head.ref === branch && isSameLogin(head.user?.login, owner));
			return mine.map(toPullRequest).sort((a, b) => b.number - a.number);
		},

		async openPullRequests() {
			const answers = await ask('list the open pull requests', () =>
				octokit.paginate('GET /repos/{owner}/{repo}/pulls', {
					...place,
					state: 'open',
					sort: 'created',
					direction: 'asc',
					per_page: PAGE,
				}),
			);
			return answers.map(toPullRequest);
		},

		pullRequest: readPullRequest,

		async createPullRequest(request) {
			const { data } = await ask(`create a pull request from ${request.head}`, () =>
				octokit.request('POST /repos/{owner}/{repo}/pulls', { ...place, ...request }),
			);
			return toPullRequest(data);
		},

		async pullRequestCommits(number) {
			const answers = await ask(`list the commits of pull request #${number}`, () =>
				octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', {
					...place,
					pull_number: number,
					per_page: PAGE,
				}),
			);
			return answers.map(toCommit);
		},

		async pullRequestFiles(number) {
			const answers = await ask(`list the files of pull request #${number}`, () =>
				octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
					...place,
					pull_number: number,
					per_page: PAGE,
				}),
			);
			return answers.map(toFile);
		},

		updateBody(number, edit) {
			return oneAfterAnother(number, async () => {
				const { body } = await readPullRequest(number);
				const wanted = edit(body);
				if (wanted === body) return { changed: false };
				const stored = await writeBody(number, wanted);
				if (stored !== wanted) {
					throw new GitHubError(
						'invalid',
						`GitHub stored the body of pull request #${number} otherwise than it was sent: look at it and put it right.`,
					);
				}
				return { changed: true };
			});
		},
	};
}

function isSameLogin(login: string | undefined, other: string): boolean {
	return login?.toLowerCase() === other.toLowerCase();
}

/** Runs work of one number one after another, and of different numbers side by side. */
function createQueues(): <T>(number: number, work: () => Promise<T>) => Promise<T> {
	const last = new Map<number, Promise<unknown>>();
	return (number, work) => {
		const before = last.get(number) ?? Promise.resolve();
		const mine = before.then(work, work);
		last.set(number, mine);
		const forget = () => {
			if (last.get(number) === mine) last.delete(number);
		};
		mine.then(forget, forget);
		return mine;
	};
}
