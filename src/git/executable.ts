import { existsSync } from 'node:fs';
import { win32 } from 'node:path';

/** Names no file, so that running it fails with ENOENT, which reads as "git is not installed". */
const NOWHERE = 'C:\\git-is-not-on-the-PATH\\git.exe';

/**
 * The git to run: on Windows its full path, elsewhere the bare name.
 *
 * Windows looks for a program in the working directory before PATH (libuv's `search_path`), so a bare name would
 * run a `git.exe` that lies in an untrusted repository.
 */
export function findGit(
	platform: NodeJS.Platform = process.platform,
	path: string = process.env.PATH ?? '',
	exists: (file: string) => boolean = existsSync,
): string {
	if (platform !== 'win32') return 'git';
	const files = path.split(win32.delimiter).map((folder) => win32.join(folder.replaceAll('"', ''), 'git.exe'));
	return files.find((file) => win32.isAbsolute(file) && exists(file)) ?? NOWHERE;
}
