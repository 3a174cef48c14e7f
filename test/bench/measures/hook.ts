// What the commit hook adds to `git commit`, with a session whose trailer it writes and without one.
import path from 'node:path';
import { openRepository } from '../../support/repository.ts';
import { makeRepository } from '../makeRepository.ts';
import { cli, measure, median, type Row, shown, timed } from '../measure.ts';

const ROUNDS = 60;
const GOAL_MS = 8;

void measure(async (folder) => {
	const kinds = ['bare', 'quiet', 'running'] as const;
	const places = Object.fromEntries(kinds.map((kind) => [kind, path.join(folder, kind)]));
	for (const kind of kinds) {
		await makeRepository(places[kind]!);
		if (kind !== 'bare') timed([process.execPath, cli, 'setup', '--yes', '--only', 'hook'], places[kind]!);
		if (kind === 'running') timed([process.execPath, cli, 'start'], places[kind]!);
	}
	const times: Record<string, number[]> = { bare: [], quiet: [], running: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const kind of kinds) {
			const commit = ['git', 'commit', '--quiet', '--allow-empty', '--message', `wip: ${round}`];
			times[kind]!.push(timed(commit, places[kind]!));
		}
	}
	const message = await openRepository(places.running!).git('log', '-1', '--format=%B');
	if (!message.includes('Session-Id: ')) throw new Error('The hook wrote no trailer.');
	const bare = median(times.bare!);
	const added = (kind: string) => median(times[kind]!) - bare;
	const row: Row = {
		what: 'commit hook, added to `git commit`',
		goal: `< ${GOAL_MS} ms`,
		figure: `${shown(added('running'))} with a trailer, ${shown(added('quiet'))} without a session`,
		beside: `bare git commit ${shown(bare)}`,
		holds: added('running') < GOAL_MS && added('quiet') < GOAL_MS,
		values: { trailerMs: added('running'), quietMs: added('quiet'), bareMs: bare },
	};
	return [row];
});
