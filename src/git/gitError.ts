import { existsSync } from 'node:fs';
import { UserError } from '../core/userError.ts';

/** A git command that failed for a reason that the user cannot be expected to know. Keeps what git said. */
export class GitError extends Error {
	override name = 'GitError';
	/** What git wrote to its standard error. */
	readonly stderr: string;

	constructor(args: readonly string[], exitCode: number, stderr: string) {
		super(`git ${args[0] ?? ''} failed with exit code ${exitCode}: ${stderr.trim() || 'it said nothing'}`);
		this.stderr = stderr;
	}
}

/** What a failed git command means: a sentence where the user can act, else a `GitError` with git's own words. */
export function failure(cwd: string, args: readonly string[], exitCode: number, stderr: string): Error {
	if (!existsSync(cwd)) return new UserError(`${cwd} does not exist: give a folder of a git repository.`);
	if (/spawn .*ENOENT/.test(stderr)) return new UserError('git was not found: install it, or add its folder to PATH.');
	if (/not a git repository/i.test(stderr)) {
		return new UserError(`${cwd} is not in a git repository: open a folder of one, or run "git init" there.`);
	}
	if (/dubious ownership|is owned by someone else/.test(stderr)) {
		const folder = /repository (?:at )?\(?'([^'\n]+)'/.exec(stderr)?.[1] ?? cwd;
		return new UserError(
			`git refuses ${folder} because another user owns it: if you trust it, run ` +
				`git config --global --add safe.directory "${folder}".`,
		);
	}
	return new GitError(args, exitCode, stderr);
}
