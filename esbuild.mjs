// Builds what is shipped: `node esbuild.mjs [--watch] [--into FOLDER]`. Fails when a file outgrows its budget.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const kib = 1024;

/** Runs in Node: the extension host of VS Code 1.99 has Node 20. */
const node = {
	platform: 'node',
	format: 'cjs',
	target: 'node20.18',
	mainFields: ['module', 'main'],
	// As `require`, which needs no loader of modules: 15 ms less for a command that is in a file of its own.
	supported: { 'dynamic-import': false },
};

/** Runs in a webview: Chromium 132 is that of VS Code 1.99. */
const browser = {
	platform: 'browser',
	format: 'iife',
	target: 'chrome132',
	jsx: 'automatic',
	jsxImportSource: 'preact',
};

const shared = {
	name: 'libraries',
	setup({ onResolve, initialOptions }) {
		// From where the file will be to where the library will be.
		const upwards = initialOptions.entryNames?.includes('/') ? '../' : './';
		for (const { name, packages, as } of libraries) {
			const filter = new RegExp(`^(?:${as?.replaceAll('.', '\\.') ?? packages.join('|')})$`);
			onResolve({ filter }, () => ({ path: `${upwards}${name}.js`, external: true }));
		}
	},
};

/**
 * Packages and parts of ours in a file of their own, which the extension and the command line share and read when they first need it:
 * what is not read costs no start-up. `as`: how a part is imported. The action stays one file, and has them all inside.
 */
const libraries = [
	{ name: 'lib/re2js', packages: ['re2js'], raw: 160 * kib, gzip: 60 * kib },
	{ name: 'lib/yaml', packages: ['yaml'], raw: 120 * kib, gzip: 40 * kib },
	{
		name: 'lib/mcp',
		packages: ['server/index', 'server/stdio', 'types'].map((it) => `@modelcontextprotocol/sdk/${it}.js`),
		raw: 320 * kib,
		gzip: 96 * kib,
	},
	{ name: 'lib/jsonc-parser', packages: ['jsonc-parser'], raw: 24 * kib, gzip: 10 * kib },
	{ name: 'lib/simple-git', packages: ['simple-git'], raw: 80 * kib, gzip: 30 * kib },
	{
		name: 'lib/octokit',
		packages: ['@octokit/core', '@octokit/plugin-paginate-rest', '@octokit/plugin-retry'],
		raw: 60 * kib,
		gzip: 24 * kib,
	},
	// Ours: backups and what mends damaged files, read when one of them is due.
	{
		name: 'lib/keeping',
		packages: ['./src/store/safekeeping.ts'],
		as: './safekeeping.ts',
		raw: 32 * kib,
		gzip: 13 * kib,
	},
].map((library) => ({ ...library, options: library.as ? { ...node, plugins: [shared] } : node }));

/** The extension's commands that few windows ever use, and what an open dashboard asks: what they need is read with the first of them. */
const rare = {
	name: 'rare',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/rare\.ts$/ }, () => ({ path: './rare.js', external: true }));
	},
};

/** commander loads it, and with it the network, for subcommands that are programs of their own; there is none here. */
const noPrograms = {
	name: 'no programs',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
			/[\\/]commander[\\/]/.test(importer) ? { path: 'nothing', namespace: 'nothing' } : undefined,
		);
		onLoad({ filter: /^/, namespace: 'nothing' }, () => ({ contents: '' }));
	},
};

const commandsFolder = 'src/cli/commands';

/**
 * Commands that hooks and CI run often, and the one with a library of its own: each in a file of its own, so that they start without the code of
 * the others. What `status` does where something happened needs what `hook` needs.
 */
const quick = [
	{ modules: ['check'], raw: 36 * kib, gzip: 14 * kib },
	{ modules: ['health'], raw: 116 * kib, gzip: 44 * kib },
	{ modules: ['hook', 'statusInFull'], raw: 118 * kib, gzip: 44 * kib },
	{ modules: ['mcp'], raw: 112 * kib, gzip: 42 * kib },
	{ modules: ['status'], raw: 40 * kib, gzip: 16 * kib },
];

/** The code of the commands, apart from the program that reads their arguments. */
const commands = [
	...quick.map((command) => ({ ...command, name: `cli/${command.modules[0]}` })),
	{
		name: 'cli/others',
		modules: readdirSync(commandsFolder)
			.filter((file) => /^\w+\.ts$/.test(file))
			.map((file) => path.basename(file, '.ts'))
			.filter((name) => !quick.some(({ modules }) => modules.includes(name))),
		raw: 260 * kib,
		gzip: 92 * kib,
	},
];

/** Has them loaded from their files by whoever imports them at need. */
const apart = {
	name: 'commands',
	setup({ onResolve, initialOptions }) {
		const upwards = initialOptions.entryNames?.includes('/') ? '../' : './';
		onResolve({ filter: /^\.\/.*\.ts$/ }, ({ path: wanted, resolveDir, kind }) => {
			const file = path.resolve(resolveDir, wanted);
			if (kind !== 'dynamic-import' || path.dirname(file) !== path.resolve(commandsFolder)) return undefined;
			const { name } = commands.find(({ modules }) => modules.includes(path.basename(file, '.ts')));
			return { path: `${upwards}${name}.js`, external: true };
		});
	},
};

/** One line for each shipped program: its source, how it is built, and the most that it may weigh, in bytes. */
const programs = [
	...libraries,
	...commands.map((command) => ({
		...command,
		packages: command.modules.map((name) => `./${commandsFolder}/${name}.ts`),
		options: { ...node, plugins: [shared, apart] },
	})),
	{
		name: 'extension',
		source: 'src/extension/extension.ts',
		raw: 200_000,
		gzip: 70 * kib,
		options: { ...node, external: ['vscode'], plugins: [shared, rare] },
	},
	{
		name: 'rare',
		source: 'src/extension/rare.ts',
		raw: 190 * kib,
		gzip: 72 * kib,
		options: { ...node, external: ['vscode'], plugins: [shared] },
	},
	{
		name: 'cli',
		source: 'src/cli/cli.ts',
		raw: 56 * kib,
		gzip: 16 * kib,
		options: { ...node, banner: { js: '#!/usr/bin/env node' }, plugins: [shared, apart, noPrograms] },
	},
	{ name: 'action', source: 'src/action/action.ts', raw: 640 * kib, gzip: 216 * kib, options: node },
	{ name: 'dashboard', source: 'src/dashboard/main.tsx', raw: 72 * kib, gzip: 24 * kib, options: browser },
];

const { values } = parseArgs({ options: { watch: { type: 'boolean', default: false }, into: { type: 'string' } } });
const { watch, into = 'dist' } = values;

const optionsOf = ({ name, source, packages, options }) => ({
	...options,
	...(source
		? { entryPoints: { [name]: source } }
		: {
				stdin: {
					contents: packages.map((it) => `export * from '${it}';`).join('\n'),
					resolveDir: '.',
					sourcefile: name,
				},
				entryNames: name,
			}),
	outdir: into,
	bundle: true,
	minify: !watch,
	// For reading a user's stack trace; beside the file, not in the package.
	sourcemap: watch || values.into ? 'linked' : 'external',
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
});

/** @returns what is wrong, as sentences */
function weigh() {
	const problems = [];
	for (const { name, source, raw, gzip } of programs) {
		const files = [path.join(into, `${name}.js`), path.join(into, `${name}.css`)]
			.filter((file) => existsSync(file))
			.map((file) => readFileSync(file));
		const bytes = files.reduce((sum, file) => sum + file.length, 0);
		const packed = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
		console.log(`dist/${name.padEnd(14)} ${shown(bytes)} of ${shown(raw)}   gzip ${shown(packed)} of ${shown(gzip)}`);
		if (bytes > raw || packed > gzip) {
			problems.push(
				`dist/${name} weighs ${shown(bytes).trim()} (gzip ${shown(packed).trim()}), more than its budget of ${shown(raw).trim()} (${shown(gzip).trim()}): see what ${source ?? name} pulls in, or raise the budget in esbuild.mjs.`,
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
	await rm(into, { recursive: true, force: true });
	try {
		await Promise.all(programs.map((program) => esbuild.build(optionsOf(program))));
		await chmod(path.join(into, 'cli.js'), 0o755);
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
