// Runs everything that judges a change and adds it up: `npm test`, or some stages with `npm test -- --only unit,host`.
// The last line is "N passed, N failed", with ", N skipped" if there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const root = path.resolve(import.meta.dirname, '..');
const mocha = ['mocha', '--reporter', './test/reporter.cjs', '--reporter-option'];

/** A stage runs a package's program with Node. `counts`: it says how many tests passed; else it passes or fails. */
const stages = [
	{ name: 'lint', run: ['@biomejs/biome', 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'] },
	{ name: 'types', run: ['typescript-native#tsc'] },
	{ name: 'layers', run: ['dependency-cruiser#depcruise', 'src'] },
	{ name: 'unused', run: ['knip'] },
	{ name: 'build', file: 'esbuild.mjs' },
	{ name: 'unit', run: [...mocha, 'shown=dot'], counts: true },
	{
		name: 'package',
		run: [
			'@vscode/vsce#vsce',
			'package',
			'--no-dependencies',
			'--no-rewrite-relative-links',
			'--allow-missing-repository',
			'--out',
			'auto-pr-sessions.vsix',
		],
		needs: ['build'],
	},
	{ name: 'editor', run: ['tsx', 'test/editor/provision.ts'], optional: true },
	{
		name: 'dashboard',
		run: [
			...mocha,
			'shown=spec',
			'--no-config',
			...['--require', 'tsx', '--timeout', '120000', '--forbid-only'],
			'test/dashboard/**/*.test.ts',
		],
		counts: true,
		needs: ['build', 'editor'],
	},
	{ name: 'host', run: ['tsx', 'test/host/run.ts'], counts: true, needs: ['build'] },
	{
		name: 'workbench',
		run: [
			...mocha,
			'shown=spec',
			'--no-config',
			...['--require', 'tsx', '--require', './test/workbench/hooks.ts'],
			...['--timeout', '120000', '--forbid-only'],
			'test/workbench/**/*.test.ts',
		],
		counts: true,
		needs: ['package', 'editor'],
	},
];

/** The file that npm would run for `package` or `package#program`. */
function programOf(spec) {
	const [name, program = name.split('/').at(-1)] = spec.split('#');
	const folder = path.join(root, 'node_modules', name);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	return path.join(folder, typeof bin === 'string' ? bin : bin[program]);
}

/** @returns counts of tests */
function runStage({ name, run, file, counts }, folder) {
	const countsFile = path.join(folder, `${name}.json`);
	const args = file ? [path.join(root, file)] : [programOf(run[0]), ...run.slice(1)];
	const env = { ...process.env, AUTO_PR_TEST_COUNTS: countsFile };
	const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
	const counted = counts && existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : undefined;
	const { passes = 0, failures = 0, pending = 0 } = counted ?? {};
	// A stage that broke, or that was to count and did not, is a failure of its own.
	const broke = failures === 0 && (status !== 0 || (counts && passes + pending === 0));
	return { passes, failures: failures + (broke ? 1 : 0), pending };
}

function chosen() {
	const at = process.argv.indexOf('--only');
	if (at < 0) {
		return stages;
	}
	const names = (process.argv[at + 1] ?? '').split(',');
	const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
	if (unknown.length > 0) {
		console.error(
			`--only: there is no stage "${unknown.join(', ')}"; there are ${stages.map(({ name }) => name).join(', ')}.`,
		);
		process.exit(2);
	}
	return stages.filter(({ name }) => names.includes(name));
}

const total = { passes: 0, failures: 0, pending: 0 };
const failed = [];
const folder = mkdtempSync(path.join(tmpdir(), 'apr-counts-'));

for (const stage of chosen()) {
	console.log(`\n== ${stage.name}`);
	const started = performance.now();
	const missing = (stage.needs ?? []).find((need) => failed.includes(need));
	// An optional stage fails only those that need it, and on a person's machine those are skipped.
	const skip = missing && !process.env.CI && stages.find(({ name }) => name === missing).optional;
	if (missing) {
		console.log(`Not run, because the stage "${missing}" failed.`);
	}
	const counts = missing ? { passes: 0, failures: skip ? 0 : 1, pending: skip ? 1 : 0 } : runStage(stage, folder);
	if (counts.failures > 0) {
		failed.push(stage.name);
	}
	if (!(stage.optional && counts.failures > 0)) {
		for (const key of Object.keys(total)) {
			total[key] += counts[key];
		}
	}
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	console.log(`== ${stage.name}: ${counts.failures > 0 ? 'FAILED' : skip ? 'skipped' : 'ok'}, ${seconds} s`);
}
rmSync(folder, { recursive: true, force: true });

console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '');
process.exitCode = total.failures > 0 ? 1 : 0;
console.log(`${total.passes} passed, ${total.failures} failed${total.pending > 0 ? `, ${total.pending} skipped` : ''}`);
