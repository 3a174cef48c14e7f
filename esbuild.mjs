// Builds what is shipped: `node esbuild.mjs [--watch]`. Fails when a file outgrows its budget.
import { existsSync, readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const kib = 1024;

/** Runs in Node: the extension host of VS Code 1.99 has Node 20. */
const node = { platform: 'node', format: 'cjs', target: 'node20.18', mainFields: ['module', 'main'] };

/** Runs in a webview: Chromium 132 is that of VS Code 1.99. */
const browser = {
	platform: 'browser',
	format: 'iife',
	target: 'chrome132',
	jsx: 'automatic',
	jsxImportSource: 'preact',
};

/** One line for each shipped program: its source, how it is built, and the most that it may weigh, in bytes. */
const programs = [
	{
		name: 'extension',
		source: 'src/extension/extension.ts',
		raw: 560 * kib,
		gzip: 190 * kib,
		options: { ...node, external: ['vscode'] },
	},
	{
		name: 'cli',
		source: 'src/cli/cli.ts',
		raw: 640 * kib,
		gzip: 210 * kib,
		options: { ...node, banner: { js: '#!/usr/bin/env node' } },
	},
	{ name: 'action', source: 'src/action/action.ts', raw: 560 * kib, gzip: 190 * kib, options: node },
	{ name: 'dashboard', source: 'src/dashboard/main.tsx', raw: 64 * kib, gzip: 24 * kib, options: browser },
];

const watch = process.argv.includes('--watch');

const optionsOf = (program) => ({
	...program.options,
	entryPoints: { [program.name]: program.source },
	outdir: 'dist',
	bundle: true,
	minify: !watch,
	// For reading a user's stack trace; beside the file, not in the package.
	sourcemap: watch ? 'linked' : 'external',
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
});

/** @returns what is wrong, as sentences */
function weigh() {
	const problems = [];
	for (const { name, source, raw, gzip } of programs) {
		const files = [`dist/${name}.js`, `dist/${name}.css`]
			.filter((file) => existsSync(file))
			.map((file) => readFileSync(file));
		const bytes = files.reduce((sum, file) => sum + file.length, 0);
		const packed = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
		console.log(`dist/${name.padEnd(10)} ${shown(bytes)} of ${shown(raw)}   gzip ${shown(packed)} of ${shown(gzip)}`);
		if (bytes > raw || packed > gzip) {
			problems.push(
				`dist/${name} weighs ${shown(bytes).trim()} (gzip ${shown(packed).trim()}), more than its budget of ${shown(raw).trim()} (${shown(gzip).trim()}): see what ${source} pulls in, or raise the budget in esbuild.mjs.`,
			);
		}
	}
	return problems;
}

const shown = (bytes) => `${(bytes / kib).toFixed(1)} KiB`.padStart(10);

if (watch) {
	for (const program of programs) {
		await (await esbuild.context({ ...optionsOf(program), logLevel: 'info' })).watch();
	}
} else {
	await rm('dist', { recursive: true, force: true });
	try {
		await Promise.all(programs.map((program) => esbuild.build(optionsOf(program))));
		await chmod('dist/cli.js', 0o755);
		for (const problem of weigh()) {
			console.error(problem);
			process.exitCode = 1;
		}
	} catch (error) {
		// esbuild has said where.
		if (!error.errors) {
			throw error;
		}
		process.exitCode = 1;
	}
}
