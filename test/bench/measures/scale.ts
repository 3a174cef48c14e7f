// Whether the figures hold in large repositories: 1,000 pull requests in one session, 500 open sessions, 200 writers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { noteActivity } from '../../../src/app/observe.ts';
import { startSession } from '../../../src/app/start.ts';
import { Workspace } from '../../../src/app/workspace.ts';
import type { Session } from '../../../src/core/session.ts';
import { makeRepository as begin } from '../makeRepository.ts';
import { cli, measure, median, type Row, shown, timed } from '../measure.ts';
import { quietHost } from '../quietHost.ts';
import { syncs, writeRaw } from '../writeRaw.ts';

const GOAL = 2;
const ROUNDS = 60;
const PROCESSES = 20;
const STORES = 10;
const UPDATES = 10;
const PERSON = { name: 'Test Author', email: 'test@example.com' };

/** Ten windows in one process, which write at once. */
const WRITER = `
import { openStore } from './src/store/sessionStore.ts';
const [root, name, stores, times] = process.argv.slice(2);
const write = async (window) => {
	const store = openStore(root, { patienceMs: 120_000 });
	for (let n = 0; n < Number(times); n++) await store.update((state) => void state.told.set(name + window, String(n)));
};
void Promise.all(Array.from({ length: Number(stores) }, (_, n) => write(n)));
`;

void measure(async (folder) => {
	const small = await makeRepository(path.join(folder, 'small'), () => {});
	const wide = await makeRepository(path.join(folder, 'wide'), (_, here) => {
		here.pullRequests = Array.from({ length: 1000 }, (_, n) => n + 1);
	});
	const many = await makeRepository(path.join(folder, 'many'), (sessions, here) => {
		for (let n = 0; n < 500; n++) {
			sessions.push({
				...here,
				id: `other${n}-20251119-1430`,
				author: `Other ${n}`,
				identity: `other${n}@example.com`,
				workingCopy: `/home/other${n}`,
			});
		}
	});
	const updates = await interleaved([small, wide, many], async ({ workspace }) => {
		const begun = performance.now();
		await noteActivity(workspace, PERSON);
		return performance.now() - begun;
	});
	const statuses = await interleaved([small, wide, many], ({ root }) => timed([process.execPath, cli, 'status'], root));
	const alone = updates[0]!;
	const crowd = await crowded(folder, small.root);
	return [
		row('an update with 1,000 pull requests in the session', updates[1]!, alone),
		row('`status` with 1,000 pull requests in the session', statuses[1]!, statuses[0]!),
		row(
			'an update with 500 sessions open',
			updates[2]!,
			alone,
			`; the least for its file: ${shown(await least(many.root))}`,
		),
		row('`status` with 500 sessions open', statuses[2]!, statuses[0]!),
		row(
			`an update among ${PROCESSES * STORES} writers in ${PROCESSES} processes, each in its turn`,
			crowd.many,
			crowd.one,
		),
	];
});

interface Made {
	root: string;
	workspace: Workspace;
}

/** A repository with a session, changed as the case needs it. */
async function makeRepository(root: string, change: (sessions: Session[], here: Session) => void): Promise<Made> {
	await begin(root);
	const workspace = await Workspace.open(root, quietHost);
	await startSession(workspace);
	await workspace.store.update(({ sessions }) => change(sessions, sessions[0]!));
	return { root, workspace };
}

/** The median of each, ms, measured turn and turn about. */
async function interleaved(all: Made[], once: (made: Made) => Promise<number> | number): Promise<number[]> {
	const times = all.map((): number[] => []);
	for (let round = 0; round < ROUNDS / 2; round++) {
		for (const [index, made] of all.entries()) times[index]!.push(await once(made));
	}
	return times.map(median);
}

/** Time for each update, ms, from the first process to the end of the last: one process alone, and all of them. */
async function crowded(folder: string, root: string): Promise<{ one: number; many: number }> {
	const writer = path.join(folder, 'writer.cjs');
	await build({
		stdin: { contents: WRITER, resolveDir: process.cwd(), loader: 'ts' },
		outfile: writer,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		logLevel: 'error',
	});
	const run = async (processes: number, times: number) => {
		const begun = performance.now();
		const children = Array.from({ length: processes }, (_, n) =>
			spawn(process.execPath, [writer, root, `w${n}-`, String(STORES), String(times)], {
				stdio: ['ignore', 'ignore', 'inherit'],
			}),
		);
		const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
		if (codes.some((code) => code !== 0)) throw new Error('A writer failed.');
		return (performance.now() - begun) / (processes * STORES * times);
	};
	// As many updates in one process as in all, so that starting it weighs as little.
	return { one: await run(1, UPDATES * PROCESSES), many: await run(PROCESSES, UPDATES) };
}

/** What reading, parsing, formatting and durably writing the state file takes at least, whatever is done in between: median, ms. */
async function least(root: string): Promise<number> {
	const file = path.join(root, '.cursor/data/session_state.json');
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const begun = performance.now();
		await writeRaw(`${file}.least`, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))), syncs.inPlace);
		times.push(performance.now() - begun);
	}
	return median(times);
}

function row(what: string, own: number, alone: number, limit = ''): Row {
	const ratio = own / alone;
	return {
		what,
		goal: `no worse than ${GOAL} x`,
		figure: `${ratio.toFixed(2)} x (${shown(own)})`,
		beside: `${shown(alone)}${limit}`,
		holds: ratio <= GOAL,
		values: { ratio, ms: own, aloneMs: alone },
	};
}
