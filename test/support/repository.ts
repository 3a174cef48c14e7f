import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Nothing of this machine's git configuration or of an outer git command reaches a test, nor what a test calls.
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
Object.assign(process.env, { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' });

interface CommitOptions {
	author?: { name: string; email: string };
	/** Author and committer time, ms UTC; whole seconds. */
	at?: number;
}

interface RunOptions {
	cwd?: string;
	env?: Readonly<Record<string, string>>;
	input?: string | Buffer;
}

/** A real repository in a temporary folder. */
export interface TestRepository {
	/** Absolute real path of its work tree. */
	root: string;
	/** Runs git there and returns what it printed, without the last line break. Throws with git's words. */
	git(...args: string[]): Promise<string>;
	run(args: readonly string[], options?: RunOptions): Promise<string>;
	/** Writes files: path to content. */
	write(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
	/** Writes and commits files (the commit may be empty), the message as it is. Returns the full name. */
	commit(message: string, files?: Readonly<Record<string, string | Buffer>>, options?: CommitOptions): Promise<string>;
	dispose(): Promise<void>;
}

/** Makes an empty repository of Test Author on branch `main`. */
export async function makeRepository(): Promise<TestRepository> {
	const root = await realpath(await mkdtemp(join(tmpdir(), 'auto-pr-')));
	const repository = openRepository(root);
	await repository.git('init', '--quiet', '--initial-branch=main');
	await repository.git('config', 'user.name', 'Test Author');
	await repository.git('config', 'user.email', 'test@example.com');
	return repository;
}

/** The same for a work tree that is there: a clone, a linked work tree, a submodule. */
export function openRepository(root: string): TestRepository {
	const run = (args: readonly string[], options?: RunOptions) => runGit(root, args, options);
	const write = async (files: Readonly<Record<string, string | Buffer>>) => {
		for (const [path, content] of Object.entries(files)) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), content);
		}
	};
	return {
		root,
		run,
		write,
		git: (...args) => run(args),
		async commit(message, files = {}, { author, at } = {}) {
			await write(files);
			const paths = Object.keys(files);
			if (paths.length > 0) await run(['--literal-pathspecs', 'add', '--', ...paths]);
			const date = at === undefined ? {} : { GIT_AUTHOR_DATE: dateOf(at), GIT_COMMITTER_DATE: dateOf(at) };
			const name = author ? { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email } : {};
			const args = ['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-'];
			await run(args, { input: message, env: { ...date, ...name } });
			return run(['rev-parse', 'HEAD']);
		},
		dispose: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
	};
}

function dateOf(at: number): string {
	return `@${at / 1000} +0000`;
}

function runGit(root: string, args: readonly string[], { cwd = root, env, input }: RunOptions = {}): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn('git', args, { cwd, env: { ...process.env, ...env } });
		const out: Buffer[] = [];
		const err: Buffer[] = [];
		child.stdout.on('data', (piece: Buffer) => out.push(piece));
		child.stderr.on('data', (piece: Buffer) => err.push(piece));
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0)
				resolve(
					Buffer.concat(out)
						.toString()
						.replace(/\r?\n$/, ''),
				);
			else reject(new Error(`git ${args.join(' ')} failed (${code}): ${Buffer.concat(err)}`));
		});
		// EPIPE: git did not want any input.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input ?? '');
	});
}
