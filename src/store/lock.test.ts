import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { callsOf } from '../../test/support/callsOf.ts';
import { makeClaim, readClaim, removeAbandoned } from './claim.ts';
import { type Holder, hasEnded, thisProcess } from './holder.ts';
import { withLock } from './lock.ts';

/** Larger than any pid that Linux, macOS or Windows gives in practice. */
const NO_PID = 2 ** 30;

describe('the lock', () => {
	let folder: string;
	let file: string;
	let me: Holder;
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'auto-pr-lock-'));
		file = join(folder, 'state.json.lock');
		me = await thisProcess();
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Puts a lock file there as somebody else left it. */
	function leave(holder: Partial<Holder>, token = '0123456789abcdef'): void {
		writeFileSync(file, JSON.stringify({ token, ...me, since: '2025-11-19T14:30:00.000Z', ...holder }));
	}

	function makeOld(minutes: number): void {
		const then = Date.now() / 1000 - minutes * 60;
		utimesSync(file, then, then);
	}

	it('gives back what the work returns, and leaves nothing behind', async () => {
		assert.equal(await withLock(file, async () => 42), 42);
		assert.deepEqual(readdirSync(folder), []);
	});

	it('is free again after the work failed', async () => {
		const failure = new Error('no');
		await assert.rejects(
			withLock(file, () => Promise.reject(failure)),
			failure,
		);
		assert.deepEqual(readdirSync(folder), []);
		assert.equal(await withLock(file, async () => 1), 1);
	});

	it('lets one work at a time, in the order in which they came', async () => {
		const order: string[] = [];
		const work = (name: number) =>
			withLock(file, async () => {
				order.push(`in ${name}`);
				await turn();
				order.push(`out ${name}`);
			});
		await Promise.all([1, 2, 3].map(work));
		assert.deepEqual(order, ['in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3']);
	});

	it('tells who holds it while it is held', async () => {
		await withLock(file, async () => {
			const { token, holder } = readClaim(file)!;
			assert.match(token, /^[0-9a-f]{16}$/);
			assert.deepEqual(holder, me);
			assert.match(readFileSync(file, 'utf8'), /"since":"\d{4}-\d\d-\d\dT/);
		});
	});

	it('names the file and the holder when patience ends', async () => {
		leave({ host: 'laptop' });
		await assert.rejects(
			withLock(file, async () => 1, { patienceMs: 30 }),
			{
				name: 'UserError',
				message: `Could not get the lock ${file} in 30 ms: process ${me.pid} on laptop has held it since 2025-11-19T14:30:00.000Z. Try again; if that process has nothing to do with this repository, delete the file.`,
			},
		);
	});

	it('loses patience with a step of the same process too, and the next one still gets its turn', async () => {
		let finish = () => {};
		const long = withLock(file, () => new Promise<void>((resolve) => (finish = resolve)));
		await assert.rejects(
			withLock(file, async () => 1, { patienceMs: 20 }),
			{ name: 'UserError', message: /an earlier step of this process/ },
		);
		const next = withLock(file, async () => 2);
		finish();
		await long;
		assert.equal(await next, 2);
	});

	it('never takes a live holder for dead, however long it has slept', async () => {
		leave({});
		makeOld(60 * 24 * 365);
		await assert.rejects(
			withLock(file, async () => 1, { patienceMs: 1300 }),
			{ name: 'UserError' },
		);
		assert.ok(existsSync(file));
	});

	it('takes over at once from a holder that has ended', async () => {
		leave({ pid: NO_PID });
		assert.equal(await withLock(file, async () => 1, { patienceMs: 300 }), 1);
		assert.deepEqual(readdirSync(folder), []);
	});

	it('knows that a reused pid is another process', async function () {
		if (process.platform !== 'linux') this.skip(); // Elsewhere the system is asked, which takes a second to begin with.
		leave({ started: '1' });
		assert.equal(await withLock(file, async () => 1, { patienceMs: 300 }), 1);
	});

	it('waits for a holder on another machine', async () => {
		leave({ machine: 'linux elsewhere', pid: NO_PID });
		await assert.rejects(
			withLock(file, async () => 1, { patienceMs: 30 }),
			{ name: 'UserError' },
		);
	});

	it('takes over from another machine after minutes, once it has watched for a while', async () => {
		leave({ machine: 'linux elsewhere' });
		makeOld(3);
		await assert.rejects(
			withLock(file, async () => 1, { patienceMs: 100 }),
			{ name: 'UserError' },
		);
		assert.equal(await withLock(file, async () => 1), 1);
		assert.deepEqual(readdirSync(folder), []);
	});

	for (const content of ['', '{"token":"0123', '{"token": "../../x", "pid": 1}', '[]']) {
		it(`treats a lock file that holds ${JSON.stringify(content)} like one from another machine`, async () => {
			writeFileSync(file, content);
			await assert.rejects(
				withLock(file, async () => 1, { patienceMs: 30 }),
				{ message: /other processes/ },
			);
			makeOld(3);
			assert.equal(await withLock(file, async () => 1), 1);
			assert.deepEqual(readdirSync(folder), []);
		});
	}

	it('says that it was lost, when another machine took it over', async () => {
		await withLock(file, async (lock) => {
			lock.assertHeld();
			leave({ machine: 'linux elsewhere' }, 'fedcba9876543210');
			assert.throws(() => lock.assertHeld(), { name: 'UserError', message: /^Nothing was written/ });
		});
		assert.equal(readClaim(file)?.token, 'fedcba9876543210', 'the new lock is not ours to remove');
	});

	it('says that its folder is missing', async () => {
		await assert.rejects(
			withLock(join(folder, 'no', 'lock'), async () => 1),
			{ name: 'UserError', message: /^Cannot write .*its folder does not exist/ },
		);
	});

	describe('the queue', () => {
		const queue = () => `${file}.queue`;
		const OTHER = 'aaaaaaaaaaaaaaaa';
		const ticketAt = (at: number, pid: number, machine = me.machine) =>
			`${at.toString(36).padStart(9, '0')}-${pid}-${createHash('sha256').update(machine).digest('hex').slice(0, 8)}-${OTHER}`;

		function draw(name: string): string {
			mkdirSync(queue(), { recursive: true });
			writeFileSync(join(queue(), name), '');
			return name;
		}

		it('lets those who came first go first, newcomers too', async () => {
			const first = draw(ticketAt(1, process.pid));
			let isIn = false;
			const later = withLock(file, async () => {
				isIn = true;
			});
			await sleep(100);
			assert.equal(isIn, false, 'though nobody holds the lock');
			assert.equal(readdirSync(queue()).length, 2);
			rmSync(join(queue(), first));
			await later;
			assert.deepEqual(readdirSync(folder), []);
		});

		it('is woken by the one before, and hardly looks by itself meanwhile', async () => {
			const first = draw(ticketAt(1, process.pid));
			const looks = await callsOf('readdirSync', async () => {
				const later = withLock(file, async () => undefined);
				await sleep(400);
				rmSync(join(queue(), first));
				await later;
			});
			// Without being woken it would have to look every few ms.
			assert.ok(looks < 20, `${looks} looks`);
		});

		it('does not wait for those who came later', async () => {
			const late = draw(ticketAt(Date.now() + 3_600_000, process.pid));
			assert.equal(await withLock(file, async () => 1, { patienceMs: 0 }), 1);
			assert.deepEqual(readdirSync(queue()), [late]);
		});

		it('passes over a hundred waiting processes that were killed, at once', async () => {
			for (let n = 0; n < 100; n++) draw(ticketAt(n, NO_PID));
			assert.equal(await withLock(file, async () => 1, { patienceMs: 100 }), 1);
			assert.deepEqual(readdirSync(folder), []);
		});

		it('steps over one that does not move: stopped, or on a machine that went away', async () => {
			for (let n = 0; n < 3; n++) draw(ticketAt(n, 7, 'linux elsewhere'));
			draw(ticketAt(9, process.pid));
			assert.equal(await withLock(file, async () => 1), 1);
			assert.deepEqual(readdirSync(folder), [], 'one wait for all of them');
		});

		it('draws its ticket again when that was removed', async () => {
			const first = draw(ticketAt(1, process.pid));
			const later = withLock(file, async () => 1);
			await sleep(20);
			for (const name of readdirSync(queue())) if (name !== first) rmSync(join(queue(), name));
			while (readdirSync(queue()).length < 2) await sleep(5);
			rmSync(join(queue(), first));
			assert.equal(await later, 1);
		});

		it('loses patience there too, and leaves nothing', async () => {
			const first = draw(ticketAt(1, process.pid));
			await assert.rejects(
				withLock(file, async () => 1, { patienceMs: 20 }),
				{ name: 'UserError', message: /other processes keep taking it/ },
			);
			assert.deepEqual(readdirSync(queue()), [first]);
		});

		it('takes no notice of files that are no tickets, and follows no link', async function () {
			draw('../../x'.replaceAll('/', '-'));
			assert.equal(await withLock(file, async () => 1, { patienceMs: 0 }), 1);
			rmSync(queue(), { recursive: true });
			if (process.platform === 'win32') this.skip(); // Links need a privilege there.
			const elsewhere = mkdtempSync(join(tmpdir(), 'auto-pr-lock-'));
			try {
				symlinkSync(elsewhere, queue());
				leave({});
				await assert.rejects(withLock(file, async () => 1, { patienceMs: 50 }));
				assert.deepEqual(readdirSync(elsewhere), []);
			} finally {
				rmSync(elsewhere, { recursive: true });
			}
		});
	});

	describe('takeover', () => {
		it('never removes the claim that comes after the abandoned one', async () => {
			leave({ pid: NO_PID });
			const taker = (n: number) => removeAbandoned(file, '0123456789abcdef', `000000000000000${n}`, me);
			const won = await Promise.all(Array.from({ length: 9 }, (_, n) => taker(n)));
			assert.ok(won.includes(true));
			assert.equal(existsSync(file), false);
			assert.ok(makeClaim(file, 'fedcba9876543210', me));
			await taker(9); // It judged before the takeover and comes late.
			assert.equal(readClaim(file)?.token, 'fedcba9876543210');
		});

		it('goes on where a killed taker stopped', async () => {
			leave({ pid: NO_PID });
			makeClaim(`${file}.0123456789abcdef.guard`, 'aaaaaaaaaaaaaaaa', { ...me, pid: NO_PID });
			assert.equal(await withLock(file, async () => 1, { patienceMs: 300 }), 1);
			assert.deepEqual(readdirSync(folder), []);
		});
	});

	it('knows whether a process has ended', async () => {
		assert.equal(await hasEnded(me, true), false);
		assert.equal(await hasEnded({ ...me, pid: NO_PID }, false), true);
		assert.equal(await hasEnded({ ...me, machine: 'elsewhere' }, true), undefined);
	});
});
