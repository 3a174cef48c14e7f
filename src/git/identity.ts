import type { Person } from '../core/commit.ts';
import { GitError } from './gitError.ts';
import type { Location } from './location.ts';
import { git } from './run.ts';

/** Who would be the author of a commit made here and now. `name` is empty where git does not know. */
export async function readIdentity(location: Location): Promise<Person> {
	try {
		const ident = await git(location.workTree, ['var', 'GIT_AUTHOR_IDENT']);
		const match = /^(.*?) ?<(.*)> \d+ [+-]\d+\s*$/.exec(ident);
		if (match) return person(match[1], match[2]);
	} catch (error) {
		// git wants both name and address, and says so. One of them may still be known.
		if (!(error instanceof GitError)) throw error;
	}
	return configured(location);
}

/** From the configuration alone, in git's own order: `author.…` before `user.…`, the last setting of each. */
async function configured(location: Location): Promise<Person> {
	const text = await git(location.workTree, ['config', '-z', '--get-regexp', '^(author|user)\\.(name|email)$']);
	const settings = new Map(text.split('\0').map((entry) => entry.split('\n', 2) as [string, string]));
	return person(
		settings.get('author.name') ?? settings.get('user.name'),
		settings.get('author.email') ?? settings.get('user.email'),
	);
}

function person(name: string | undefined, email: string | undefined): Person {
	return { name: name ?? '', ...(email ? { email } : {}) };
}
