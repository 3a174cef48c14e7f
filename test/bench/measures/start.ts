// How long the commands that hooks and CI run most take as whole processes, beside a node that does nothing.

import { makeRepository } from '../makeRepository.ts';
import { cli, measure, median, type Row, shown, timed } from '../measure.ts';

const ROUNDS = 61;
const GOAL = 1.25;

void measure(async (folder) => {
	await makeRepository(folder);
	const node = process.execPath;
	timed([node, cli, 'start'], folder);
	const check = [node, cli, 'check', '--title', 'wip: cart', '--author', 'alice'];
	// A running session has the pull request wait: exit code 1.
	const commands = { bare: [node, '-e', '0'], check, status: [node, cli, 'status'] };
	const times: Record<keyof typeof commands, number[]> = { bare: [], check: [], status: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, command] of Object.entries(commands)) {
			times[name as keyof typeof commands].push(timed(command, folder, [0, 1]));
		}
	}
	const bare = median(times.bare);
	return (['check', 'status'] as const).map((name): Row => {
		const own = median(times[name]);
		const ratio = own / bare;
		return {
			what: `\`auto-pr ${name}\`, whole process`,
			goal: `< ${GOAL} x a bare \`node -e 0\``,
			figure: `${ratio.toFixed(2)} x (${shown(own)})`,
			beside: `bare node ${shown(bare)}`,
			holds: ratio < GOAL,
			values: { ratio, ms: own, bareMs: bare },
		};
	});
});
