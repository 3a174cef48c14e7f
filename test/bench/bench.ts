// How fast it is: `npm run bench`, or some measures with `npm run bench -- --only start,hook`. Prints one table of goals and figures;
// --json prints the rows for machines, --markdown the table for docs/performance.md. Needs `npm run package` first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { ROWS_FILE, type Row } from './measure.ts';

/** The most that one measure may take, ms. */
const LIMIT = 6 * 60_000;

const measures = path.join(import.meta.dirname, 'measures');

/** These call the product's code in a process of their own: it is bundled as it is when shipped, with no compiler between the modules. */
const BUNDLED = new Set(['analytics', 'lookup', 'scale', 'update']);

function main(): void {
	const { values } = parseArgs({
		options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, only: { type: 'string' } },
	});
	const all = readdirSync(measures).map((file) => path.basename(file, '.ts'));
	const names = values.only?.split(',') ?? all;
	const unknown = names.filter((name) => !all.includes(name));
	if (unknown.length > 0) {
		console.error(`--only: there is no measure "${unknown.join(', ')}"; there are ${all.join(', ')}.`);
		process.exitCode = 2;
		return;
	}
	const rows: Row[] = [];
	const failed: string[] = [];
	for (const name of names) {
		const found = run(name);
		if (found) rows.push(...found);
		else failed.push(name);
	}
	if (values.json) console.log(JSON.stringify({ node: process.version, platform: process.platform, rows, failed }));
	else if (values.markdown) console.log(markdown(rows));
	else console.table(rows.map(({ values: _, holds, ...row }) => ({ ...row, verdict: verdict(holds) })));
	for (const name of failed) console.error(`The measure "${name}" did not come to an end.`);
	process.exitCode = failed.length > 0 || rows.some(({ holds }) => !holds) ? 1 : 0;
}

/** In a process of its own, so that no measure warms up another. Undefined when it failed or took too long. */
function run(name: string): Row[] | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'auto-pr-bench-'));
	const file = path.join(folder, 'rows.json');
	const begun = performance.now();
	try {
		spawnSync(process.execPath, BUNDLED.has(name) ? [bundled(name)] : [tsx, path.join(measures, `${name}.ts`)], {
			env: { ...process.env, [ROWS_FILE]: file },
			stdio: ['ignore', 'ignore', 'inherit'],
			timeout: LIMIT,
		});
		return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
	} finally {
		console.error(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
		rmSync(folder, { recursive: true, force: true });
	}
}

const tsx = path.resolve('node_modules/tsx/dist/cli.mjs');

/** Where packages are found, too. */
function bundled(name: string): string {
	const outfile = path.resolve('node_modules', '.cache', 'bench', `${name}.cjs`);
	const entryPoints = [path.join(measures, `${name}.ts`)];
	buildSync({
		...{ entryPoints, outfile, bundle: true, minify: true, packages: 'external' },
		...{ platform: 'node', format: 'cjs', target: 'node20.18', supported: { 'dynamic-import': false } },
	});
	return outfile;
}

function markdown(rows: readonly Row[]): string {
	return [
		'| what | goal | figure | beside it, in the same run | |',
		'| --- | --- | --- | --- | --- |',
		...rows.map((row) => `| ${row.what} | ${row.goal} | ${row.figure} | ${row.beside ?? ''} | ${verdict(row.holds)} |`),
	].join('\n');
}

function verdict(holds: boolean): string {
	return holds ? 'holds' : 'missed';
}

main();
