import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes the bundle in a folder of its own. */
export function build(): string {
	const outdir = mkdtempSync(path.join(tmpdir(), 'auto-pr-action-'));
	// Not an import: what is shipped must not seem to need it.
	const { buildSync } = createRequire(import.meta.url)('esbuild');
	const entryPoints = [path.join(import.meta.dirname, 'action.ts')];
	buildSync({
		entryPoints,
		outdir,
		bundle: true,
		platform: 'node',
		mainFields: ['module', 'main'],
		minify: true,
		sourcemap: 'linked',
		logLevel: 'error',
	});
	return path.join(outdir, 'action.js');
}

/** Runs it as a step would, with nothing of the job that the tests run in. */
export function run(program: string, env: Record<string, string>): Promise<{ code: number | null; log: string }> {
	const own = Object.entries(process.env).filter(([name]) => !/^(GITHUB|GH|INPUT|ACTIONS)_/.test(name));
	const child = spawn(process.execPath, [program], {
		env: { ...Object.fromEntries(own), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			log += text;
		});
	}
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve({ code, log }));
	});
}
