import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import fc from 'fast-check';
import { completedSession } from '../../src/core/completedSession.ts';
import { openStore } from '../../src/store/sessionStore.ts';
import { aCompletedSession, aSession } from '../../src/store/testSessions.ts';

/** `npm run test:faults`: the whole proof, with figures. In `npm run unit`: the same in short. */
const LONG = process.env.FAULTS === 'long';
const NOW = Date.UTC(2025, 10, 19, 16);

/** Updates, one after the other, each told on a line once it is acknowledged. */
const WRITER = `
import { openStore } from './src/store/sessionStore.ts';
const [root, name, times] = process.argv.slice(2);
const store = openStore(root, { patienceMs: 600_000 });
(async () => {
	for (let n = 0; n < Number(times); n++) {
		await store.update((state) => void state.told.set(name + '-' + n, 'x'));
		process.stdout.write(name + '-' + n + '\\n');
	}
})();
`;

describe('faults, injected for real', function () {
	this.timeout(LONG ? 3_600_000 : 120_000);
	let top: string;
	let root: string;

	before(async () => {
		top = realpathSync(mkdtempSync(join(tmpdir(), 'auto-pr-faults-')));
		const stdin = { contents: WRITER, resolveDir: process.cwd(), loader: 'ts' as const };
		const outfile = join(top, 'writer.cjs');
		await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
	});
	after(() => rmSync(top, { recursive: true, force: true }));
	beforeEach(() => {
		root = mkdtempSync(join(top, 'repository-'));
	});

	const stateFile = () => join(root, '.cursor', 'data', 'session_state.json');
	const open = () => openStore(root, { now: () => NOW });
	const writer = (name: string, times: number) =>
		spawn(process.execPath, [join(top, 'writer.cjs'), root, name, `${times}`], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
	function put(text: string | Uint8Array): void {
		mkdirSync(dirname(stateFile()), { recursive: true });
		writeFileSync(stateFile(), text);
	}

	const [processes, updates] = LONG ? [100, 100] : [8, 10];
	it(`${processes} processes make ${updates} updates each at once: none is lost`, async () => {
		const begun = performance.now();
		const all = Array.from({ length: processes }, (_, n) => linesOf(writer(`w${n}`, updates)));
		const acknowledged = (await Promise.all(all)).flat();
		assert.equal(acknowledged.length, processes * updates);
		const { told } = await open().read();
		assert.deepEqual([...told.keys()].sort(), acknowledged.sort());
		report(`${told.size} of ${processes * updates} updates kept, in ${seconds(begun)}`);
	});

	const kills = LONG ? 500 : 10;
	it(`${kills} writers are killed at random moments: the file can be read, and every acknowledged update is in it`, async () => {
		const acknowledged: string[] = [];
		let extra = 0;
		for (let n = 0; n < kills; n++) {
			const child = writer(`k${n}`, 100_000);
			const lines = linesOf(child);
			await once(child.stdout!, 'data');
			await sleep(Math.random() * 40);
			child.kill('SIGKILL');
			acknowledged.push(...(await lines));
			const { told, recovery, problems } = await open().read();
			assert.deepEqual([recovery, problems], [undefined, []]);
			for (const update of acknowledged) assert.ok(told.has(update), update);
			extra = told.size - acknowledged.length;
			assert.ok(extra <= n + 1, 'written, and killed before it could say so');
			// Every twentieth kill begins anew, so that the file does not grow without end.
			if (n % 20 === 19) {
				acknowledged.length = 0;
				rmSync(dirname(stateFile()), { recursive: true });
			}
		}
		report(`${kills} kills: always readable, no acknowledged update lost`);
	});

	it('a state file that is cut at any byte is set aside, and the backup takes its place', async () => {
		await open().update((state) => void state.sessions.push(aSession()));
		await open().backUp('asked');
		const whole = readFileSync(stateFile());
		const step = LONG ? 1 : 97;
		let cuts = 0;
		for (let length = 0; length < whole.length - 1; length += step, cuts++) {
			put(whole.subarray(0, length));
			const { sessions, recovery } = await open().read();
			assert.deepEqual(
				sessions.map(({ id }) => id),
				['alice-20251119-1430'],
				`cut at byte ${length}`,
			);
			assert.match(recovery!.sentence, /takes its place/);
			for (const name of readdirSync(dirname(stateFile()))) {
				if (name.includes('unreadable')) rmSync(join(dirname(stateFile()), name));
			}
		}
		report(`${cuts} cuts of a file of ${whole.length} bytes: all recovered`);
	});

	it('malformed files crash nothing and are kept to the byte', async () => {
		const valid = JSON.stringify({ version: '1.1', sessions: {}, told: {} });
		const cut = fc.tuple(fc.nat(valid.length - 1), fc.string()).map(([at, junk]) => valid.slice(0, at) + junk);
		const inputs = fc.oneof(
			fc.string({ unit: 'binary' }),
			cut,
			fc.json(),
			fc.constantFrom('', '\0\0\0', '[]', '<<<<<<< HEAD'),
		);
		const numRuns = LONG ? 100_000 : 200;
		let setAside = 0;
		const told = fc.asyncProperty(inputs, async (text) => {
			put(text);
			try {
				await open().update((state) => void state.told.set('after', 'x'));
			} catch (error) {
				// A newer version's file.
				assert.equal((error as Error).name, 'UserError');
				assert.equal(readFileSync(stateFile(), 'utf8'), text);
				return;
			}
			const folder = dirname(stateFile());
			const aside = readdirSync(folder).filter((name) => /unreadable|older-version/.test(name));
			if (aside.length > 0) {
				setAside++;
				assert.equal(readFileSync(join(folder, aside[0]!)).compare(Buffer.from(text)), 0);
			}
			for (const name of aside) rmSync(join(folder, name));
			assert.equal((await open().read()).told.get('after'), 'x');
		});
		await fc.assert(told, { numRuns });
		report(`${numRuns} malformed files: no crash, ${setAside} kept aside byte for byte`);
	});

	it('a full disk is told once, tracking goes on in memory, and is written when there is space', async function () {
		const disk = join(root, 'disk');
		mkdirSync(disk);
		const mounted =
			process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
		if (!mounted) this.skip(); // Only root of Linux can mount.
		try {
			const troubles: (string | undefined)[] = [];
			const store = openStore(disk, { onTrouble: (sentence) => troubles.push(sentence) });
			await store.update((state) => void state.told.set('before', 'x'));
			fill(join(disk, 'filler'));
			for (const key of ['one', 'two']) await store.update((state) => void state.told.set(key, 'x'));
			assert.deepEqual([...(await store.read()).told.keys()], ['before', 'one', 'two']);
			assert.deepEqual([...(await openStore(disk).read()).told.keys()], ['before'], 'the old file is whole');
			assert.equal(troubles.length, 1);
			assert.match(troubles[0]!, /the disk is full.*Tracking goes on in memory/);
			rmSync(join(disk, 'filler'));
			await store.update((state) => void state.told.set('three', 'x'));
			assert.deepEqual([...(await openStore(disk).read()).told.keys()].sort(), ['before', 'one', 'three', 'two']);
			assert.equal(troubles[1], undefined);
		} finally {
			spawnSync('umount', [disk]);
		}
	});

	it('a folder without permission is told once, and written once it may be', async function () {
		if (process.platform === 'win32') this.skip(); // Windows folders have no such permission.
		await open().update((state) => void state.told.set('before', 'x'));
		const troubles: (string | undefined)[] = [];
		const store = openStore(root, { onTrouble: (sentence) => troubles.push(sentence) });
		const isRoot = process.getuid?.() === 0;
		chmodSync(top, 0o755);
		chmodSync(root, 0o755);
		chmodSync(dirname(stateFile()), 0o555);
		if (isRoot) process.seteuid!(65534);
		try {
			for (const key of ['one', 'two']) await store.update((state) => void state.told.set(key, 'x'));
		} finally {
			if (isRoot) process.seteuid!(0);
			chmodSync(dirname(stateFile()), 0o755);
		}
		assert.equal(troubles.length, 1);
		assert.match(troubles[0]!, /permission is denied/);
		await store.update((state) => void state.told.set('three', 'x'));
		assert.deepEqual([...(await open().read()).told.keys()].sort(), ['before', 'one', 'three', 'two']);
	});

	const sessions = LONG ? 100_000 : 2000;
	it(`after ${sessions} completed sessions the live state is under 100 KB, and none is missing`, async () => {
		const store = open();
		const batch = 1000;
		for (let n = 0; n < sessions; n += batch) {
			await store.archive(
				Array.from({ length: batch }, (_, k) => completedSession(aCompletedSession({ id: idOf(n + k) }))),
			);
		}
		const times: number[] = [];
		for (let n = 0; n < 20; n++) {
			const begun = performance.now();
			await store.update((state) => void state.completed.push(aCompletedSession({ id: idOf(sessions + n) })));
			times.push(performance.now() - begun);
		}
		assert.ok(readFileSync(stateFile()).length < 100_000);
		assert.equal((await store.completed()).length, sessions + 20);
		const median = times.sort((a, b) => a - b)[10]!;
		report(
			`${sessions} completed sessions: one more takes ${median.toFixed(1)} ms (median of 20), live state ${readFileSync(stateFile()).length} bytes`,
		);
	});
});

function idOf(n: number): string {
	return `alice-20251119-1430-${n.toString(16).padStart(6, '0')}`;
}

/** Writes until the disk is full. */
function fill(file: string): void {
	for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
		try {
			writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
		} catch {
			// Less, then.
		}
	}
}

/** What a child has printed, in full lines, once it ended. */
async function linesOf(child: ChildProcess): Promise<string[]> {
	let output = '';
	child.stdout!.setEncoding('utf8').on('data', (part: string) => {
		output += part;
	});
	await once(child, 'close');
	return output.split('\n').slice(0, -1);
}

function seconds(begun: number): string {
	return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

function report(figure: string): void {
	if (LONG) console.log(`      ${figure}`);
}
