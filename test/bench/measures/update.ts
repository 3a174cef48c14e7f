// A session that is created and one that is updated, durable when the call returns, beside the raw writes that durability costs.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { discardSession } from '../../../src/app/end.ts';
import { noteActivity } from '../../../src/app/observe.ts';
import { startSession } from '../../../src/app/start.ts';
import { Workspace } from '../../../src/app/workspace.ts';
import { makeRepository } from '../makeRepository.ts';
import { measure, median, quantile, type Row, shown } from '../measure.ts';
import { quietHost } from '../quietHost.ts';

const ROUNDS = 300;
const GOAL_MS = 5;
const PERSON = { name: 'Test Author', email: 'test@example.com' };

void measure(async (folder) => {
	await makeRepository(folder);
	const workspace = await Workspace.open(folder, quietHost);
	const times = { created: [] as number[], updated: [] as number[], raw: [] as number[] };
	const stateFile = path.join(folder, '.cursor/data/session_state.json');
	for (let round = 0; round < ROUNDS; round++) {
		times.created.push(await clocked(() => startSession(workspace)));
		times.updated.push(await clocked(() => noteActivity(workspace, PERSON)));
		const text = readFileSync(stateFile);
		times.raw.push(await clocked(async () => writeRaw(path.join(folder, '.cursor/data/raw'), text)));
		const { here } = await noteActivity(workspace, PERSON);
		await discardSession(workspace, here!.id);
	}
	const raw = quantile(times.raw, 0.99);
	return (['created', 'updated'] as const).map((what): Row => {
		const p99 = quantile(times[what], 0.99);
		return {
			what: `session ${what}, durable`,
			goal: `p99 < ${GOAL_MS} ms`,
			figure: `p99 ${shown(p99)}, median ${shown(median(times[what]))}`,
			beside: `write, fsync, rename, fsync of the same bytes: p99 ${shown(raw)}, median ${shown(median(times.raw))}`,
			holds: p99 < GOAL_MS,
			values: { p99Ms: p99, medianMs: median(times[what]), rawP99Ms: raw, rawMedianMs: median(times.raw) },
		};
	});
});

async function clocked(work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}

/** The least that a durable replacement of a file takes. */
function writeRaw(file: string, bytes: Buffer): void {
	const temporary = openSync(`${file}.tmp`, 'w');
	writeSync(temporary, bytes);
	fsyncSync(temporary);
	closeSync(temporary);
	renameSync(`${file}.tmp`, file);
	if (process.platform === 'win32') return;
	const folder = openSync(path.dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}
