import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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

/** Runs the real command line as its own process, as it is shipped, built once. Nothing of CI's own variables reaches it. */
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

/** The program's path. */
export function bundle(): string {
	folder ??= build();
	return path.join(folder, 'dist', 'cli.js');
}

function build(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'auto-pr-cli-'));
	process.once('exit', () => rmSync(made, { recursive: true, force: true }));
	const script = path.resolve(import.meta.dirname, '../../esbuild.mjs');
	const { status, stderr } = spawnSync(process.execPath, [script, '--into', path.join(made, 'dist')], {
		cwd: path.dirname(script),
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`The build failed: ${stderr}`);
	cpSync(path.join(path.dirname(script), 'l10n'), path.join(made, 'l10n'), { recursive: true });
	return made;
}
