import type { Location } from './location.ts';
import { git } from './run.ts';

/**
 * Fetches the commits of GitHub's pull requests as data, with the credentials that the checkout has; nothing of them is checked
 * out or run. GitHub keeps `refs/pull/N/head` also where the branch or the fork was deleted.
 * @returns the references under which they are here.
 * @throws GitError when the remote has one of them not, or does not answer.
 */
export async function fetchPullRequests(
	{ workTree }: Location,
	remote: string,
	numbers: readonly number[],
): Promise<string[]> {
	const refs = numbers.map((number) => `+refs/pull/${number}/head:${placeOf(number)}`);
	// On standard input: a thousand of them are more than a command line takes on Windows.
	const options = ['--quiet', '--no-tags', '--no-recurse-submodules', '--stdin'];
	await git(workTree, ['fetch', ...options, '--end-of-options', remote], { input: `${refs.join('\n')}\n` });
	return numbers.map(placeOf);
}

function placeOf(number: number): string {
	return `refs/remotes/pull/${number}`;
}
