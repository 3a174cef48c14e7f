// A session that is created and one that is updated, durable when the call returns, beside the raw writes that durability costs; and one
// that is started by hand, for which git is asked who the author is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { discardSession } from '../../../src/app/end.ts';
import type { Host } from '../../../src/app/host.ts';
import { noteActivity } from '../../../src/app/observe.ts';
import { startSession } from '../../../src/app/start.ts';
import { placeOf, transact } from '../../../src/app/transact.ts';
import { Workspace } from '../../../src/app/workspace.ts';
import { git } from '../../../src/git/run.ts';
import { makeRepository } from '../makeRepository.ts';
import { measure, median, quantile, type Row, shown } from '../measure.ts';
import { quietHost } from '../quietHost.ts';
import { syncs, writeRaw } from '../writeRaw.ts';

const ROUNDS = 1000;
/** What asks git takes longer, and its median is told: every so many rounds are enough. */
const BY_HAND_EVERY = 5;
const GOAL_MS = 5;
const PERSON = { name: 'Test Author', email: 'test@example.com' };

type Kind = 'created' | 'updated';

void measure(async (folder) => {
	const command = await repository(path.join(folder, 'command'), quietHost);
	const window = await repository(path.join(folder, 'window'), { ...quietHost, trouble: () => {} });
	const byHand = { started: [] as number[], asked: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const it of [command, window]) await once(it);
		if (round % BY_HAND_EVERY !== 0) continue;
		byHand.started.push(await clocked(() => startSession(command.workspace)));
		byHand.asked.push(await clocked(() => git(command.root, ['var', 'GIT_AUTHOR_IDENT'])));
		await discard(command.workspace);
	}
	return [
		...(['created', 'updated'] as const).flatMap((kind) => [
			durable(`session ${kind}, durable, by a command or a hook`, kind, command),
			durable(`session ${kind}, durable, in an editor that never waits for the disk`, kind, window),
		]),
		hand(byHand),
	];
});

interface Measured {
	root: string;
	workspace: Workspace;
	created: number[];
	updated: number[];
	raw: number[];
}

async function repository(root: string, host: Host): Promise<Measured> {
	await makeRepository(root);
	return { root, workspace: await Workspace.open(root, host), created: [], updated: [], raw: [] };
}

async function once({ root, workspace, ...times }: Measured): Promise<void> {
	times.created.push(await clocked(() => create(workspace)));
	times.updated.push(await clocked(() => noteActivity(workspace, PERSON)));
	const text = readFileSync(path.join(root, '.cursor/data/session_state.json'), 'utf8');
	const sync = workspace.host.trouble ? syncs.byThread : syncs.inPlace;
	times.raw.push(await clocked(() => writeRaw(path.join(root, '.cursor/data/raw'), text, sync)));
	await discard(workspace);
}

function durable(what: string, kind: Kind, measured: Measured): Row {
	const [times, rawTimes] = [measured[kind], measured.raw];
	const [p99, raw] = [quantile(times, 0.99), quantile(rawTimes, 0.99)];
	return {
		what,
		goal: `p99 < ${GOAL_MS} ms`,
		figure: `p99 ${shown(p99)}, median ${shown(median(times))}`,
		beside: `write, fsync, rename, fsync of the same bytes, likewise: p99 ${shown(raw)}, median ${shown(median(rawTimes))}`,
		holds: p99 < GOAL_MS,
		values: { p99Ms: p99, medianMs: median(times), rawP99Ms: raw, rawMedianMs: median(rawTimes) },
	};
}

function hand({ started, asked }: { started: number[]; asked: number[] }): Row {
	const rest = median(started) - median(asked);
	return {
		what: "session started by hand, beyond git's answer who the author is",
		goal: `median < ${GOAL_MS} ms`,
		figure: `${shown(rest)} (${shown(median(started))} in all)`,
		beside: `git var ${shown(median(asked))}`,
		holds: rest < GOAL_MS,
		values: { medianMs: median(started), gitMs: median(asked) },
	};
}

/** As an agent's hook does, which knows the author. */
function create(workspace: Workspace): Promise<unknown> {
	return transact(workspace, ({ reduce }) => {
		const at = workspace.host.now();
		reduce({ type: 'activity', author: PERSON, at, place: placeOf(workspace, 'main'), starts: true, agent: 'cursor' });
	});
}

async function discard(workspace: Workspace): Promise<void> {
	const { here } = await noteActivity(workspace, PERSON);
	await discardSession(workspace, here!.id);
}

async function clocked(work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}
