import type { ChangeKind, Commit } from '../core/commit.ts';
import { foldChanges } from '../core/netChange.ts';
import { UserError } from '../core/userError.ts';
import { type FileVersions, readFileVersions } from '../git/blobs.ts';
import { readCommits } from '../git/history.ts';
import { chainsOf } from './score.ts';
import type { Workspace } from './workspace.ts';

/**
 * What a session changed as a whole: each file once, before its first commit that touched it and after the last. Commits of
 * others that lie between are left out, and so is a file that came and went.
 * @param shas Full names of its commits, oldest first.
 * @throws UserError when this clone has none of them.
 */
export async function sessionDiff({ location }: Workspace, shas: readonly string[]): Promise<FileVersions[]> {
	const commits = await readCommits(location, shas);
	if (commits.length === 0) {
		throw new UserError(
			'None of these commits is in this clone: they were rewritten since, or are still to be fetched.',
		);
	}
	const touched = touchedBy(commits);
	const files = new Map<string, FileVersions>();
	for (const { base, head } of chainsOf(commits)) {
		for (const file of await readFileVersions(location, base, head)) {
			if (!touched.has(file.path)) continue;
			const earlier = files.get(file.path);
			files.set(file.path, earlier ? followed(earlier, file) : file);
		}
	}
	return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function touchedBy(commits: readonly Commit[]): ReadonlySet<string> {
	const net = new Map<string, ChangeKind>();
	for (const { files } of commits) foldChanges(net, files);
	return new Set(net.keys());
}

function followed(earlier: FileVersions, { after, ...later }: FileVersions): FileVersions {
	const { before } = earlier;
	const known = { path: later.path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
	return { kind: before === undefined ? 'A' : after === undefined ? 'D' : 'M', ...known };
}
