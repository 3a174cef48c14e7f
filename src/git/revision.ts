import { UserError } from '../core/userError.ts';
import { GitError } from './gitError.ts';
import type { Location } from './location.ts';
import { git } from './run.ts';

/** A revision that names no commit here. */
export class NoSuchCommit extends UserError {
	override name = 'NoSuchCommit';
}

/**
 * The full name of the commit that a revision names.
 * @throws NoSuchCommit when there is none.
 */
export async function resolveCommit(location: Location, revision: string): Promise<string> {
	const name = await git(location.workTree, [
		'rev-parse',
		'--verify',
		'--quiet',
		'--end-of-options',
		`${revision}^{commit}`,
	]).catch((error: unknown) => {
		if (error instanceof GitError) return '';
		throw error;
	});
	if (name.trim() !== '') return name.trim();
	throw new NoSuchCommit(
		`${revision} names no commit in ${location.workTree}: give a branch, a tag or a commit's name.`,
	);
}
