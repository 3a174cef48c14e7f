import type { Commit } from '../core/commit.ts';
import { UserError } from '../core/userError.ts';
import { GitError } from './gitError.ts';
import type { Location } from './location.ts';
import { LOG_FORMAT, LogParser } from './logFormat.ts';
import { streamGit } from './run.ts';

const FULL_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commits that the revisions reach (as `git log` takes them; HEAD by default), oldest first, parents before
 * children, else by date: from one `git log`, in lists as they come, so that a long history is neither in memory nor waited for
 * commit by commit. A repository without a commit has none. In a shallow clone the oldest commits have no parents, and seem to add every file.
 *
 * Throws a `UserError` for a revision that does not exist.
 */
export async function* readHistory(
	location: Location,
	{ revisions = [] }: { revisions?: readonly string[] } = {},
): AsyncGenerator<Commit[], void> {
	const names = revisions.length > 0 ? revisions : ['HEAD'];
	const args = ['log', '--reverse', '--date-order', ...LOG_FORMAT, '--end-of-options', ...names, '--'];
	const parser = new LogParser();
	for await (const piece of known(location, names, streamGit(location.workTree, args))) {
		const commits = parser.push(piece);
		if (commits.length > 0) yield commits;
	}
	yield parser.end();
}

/** These commits, by their full names and in this order, with one git process. What git no longer has is left out. */
export async function readCommits(location: Location, shas: readonly string[]): Promise<Commit[]> {
	if (shas.length === 0) return [];
	const wrong = shas.find((sha) => !FULL_SHA.test(sha));
	if (wrong !== undefined) throw new UserError(`"${wrong}" is not a full commit name: give all 40 digits.`);
	const args = ['log', '--no-walk=unsorted', '--ignore-missing', ...LOG_FORMAT, '--stdin'];
	const parser = new LogParser();
	const commits: Commit[] = [];
	for await (const piece of streamGit(location.workTree, args, { input: `${shas.join('\n')}\n` })) {
		commits.push(...parser.push(piece));
	}
	return [...commits, ...parser.end()];
}

/** The first-parent chain of a revision, the names of its commits alone, oldest first, in lists as they come. */
export async function* readTrunk(location: Location, revision: string): AsyncGenerator<string[], void> {
	const args = ['rev-list', '--first-parent', '--reverse', '--end-of-options', revision, '--'];
	let rest = '';
	for await (const piece of known(location, [revision], streamGit(location.workTree, args))) {
		const lines = (rest + piece.toString('latin1')).split('\n');
		rest = lines.pop() ?? '';
		yield lines;
	}
}

/** Says which revision does not exist. HEAD does not, as long as there is no commit: then there is nothing. */
async function* known(
	location: Location,
	revisions: readonly string[],
	output: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void> {
	try {
		yield* output;
	} catch (error) {
		const unknown = error instanceof GitError && /bad (?:revision|object) '?([^'\n]+)/.exec(error.stderr)?.[1];
		if (!unknown) throw error;
		if (unknown === 'HEAD' && revisions.length === 1) return;
		throw new UserError(`There is no revision "${unknown}" in ${location.workTree}: "git log" shows what there is.`);
	}
}
