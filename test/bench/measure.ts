import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One row of the bench's table. */
export interface Row {
	/** What was measured. */
	what: string;
	/** In words, as the table shows it. */
	goal: string;
	/** As the table shows it, with its unit. */
	figure: string;
	/** What it was compared with in the same run, in words. */
	beside?: string;
	holds: boolean;
	/** The figures behind the row, for machines: ms, bytes, counts or ratios, as their names say. */
	values: Record<string, number>;
}

/** Where `bench.ts` waits for the rows of a measure that it started; by itself a measure prints them. */
export const ROWS_FILE = 'AUTO_PR_BENCH_ROWS';

/** Runs a measure: `work` gets a temporary folder, removed afterwards, and gives its rows. */
export async function measure(work: (folder: string) => Promise<Row[]> | Row[]): Promise<void> {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'auto-pr-bench-')));
	try {
		const rows = await work(folder);
		const file = process.env[ROWS_FILE];
		if (file) writeFileSync(file, JSON.stringify(rows));
		else console.table(rows.map(({ values, ...row }) => row));
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** The command line that `npm run build` made. */
export const cli = path.resolve('dist/cli.js');

/** Runs a program to its end and returns how long that took, ms. Any exit code but those of `expected` throws. */
export function timed(command: readonly string[], cwd: string, expected: readonly number[] = [0]): number {
	const begun = performance.now();
	const [file, ...args] = command;
	const { status, stderr } = spawnSync(file!, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 30 });
	const took = performance.now() - begun;
	if (status === null || !expected.includes(status)) {
		throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
	}
	return took;
}

/** The value below which this share of the values lies: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** "12.3 ms", "0.21 µs", "4.2 s". */
export function shown(ms: number): string {
	if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
	if (ms >= 100) return `${ms.toFixed(0)} ms`;
	if (ms >= 0.01) return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
	return `${(ms * 1000).toFixed(3)} µs`;
}
