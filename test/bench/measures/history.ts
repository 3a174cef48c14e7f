// `replay` and `rebuild` over 100,000 commits, beside the bare `git log` that feeds them.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { LOG_FORMAT } from '../../../src/git/logFormat.ts';
import { generateHistory } from '../generateHistory.ts';
import { cli, measure, median, type Row, shown, timed } from '../measure.ts';

const COMMITS = 100_000;
const ROUNDS = 3;
const GOAL = 1.25;

void measure(async (folder) => {
	await generateHistory(folder, { commits: COMMITS, trailers: true });
	const log = ['git', 'log', '--reverse', '--date-order', ...LOG_FORMAT, 'HEAD', '--'];
	const commands = {
		log,
		replay: [process.execPath, cli, 'replay', '--json'],
		rebuild: [process.execPath, cli, 'rebuild'],
	};
	const times: Record<string, number[]> = { log: [], replay: [], rebuild: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, command] of Object.entries(commands)) {
			times[name]!.push(timed(command, folder));
			// What is recorded already would not be rebuilt.
			for (const made of ['docs/metrics', '.cursor']) rmSync(path.join(folder, made), { recursive: true, force: true });
		}
	}
	timed(commands.rebuild, folder);
	if (!existsSync(path.join(folder, 'docs/metrics'))) throw new Error('Nothing was rebuilt.');
	const bare = median(times.log!);
	return ['replay', 'rebuild'].map((name): Row => {
		const own = median(times[name]!);
		const ratio = own / bare;
		return {
			what: `\`${name}\`, ${COMMITS.toLocaleString('en-US')} commits`,
			goal: `< ${GOAL} x the bare git log`,
			figure: `${ratio.toFixed(2)} x (${shown(own)})`,
			beside: `bare git log ${shown(bare)}`,
			holds: ratio < GOAL,
			values: { ratio, ms: own, bareMs: bare },
		};
	});
});
