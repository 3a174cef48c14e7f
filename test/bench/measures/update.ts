// A session that is created and one that is updated, durable when the call returns, beside the raw writes that durability costs; and one
// that is started by hand, for which git is asked who the author is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { discardSession } from '../../../src/app/end.ts';
import { noteActivity } from '../../../src/app/observe.ts';
import { startSession } from '../../../src/app/start.ts';
import { placeOf, transact } from '../../../src/app/transact.ts';
import { Workspace } from '../../../src/app/workspace.ts';
import { git } from '../../../src/git/run.ts';
import { makeRepository } from '../makeRepository.ts';
import { measure, median, quantile, type Row, shown } from '../measure.ts';
import { quietHost } from '../quietHost.ts';
import { writeRaw } from '../writeRaw.ts';

const ROUNDS = 1000;
/** What asks git takes longer, and its median is told: every so many rounds are enough. */
const BY_HAND_EVERY = 5;
const GOAL_MS = 5;
const PERSON = { name: 'Test Author', email: 'test@example.com' };

void measure(async (folder) => {
	await makeRepository(folder);
	const workspace = await Workspace.open(folder, quietHost);
	const times = { created: [] as number[], updated: [] as number[], raw: [] as number[] };
	const byHand = { started: [] as number[], asked: [] as number[] };
	const stateFile = path.join(folder, '.cursor/data/session_state.json');
	for (let round = 0; round < ROUNDS; round++) {
		times.created.push(await clocked(() => create(workspace)));
		times.updated.push(await clocked(() => noteActivity(workspace, PERSON)));
		const text = readFileSync(stateFile, 'utf8');
		times.raw.push(await clocked(async () => writeRaw(path.join(folder, '.cursor/data/raw'), text)));
		await discard(workspace);
		if (round % BY_HAND_EVERY !== 0) continue;
		byHand.started.push(await clocked(() => startSession(workspace)));
		byHand.asked.push(await clocked(() => git(folder, ['var', 'GIT_AUTHOR_IDENT'])));
		await discard(workspace);
	}
	return [...(['created', 'updated'] as const).map((what) => durable(what, times[what], times.raw)), hand(byHand)];
});

function durable(what: string, times: readonly number[], rawTimes: readonly number[]): Row {
	const [p99, raw] = [quantile(times, 0.99), quantile(rawTimes, 0.99)];
	return {
		what: `session ${what}, durable`,
		goal: `p99 < ${GOAL_MS} ms`,
		figure: `p99 ${shown(p99)}, median ${shown(median(times))}`,
		beside: `write, fsync, rename, fsync of the same bytes: p99 ${shown(raw)}, median ${shown(median(rawTimes))}`,
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
