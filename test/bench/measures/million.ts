// What a replay of a million commits takes, beside one of 100,000: its peak of memory, and whether its time is linear.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateHistory } from '../generateHistory.ts';
import { cli, measure, type Row, shown } from '../measure.ts';

const GOAL_BYTES = 300e6;
/** How much more a commit may cost in the longer history. */
const LINEAR = 1.25;
const MILLION = 1_000_000;

void measure(async (folder) => {
	const costs: { bytes: number; cpuMs: number }[] = [];
	for (const commits of [MILLION / 10, MILLION]) {
		const repository = path.join(folder, String(commits));
		mkdirSync(repository);
		await generateHistory(repository, { commits, trailers: true, lean: true });
		const file = path.join(folder, `${commits}.json`);
		const { status, stderr } = spawnSync(
			process.execPath,
			['--require', path.resolve('test/bench/peak.cjs'), cli, 'replay'],
			{ cwd: repository, env: { ...process.env, AUTO_PR_BENCH_PEAK: file }, maxBuffer: 1 << 30 },
		);
		if (status !== 0) throw new Error(`replay ended with ${status}: ${stderr}`);
		costs.push(JSON.parse(readFileSync(file, 'utf8')));
	}
	const [small, large] = costs as [(typeof costs)[0], (typeof costs)[0]];
	const growth = large.cpuMs / small.cpuMs / 10;
	const row: Row = {
		what: '`replay`, 1,000,000 commits',
		goal: 'memory < 300 MB, linear',
		figure: `${(large.bytes / 1e6).toFixed(0)} MB, ${growth.toFixed(2)} x the CPU time for each commit`,
		beside: `100,000 commits: ${(small.bytes / 1e6).toFixed(0)} MB, ${shown(small.cpuMs)} of CPU time`,
		holds: large.bytes < GOAL_BYTES && growth < LINEAR,
		values: { bytes: large.bytes, growth, cpuMs: large.cpuMs },
	};
	return [row];
});
