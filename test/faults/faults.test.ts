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

/** Updates, each adding one to a count of all writers and to one of its own, each told by its number once it is acknowledged. */
const WRITER = `
import { openStore } from './src/store/sessionStore.ts';
const [root, name, times] = process.argv.slice(2);
const store = openStore(root, { patienceMs: 600_000 });
(async () => {
	for (let n = 1; n <= Number(times); n++) {
		await store.update(({ told }) => {
			for (const key of ['all', name]) told.set(key, String(Number(told.get(key) ?? 0) + 1));
		});
		process.stdout.write(n + '\\n');
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
		for (const lines of await Promise.all(all)) assert.equal(lines.length, updates, 'every update is acknowledged');
		const { told } = await open().read();
		assert.equal(told.get('all'), `${processes * updates}`);
		for (let n = 0; n < processes; n++) assert.equal(told.get(`w${n}`), `${updates}`);
		report(`${told.get('all')} of ${processes * updates} updates kept, in ${seconds(begun)}`);
	});

	const kills = LONG ? 500 : 10;
	it(`writers are killed at ${kills} random moments: the file can be read, and every acknowledged update is in it`, async () => {
		const begun = performance.now();
		let sum = 0;
		let unsaid = 0;
		for (let n = 0; n < kills; n++) {
			// Always two at once, so that some are killed while they wait, and some while others do.
			const children = [0, 1].map((k) => writer(`k${n}-${k}`, 100_000));
			const lines = children.map(linesOf);
			await Promise.race(children.map((child) => once(child.stdout!, 'data')));
			await sleep(Math.random() * 40);
			for (const child of children) child.kill('SIGKILL');
			const acknowledged = (await Promise.all(lines)).map((it) => it.length);
			const { told, recovery, problems } = await open().read();
			assert.deepEqual([recovery, problems], [undefined, []]);
			acknowledged.forEach((count, k) => {
				const kept = Number(told.get(`k${n}-${k}`) ?? 0);
				assert.ok(kept === count || kept === count + 1, `${kept} kept, ${count} acknowledged`);
				sum += kept;
				unsaid += kept - count;
			});
			assert.equal(Number(told.get('all')), sum, 'no update of those before was lost either');
			// A name for each writer: they are let go of, so that the file does not grow without end.
			await open().update(({ told: all }) => {
				for (const key of all.keys()) if (key !== 'all') all.delete(key);
			});
		}
		const first = `${kills} rounds of two writers killed: always readable, all ${sum - unsaid} acknowledged updates kept`;
		report(`${first}, ${unsaid} written and not yet acknowledged, in ${seconds(begun)}`);
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
