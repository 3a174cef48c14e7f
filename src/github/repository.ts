import { UserError } from '../core/userError.ts';
import type { Connection } from './connection.ts';
import { unlessNotFound } from './errors.ts';
import { toPermission } from './shapes.ts';
import type { GitHub } from './types.ts';

/** What is asked of the repository itself. */
export function repositoryOperations({
	octokit,
	place,
	ask,
}: Connection): Pick<GitHub, 'permissionOf' | 'contents' | 'workflowRuns'> {
	return {
		async permissionOf(login) {
			const answer = await unlessNotFound(() =>
				ask(`read the permission of ${login}`, () =>
					octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
						...place,
						username: login,
					}),
				),
			);
			return answer ? toPermission(answer.data.permission) : 'none';
		},

		async workflowRuns(file, since) {
			// Each answer tells how many there are, so one run of each is enough.
			const count = async (status: 'completed' | 'failure' | 'timed_out') => {
				const { data } = await ask(`count the runs of ${file}`, () =>
					octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
						...place,
						workflow_id: file,
						status,
						created: `>=${new Date(since).toISOString()}`,
						per_page: 1,
					}),
				);
				return data.total_count;
			};
			const completed = await unlessNotFound(() => count('completed'));
			if (completed === undefined) return undefined;
			return { completed, failed: (await count('failure')) + (await count('timed_out')) };
		},

		async contents(path, ref) {
			const segments = path.split('/');
			if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
				throw new UserError(`"${path}" is no path of a file in the repository: write it from its top, like docs/a.md.`);
			}
			const answer = await unlessNotFound(() =>
				ask(`read ${path} at ${ref}`, () =>
					octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
						...place,
						path,
						ref,
						headers: { accept: 'application/vnd.github.raw+json' },
					}),
				),
			);
			const data: unknown = answer?.data;
			// A folder's answer is a list.
			return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : typeof data === 'string' ? data : undefined;
		},
	};
}
