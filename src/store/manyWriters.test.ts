import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { openStore } from './sessionStore.ts';
import { aSession } from './testSessions.ts';

/** What a child process does: updates, one after the other, each told on a line once it is acknowledged. */
const WRITER = `
import { openStore } from './sessionStore.ts';
const [root, name, times] = process.argv.slice(2);
const store = openStore(root, { patienceMs: 60_000 });
(async () => {
	for (let n = 0; n < Number(times); n++) {
		await store.update((state) => void state.told.set(name + '-' + n, 'x'));
		process.stdout.write(name + '-' + n + '\\n');
	}
})();
`;

/** Takes the lock, says so, and never lets go. */
const HOLDER = `
import { openStore } from './sessionStore.ts';
void openStore(process.argv[2]).update(() => new Promise(() => { process.stdout.write('held\\n'); setInterval(() => {}, 1000); }));
`;

describe('many writers of one store', function () {
	this.timeout(120_000);
	let top: string;
	let root: string;

	before(async () => {
		top = realpathSync(mkdtempSync(join(tmpdir(), 'auto-pr-writers-')));
		// Bundled once: starting twenty compilers would take longer than all the updates.
		for (const [name, contents] of Object.entries({ writer: WRITER, holder: HOLDER })) {
			await build({
				stdin: { contents, resolveDir: join(process.cwd(), 'src', 'store'), loader: 'ts' },
				outfile: join(top, `${name}.cjs`),
				bundle: true,
				platform: 'node',
				format: 'cjs',
				target: 'node20',
			});
		}
	});
	after(() => rmSync(top, { recursive: true, force: true }));
	beforeEach(() => {
		root = mkdtempSync(join(top, 'repository-'));
	});

	const run = (name: string, ...args: string[]): ChildProcess =>
		spawn(process.execPath, [join(top, `${name}.cjs`), root, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

	/** What a child has printed, in full lines, once it ended. */
	async function linesOf(child: ChildProcess): Promise<string[]> {
		let output = '';
		child.stdout!.setEncoding('utf8').on('data', (part: string) => {
			output += part;
		});
		await once(child, 'close');
		return output.split('\n').slice(0, -1);
	}

	const files = () => readdirSync(join(root, '.cursor', 'data'));

	it('loses none of the 400 updates of 20 processes', async () => {
		const writers = Array.from({ length: 20 }, (_, n) => linesOf(run('writer', `w${n}`, '20')));
		const acknowledged = (await Promise.all(writers)).flat();
		assert.equal(acknowledged.length, 400);
		const { told } = await openStore(root).read();
		assert.deepEqual([...told.keys()].sort(), acknowledged.sort());
		assert.deepEqual(files(), ['session_state.json']);
	});

	it('goes on at once after a holder was killed', async () => {
		const holder = run('holder');
		await once(holder.stdout!, 'data');
		await assert.rejects(
			openStore(root, { patienceMs: 50 }).update(() => {}),
			{ name: 'UserError', message: new RegExp(`process ${holder.pid} on .* has held it since`) },
		);
		holder.kill('SIGKILL');
		await once(holder, 'close');
		await openStore(root).update((state) => void state.sessions.push(aSession()));
		assert.deepEqual(files(), ['session_state.json']);
	});

	it('does not take the lock from a holder that is stopped, as by sleep', async function () {
		if (process.platform === 'win32') this.skip(); // Windows cannot stop a process by a signal.
		const holder = run('holder');
		await once(holder.stdout!, 'data');
		holder.kill('SIGSTOP');
		await assert.rejects(
			openStore(root, { patienceMs: 1500 }).update(() => {}),
			{ name: 'UserError' },
		);
		holder.kill('SIGKILL');
		await once(holder, 'close');
	});

	it('keeps every acknowledged update of writers that are killed at any moment, in a file that can be read', async () => {
		const acknowledged: string[] = [];
		for (let round = 0; round < 12; round++) {
			const writers = [0, 1].map((n) => run('writer', `r${round}w${n}`, '1000'));
			const lines = writers.map(linesOf);
			await Promise.all(writers.map((writer) => once(writer.stdout!, 'data')));
			await sleep(Math.random() * 60);
			for (const writer of writers) writer.kill('SIGKILL');
			acknowledged.push(...(await Promise.all(lines)).flat());
			const { told, recovery } = await openStore(root).read();
			assert.equal(recovery, undefined);
			for (const update of acknowledged) assert.ok(told.has(update), update);
			// One for each writer may have been written and not been acknowledged any more.
			assert.ok(told.size - acknowledged.length <= 2 * (round + 1));
		}
	});

	it('is not misled by a lock that a checkout brought along', async () => {
		await openStore(root).update((state) => void state.told.set('a', 'x'));
		writeFileSync(join(root, '.cursor', 'data', 'session_state.json.lock'), '{"token": "../../../x", "pid": 1}');
		await assert.rejects(
			openStore(root, { patienceMs: 30 }).update(() => {}),
			{ name: 'UserError' },
		);
		assert.deepEqual(readdirSync(root), ['.cursor']);
	});
});
