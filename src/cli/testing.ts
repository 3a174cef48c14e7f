import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a run of the command line ended. */
export interface Run {
	/** Exit code. */
	code: number | null;
	stdout: string;
	stderr: string;
}

interface RunOptions {
	cwd?: string;
	env?: Readonly<Record<string, string>>;
	/** Given on standard input, which is then closed. */
	input?: string;
}

let folder: string | undefined;

/** Runs the real command line as its own process, from a bundle that is made once. Nothing of CI's own variables reaches it. */
export async function autoPr(args: readonly string[], { cwd, env, input = '' }: RunOptions = {}): Promise<Run> {
	const own = Object.entries(process.env).filter(([name]) => !/^(GITHUB|GH|INPUT|ACTIONS)_/.test(name));
	const child = spawn(process.execPath, [bundle(), ...args], {
		cwd: cwd ?? tmpdir(),
		env: { ...Object.fromEntries(own), ...env },
	});
	const run: Run = { code: null, stdout: '', stderr: '' };
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		run.stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		run.stderr += text;
	});
	// EPIPE: it does not read.
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	run.code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return run;
}

/** The bundle's path. */
export function bundle(): string {
	folder ??= build();
	return path.join(folder, 'cli.js');
}

function build(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'auto-pr-cli-'));
	process.once('exit', () => rmSync(made, { recursive: true, force: true }));
	// Not an import: what is shipped must not seem to need it.
	const { buildSync } = createRequire(import.meta.url)('esbuild');
	buildSync({
		entryPoints: [path.join(import.meta.dirname, 'cli.ts')],
		outdir: made,
		bundle: true,
		platform: 'node',
		mainFields: ['module', 'main'],
		minify: true,
		// For coverage.
		sourcemap: 'linked',
		logLevel: 'error',
	});
	return made;
}
