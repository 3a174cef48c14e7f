import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { UserError } from '../../src/core/userError.ts';
import { findDesktop } from '../editor/desktop.ts';
import { root } from '../editor/paths.ts';
import { makeShop } from '../editor/shop.ts';
import { removeFolder, temporaryFolder } from '../editor/temporary.ts';
import { runInDesktop } from './desktopHost.ts';
import type { HostRun } from './hostRun.ts';
import { runInWorkbench } from './workbenchHost.ts';

/** One start of the extension host for each of these: the suites beside this file, in a window with one repository. */
const variants: { name: string; suites: string; repositories: number; settings: Record<string, unknown> }[] = [
	{ name: 'one folder', suites: 'test/host', repositories: 1, settings: {} },
	{
		name: 'two folders, no git extension',
		suites: 'test/host/folders',
		repositories: 2,
		settings: { 'git.enabled': false },
	},
];

interface Outcome {
	passes: number;
	failures: number;
	pending: number;
}

/** Bundles suites for the host, which loads CommonJS and gives them `vscode`. */
async function bundle(suites: string): Promise<string> {
	const outdir = path.join(root, 'dist-test', path.relative('test', suites));
	// Else a suite that was deleted or renamed would still run.
	removeFolder(outdir);
	await build({
		absWorkingDir: root,
		entryPoints: ['test/host/index.ts', `${suites}/*.test.ts`],
		entryNames: '[name]',
		outdir,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20.18',
		external: ['vscode', 'mocha'],
		sourcemap: 'inline',
		logLevel: 'warning',
	});
	return path.join(outdir, 'index.js');
}

async function runVariant(variant: (typeof variants)[number]): Promise<Outcome> {
	const repositories = await Promise.all(Array.from({ length: variant.repositories }, makeShop));
	const results = temporaryFolder();
	const resultFile = path.join(results, 'result.json');
	const token = randomUUID();
	try {
		const run: HostRun = {
			tests: await bundle(variant.suites),
			folders: repositories.map(({ root: folder }) => folder),
			settings: variant.settings,
			env: { AUTO_PR_TEST_RESULT: resultFile, AUTO_PR_TEST_TOKEN: token },
		};
		const desktop = await findDesktop();
		if ('why' in desktop) {
			console.error(`[editor] web workbench, for there is no desktop editor: ${desktop.why}`);
		}
		const exit = 'why' in desktop ? await runInWorkbench(run) : await runInDesktop(desktop.executable, run);
		const outcome = existsSync(resultFile)
			? (JSON.parse(readFileSync(resultFile, 'utf8')) as Outcome & { token: string })
			: undefined;
		if (outcome?.token !== token || outcome.passes + outcome.failures === 0) {
			throw new Error(`The extension host ended with ${exit} before its suites had run to the end.`);
		}
		// Something besides a test failed, such as a rejection that nobody handled.
		const hidden = exit !== 0 && outcome.failures === 0 ? 1 : 0;
		return { ...outcome, failures: outcome.failures + hidden };
	} finally {
		await Promise.all(repositories.map((repository) => repository.dispose()));
		removeFolder(results);
	}
}

async function main(): Promise<void> {
	if (!existsSync(path.join(root, 'dist/extension.js'))) {
		throw new UserError('There is no dist/extension.js: make it with "npm run build".');
	}
	const total: Outcome = { passes: 0, failures: 0, pending: 0 };
	for (const variant of variants) {
		console.log(`\n  Extension host, ${variant.name}`);
		const { passes, failures, pending } = await runVariant(variant);
		total.passes += passes;
		total.failures += failures;
		total.pending += pending;
	}
	reportCounts(total);
}

/** Tells `test/run.mjs` how many tests passed. */
function reportCounts(counts: Outcome): void {
	process.exitCode = counts.failures > 0 ? 1 : 0;
	if (process.env.AUTO_PR_TEST_COUNTS) {
		writeFileSync(process.env.AUTO_PR_TEST_COUNTS, JSON.stringify(counts));
	}
}

main().catch((error) => {
	if (!(error instanceof UserError)) {
		throw error;
	}
	console.error(error.message);
	// On somebody's machine an editor may be missing; where every change is judged, it must not.
	reportCounts(process.env.CI ? { passes: 0, failures: 1, pending: 0 } : { passes: 0, failures: 0, pending: 1 });
});
