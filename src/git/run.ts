import type { SimpleGitOptions } from 'simple-git';
import { environment } from './environment.ts';
import { findGit } from './executable.ts';
import { failure } from './gitError.ts';

interface GitOptions {
	/** Written to git's standard input, which is then closed. */
	input?: string;
	/** Added to the environment. */
	env?: Readonly<Record<string, string>>;
	/** Ends the process; only for `streamGit`. */
	signal?: AbortSignal;
}

/** No git command here has a good reason to explain itself at greater length, in bytes. */
const STDERR_LIMIT = 64 * 1024;

type Unsafe = NonNullable<SimpleGitOptions['unsafe']>;

/**
 * simple-git refuses arguments and configuration that could run a program. Our arguments are written in this
 * folder, never taken from a repository; the configuration that the user put in the environment is theirs.
 */
const OUR_OWN: Unsafe = {
	allowUnsafeCustomBinary: true,
	allowUnsafeAlias: true,
	allowUnsafeAskPass: true,
	allowUnsafeCommandBinaries: true,
	allowUnsafeConfigEnvCount: true,
	allowUnsafeConfigPaths: true,
	allowUnsafeCredentialHelper: true,
	allowUnsafeDiffExternal: true,
	allowUnsafeDiffTextConv: true,
	allowUnsafeEditor: true,
	allowUnsafeExec: true,
	allowUnsafeFilter: true,
	allowUnsafeFsMonitor: true,
	allowUnsafeGitProxy: true,
	allowUnsafeGpgProgram: true,
	allowUnsafeHooksPath: true,
	allowUnsafeInclude: true,
	allowUnsafeMergeDriver: true,
	allowUnsafePack: true,
	allowUnsafePager: true,
	allowUnsafeProtocolOverride: true,
	allowUnsafeSshCommand: true,
	allowUnsafeSubmodule: true,
	allowUnsafeTemplateDir: true,
	allowUnsafeUrlRewrite: true,
};

/**
 * Runs one git command and returns what it printed, decoded as UTF-8.
 *
 * Exit code 1 without a word is git's way to answer "none" (`config --get`, `rev-parse --quiet`) and gives what was
 * printed. Throws a `UserError` where the user can act, else a `GitError`.
 */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
	const env = environment(options.env);
	// Loaded when first needed: most calls of the command line never start git.
	const { simpleGit } = await import('simple-git');
	let failed: Error | undefined;
	try {
		return await simpleGit({
			baseDir: cwd,
			binary: [findGit()],
			allowEnvironment: Object.keys(env),
			unsafe: OUR_OWN,
			completion: { onExit: false },
			// A Buffer, because simple-git leaves standard input open when given an empty string.
			...(options.input === undefined ? {} : { input: () => Buffer.from(options.input ?? '') }),
			errors: (error, { exitCode, stdErr }) => {
				const said = Buffer.concat(stdErr).toString();
				if (exitCode !== 0 && !(exitCode === 1 && !said)) failed = failure(cwd, args, exitCode, said);
				return failed ?? (error instanceof Error ? error : undefined);
			},
		})
			.env(env)
			.raw([...args]);
	} catch (error) {
		throw failed ?? failure(cwd, args, -1, String(error));
	}
}

/**
 * Runs one git command and gives what it prints as it comes. simple-git keeps the whole output in memory, so this
 * starts git itself.
 *
 * Ends the process when the consumer stops early. Throws like `git`.
 */
export async function* streamGit(
	cwd: string,
	args: readonly string[],
	options: GitOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
	// Loaded when first needed: it brings the network's code with it.
	const { spawn } = await import('node:child_process');
	const { signal } = options;
	const child = spawn(findGit(), args, {
		cwd,
		env: environment(options.env),
		windowsHide: true,
		...(signal && { signal }),
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		if (said.length < STDERR_LIMIT) said += text;
	});
	const ended = new Promise<number>((resolve) => {
		child.once('error', (error) => {
			said += String(error);
			resolve(-1);
		});
		child.once('close', (code) => resolve(code ?? -1));
	});
	// EPIPE: git stopped reading. Its exit code says why.
	child.stdin.on('error', () => undefined);
	child.stdin.end(options.input ?? '');
	let complete = false;
	try {
		yield* child.stdout as AsyncIterable<Buffer>;
		complete = true;
	} finally {
		if (!complete) child.kill();
	}
	const exitCode = await ended;
	if (exitCode !== 0) throw failure(cwd, args, exitCode, said);
}
