/** Where a merge request's branch goes, and what its description is to say. */
interface MergeRequestPush {
	/** The remote's name. */
	remote: string;
	/** The branch, without `refs/heads/`. */
	branch: string;
	/** Lines of trailers. */
	trailers: string;
}

/**
 * The command, for a POSIX shell, that pushes a branch and has GitLab write the trailers into its merge request, made where there is none. git
 * refuses line breaks in push options, and GitLab takes `\\n` for one: docs.gitlab.com, "Push options", and its
 * `MergeRequests::PushOptionsHandlerService`.
 */
export function mergeRequestPush({ remote, branch, trailers }: MergeRequestPush): string {
	const description = `merge_request.description=${trailers.replaceAll('\n', '\\n')}`;
	const options = ['-o', 'merge_request.create', '-o', quoted(description)];
	const reference = `refs/heads/${branch}`;
	return ['git', 'push', ...options, '--', quoted(remote), quoted(`${reference}:${reference}`)].join(' ');
}

/** A word as it is: in single quotes, a POSIX shell reads nothing but the next one of them. */
function quoted(text: string): string {
	return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
