import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backUp, previewBackups, restore } from '../../src/app/backups.ts';
import { cleanUp, forgetBefore } from '../../src/app/cleanUp.ts';
import { observe } from '../../src/app/observe.ts';
import { own } from '../../src/app/owners.ts';
import { rebuild } from '../../src/app/rebuild.ts';
import { takeRecovery } from '../../src/app/recover.ts';
import { setUp } from '../../src/app/setUp.ts';
import { startSession } from '../../src/app/start.ts';
import { letTimePass } from '../../src/app/transact.ts';
import { Workspace } from '../../src/app/workspace.ts';
import { completedSession } from '../../src/core/completedSession.ts';
import { thisProcess } from '../../src/store/holder.ts';
import { openStore } from '../../src/store/sessionStore.ts';
import { aCompletedSession } from '../../src/store/testSessions.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';

const MINUTE = 60_000;

describe('what is lost is found again', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let workspace: Workspace;
	let now: number;
	let stateFile: string;
	let archiveFile: string;

	const log = { info() {}, warn() {}, error() {} };
	const open = () => Workspace.open(repository.root, { now: () => now, log, token: async () => undefined });

	beforeEach(async () => {
		repository = await makeRepository();
		// Forwards from now: the hook goes by the real clock.
		now = Math.floor(Date.now() / 1000) * 1000;
		await repository.commit('first', { 'README.md': 'hello\n' }, { at: now });
		workspace = await open();
		stateFile = join(repository.root, '.cursor/data/session_state.json');
		archiveFile = join(repository.root, 'docs/metrics/auto_pr_sessions.json');
	});
	afterEach(() => repository.dispose());

	/** Two sessions as the hook and the extension make them: each of three commits, with a long pause between. */
	async function work(): Promise<void> {
		await setUp(workspace, ['hook', 'exclude']);
		await observe(workspace);
		for (const part of ['a', 'b']) {
			for (let n = 0; n < 3; n++) {
				await repository.commit(`wip: ${part}${n}\n`, { [`src/${part}${n}.ts`]: `${n}\n` }, { at: now });
				await observe(workspace);
				now += 5 * MINUTE;
			}
			now += 60 * MINUTE;
			await letTimePass(workspace);
		}
	}

	const essence = async () =>
		(await workspace.store.completed()).map(
			({ id, author, commits, filesChanged, startedAt, completedAt, trigger }) => ({
				id,
				author,
				commits,
				filesChanged,
				startedAt,
				completedAt,
				trigger,
			}),
		);

	it('rebuilds from nothing the completed sessions that the live tracker had', async () => {
		await work();
		const live = await essence();
		assert.deepEqual(
			live.map(({ commits }) => commits.length),
			[3, 3],
		);
		assert.match(await repository.git('log', '--format=%B'), /^Session-Id: /m);
		rmSync(join(repository.root, '.cursor'), { recursive: true });
		rmSync(join(repository.root, 'docs'), { recursive: true });
		workspace = await open();
		await rebuild(workspace);
		assert.deepEqual(await essence(), live);
		assert.deepEqual(await rebuild(workspace), [], 'what is there is not found again');
	});

	it('puts the newest good backup in the place of a damaged archive, and adds from history what came after it', async () => {
		await work();
		const live = await essence();
		const whole = readFileSync(archiveFile, 'utf8');
		// A backup from before the second session completed.
		await workspace.store.restore((await backUp(workspace, 'asked'))!.name);
		writeFileSync(archiveFile, whole.slice(0, whole.length / 2));
		assert.deepEqual(await essence(), live);
		const sentence = await takeRecovery(workspace);
		assert.match(sentence!, /auto_pr_sessions\.json:\d+ cannot be read: .* the backup of .* takes its place\./);
		assert.equal(await takeRecovery(workspace), undefined, 'told once');
	});

	it('finds the sessions of a damaged archive without a backup in history, and says how many', async () => {
		await work();
		const live = await essence();
		for (const text of ['', '\0'.repeat(100), '[]', '{"completed_sessions": [', 'garbage']) {
			writeFileSync(archiveFile, text);
			rmSync(join(repository.root, '.cursor/data/backups'), { recursive: true, force: true });
			await workspace.store.completed();
			assert.match(
				(await takeRecovery(workspace))!,
				/2 completed sessions were found again in the history's trailers\.$/,
			);
			assert.deepEqual(await essence(), live);
		}
	});

	it('recovers a damaged state from its backup and keeps the damaged one', async () => {
		await startSession(workspace, 'Log in');
		await backUp(workspace, 'asked');
		writeFileSync(stateFile, '{"sessions": ');
		const { sessions } = await workspace.store.read();
		assert.equal(sessions[0]?.title, 'Log in');
		assert.match((await takeRecovery(workspace))!, /the backup of .* takes its place/);
		const kept = readdirSync(join(repository.root, '.cursor/data')).filter((name) => name.includes('unreadable'));
		assert.equal(kept.length, 1);
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('restores a backup, tells before what changes, and can undo it', async () => {
		await startSession(workspace, 'one');
		const first = await backUp(workspace, 'asked');
		assert.equal(await backUp(workspace, 'asked'), undefined, 'unchanged state makes no new copy');
		now += 120 * MINUTE;
		await letTimePass(workspace);
		const [preview] = await previewBackups(workspace);
		assert.equal(preview!.back.length, 1);
		const { undo } = await restore(workspace, first!.name);
		assert.equal((await workspace.store.read()).sessions.length, 1);
		await restore(workspace, undo!.name);
		assert.equal((await workspace.store.read()).sessions.length, 0);
		assert.equal((await workspace.store.completed()).length, 1);
	});

	it('refuses a backup whose text was changed', async () => {
		await startSession(workspace);
		const made = await backUp(workspace, 'asked');
		const objects = join(repository.root, '.cursor/data/backups/objects');
		for (const name of readdirSync(objects)) writeFileSync(join(objects, name), '{}');
		await assert.rejects(restore(workspace, made!.name), { name: 'UserError', message: /is damaged/ });
		assert.equal((await workspace.store.read()).sessions.length, 1);
	});

	it('completes the session of an editor that was killed, at its last activity, as orphaned', async () => {
		const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
		await once(child, 'spawn');
		const { machine, host } = await thisProcess();
		await startSession(workspace);
		const started = now;
		const owner = { pid: child.pid!, started: startOf(child.pid!), machine, host };
		await workspace.store.update((state) => void state.workingCopies.set(repository.root, { owners: [owner] }));
		child.kill('SIGKILL');
		await once(child, 'close');
		now += 10 * MINUTE;
		assert.deepEqual(await cleanUp(workspace), [], 'its timeout has not passed');
		now += 120 * MINUTE;
		const [session] = await cleanUp(workspace);
		assert.deepEqual(session?.ended, { trigger: 'orphaned', at: started });
	});

	it('calls nothing an orphan that a living window owns, or that never had an owner', async () => {
		await startSession(workspace);
		await own(workspace);
		now += 120 * MINUTE;
		assert.equal((await cleanUp(workspace))[0]?.ended?.trigger, 'timeout');
		await workspace.store.update((state) => state.workingCopies.clear());
		await startSession(workspace);
		now += 120 * MINUTE;
		assert.equal((await cleanUp(workspace))[0]?.ended?.trigger, 'timeout');
	});

	it('forgets old years when asked, and brings them back', async () => {
		const clock = (minute: number) => `${10 + Math.floor(minute / 60)}${String(minute % 60).padStart(2, '0')}`;
		const ids = [2023, 2024].flatMap((year) =>
			Array.from({ length: 250 }, (_, minute) => `alice-${year}0101-${clock(minute)}`),
		);
		const record = (id: string) => completedSession(aCompletedSession({ id }));
		await workspace.store.archive(ids.map(record));
		await assert.rejects(forgetBefore(workspace, 3000), /takes a year from 2000 to \d{4}/);
		assert.deepEqual(await forgetBefore(workspace, 2023), []);
		assert.deepEqual(await forgetBefore(workspace, 2024), [2023]);
		const left = await workspace.store.completed();
		assert.deepEqual(
			left.map(({ id }) => id),
			ids.slice(250),
		);
		const [newest] = await previewBackups(workspace);
		await restore(workspace, newest!.backup.name);
		assert.equal((await workspace.store.completed()).length, ids.length);
	});

	describe('damage in part', () => {
		const record = (n: number) =>
			completedSession(aCompletedSession({ id: `alice-20230101-1000-${n.toString(16).padStart(4, '0')}` }));
		const folder = () => join(repository.root, 'docs/metrics');
		const yearFile = () => join(folder(), 'auto_pr_sessions-2023.jsonl');
		const aside = (path: string) =>
			readdirSync(folder()).filter((name) => name.startsWith(`${basename(path)}.unreadable-`));
		const ids = async () => (await workspace.store.completed()).map(({ id }) => id);

		/** Breaks two lines of the year's file, one of them with bytes that are no text. Returns it. */
		function breakYear(): Buffer {
			const lines = readFileSync(yearFile(), 'utf8').split('\n');
			const broken = Buffer.concat([
				Buffer.from(`${lines[0]}\n`),
				Buffer.from([0xff, 0xfe, 0, 0x0a]),
				Buffer.from(`${lines[2]!.slice(0, 30)}\n${lines.slice(3).join('\n')}`),
			]);
			writeFileSync(yearFile(), broken);
			return broken;
		}

		beforeEach(() => workspace.store.archive(Array.from({ length: 450 }, (_, n) => record(n))));

		it('gets the broken lines of a year from the backup, keeps the file to the byte, and tells it once', async () => {
			const before = await ids();
			await backUp(workspace, 'asked');
			const broken = breakYear();
			assert.deepEqual(await ids(), before);
			const [copy, ...more] = aside(yearFile());
			assert.deepEqual(more, []);
			assert.equal(broken.compare(readFileSync(join(folder(), copy!))), 0);
			assert.match(
				(await takeRecovery(workspace))!,
				/-2023\.jsonl:2 cannot be read: this and 1 more of its lines are no sessions\. A copy is kept as .*; the other 248 sessions stayed, and the backup of .* gave 2 back\./,
			);
			assert.equal(await takeRecovery(workspace), undefined);
			await ids();
			assert.equal(aside(yearFile()).length, 1, 'mended once');
		});

		it('keeps the whole lines of a year without a backup, and still has the broken ones when more are added', async () => {
			const broken = breakYear();
			assert.equal((await ids()).length, 448);
			await workspace.store.archive(Array.from({ length: 450 }, (_, n) => record(1000 + n)));
			assert.equal((await ids()).length, 898);
			assert.equal(broken.compare(readFileSync(join(folder(), aside(yearFile())[0]!))), 0);
			assert.match((await takeRecovery(workspace))!, /the other 248 sessions stayed\./);
		});

		it('leaves the marks of a merge conflict in a year to the user, and counts both sides', async () => {
			const before = await ids();
			const [first, ...rest] = readFileSync(yearFile(), 'utf8').split('\n');
			const marked = ['<<<<<<< HEAD', first, '=======', '>>>>>>> other', ...rest].join('\n');
			writeFileSync(yearFile(), marked);
			assert.deepEqual(await ids(), before);
			assert.equal(readFileSync(yearFile(), 'utf8'), marked);
			assert.equal(await takeRecovery(workspace), undefined);
		});

		it('keeps the whole sessions of a damaged archive that its backup does not have yet', async () => {
			await backUp(workspace, 'asked');
			await workspace.store.archive([record(2000), record(2001)]);
			const before = await ids();
			const damaged = readFileSync(archiveFile, 'utf8').replace(
				'"session_id":"alice-20230101-1000-00ff"',
				'"session_id":',
			);
			writeFileSync(archiveFile, damaged);
			assert.deepEqual(await ids(), before, 'the broken one comes from the backup');
			assert.equal(readFileSync(join(folder(), aside(archiveFile)[0]!), 'utf8'), damaged);
			assert.match(
				(await takeRecovery(workspace))!,
				/takes its place, with the \d+ sessions that could be read in it\./,
			);
		});

		it('keeps them without a backup as well', async () => {
			const before = await ids();
			writeFileSync(archiveFile, readFileSync(archiveFile, 'utf8').slice(0, -200));
			assert.deepEqual(await ids(), before.slice(0, -1), 'all but the last, which is cut');
			assert.match((await takeRecovery(workspace))!, /there is no backup, a new one is begun, with the 199 sessions/);
		});

		it('can undo a restore over a year that was damaged', async () => {
			const before = await ids();
			const { name } = (await backUp(workspace, 'asked'))!;
			await workspace.store.archive([record(3000)]);
			breakYear();
			const { undo } = await restore(workspace, name);
			assert.deepEqual(await ids(), before);
			await restore(workspace, undo!.name);
			assert.equal((await ids()).length, before.length + 1);
		});
	});

	it('adds a pull request to a session that went to the file of its year, once and with all that others wrote there', async () => {
		const sessions = Array.from({ length: 450 }, (_, n) =>
			completedSession(aCompletedSession({ id: `alice-20230101-1000-${n.toString(16).padStart(4, '0')}` })),
		);
		const first = sessions[0]!;
		const others = new Map([[first.id, { final_score: 4.5, theirs: 'kept' }]]);
		await workspace.store.archive(sessions, others);
		const late = { ...first, score: 4.5, pullRequests: [...first.pullRequests, 4711] };
		const { score: _, ...withoutScore } = late;
		await workspace.store.archive([withoutScore]);
		assert.deepEqual(await workspace.store.findCompleted(first.id), late);
		const more = sessions.map((session, n) => ({
			...session,
			id: `alice-20230101-1001-${n.toString(16).padStart(4, '0')}`,
		}));
		await workspace.store.archive(more);
		const all = await workspace.store.completed();
		assert.deepEqual([all.length, all[0]], [900, late], 'in its place, once');
		assert.match(readFileSync(join(dirname(archiveFile), 'auto_pr_sessions-2023.jsonl'), 'utf8'), /"theirs":"kept"/);
	});

	it('merges branches on which two people completed sessions, without a driver', async () => {
		const store = openStore(repository.root);
		const put = async (...ids: string[]) => {
			await store.archive(ids.map((id) => completedSession(aCompletedSession({ id }))));
			await repository.git('add', '-f', archiveFile);
			await repository.git('commit', '-qm', 'sessions');
		};
		await put('alice-20251118-0900', 'bob-20251118-0900');
		await repository.git('checkout', '-qb', 'other');
		await put('bob-20251119-0900', 'bob-20251119-1000');
		await repository.git('checkout', '-q', 'main');
		await put('alice-20251117-0900', 'alice-20251117-1000', 'carol-20251119-0900');
		await assert.rejects(repository.git('merge', '-q', 'other'), 'bob and carol have the same neighbours');
		assert.equal((await store.read()).recovery, undefined);
		await repository.git('merge', '--abort');
		await repository.git('reset', '-q', '--hard', 'HEAD~');
		await put('alice-20251117-0900', 'alice-20251117-1000');
		await repository.git('merge', '-q', '--no-edit', 'other');
		const ids = (await store.completed()).map(({ id }) => id);
		assert.deepEqual(ids, [
			'alice-20251117-0900',
			'alice-20251117-1000',
			'alice-20251118-0900',
			'bob-20251118-0900',
			'bob-20251119-0900',
			'bob-20251119-1000',
		]);
	});

	it('keeps our records out of an archive that the team tracks and did not give to us', async () => {
		await mkdir(join(repository.root, 'docs/metrics'), { recursive: true });
		const theirs = '{"version": "1.0", "completed_sessions": []}\n';
		await repository.commit('docs', { 'docs/metrics/auto_pr_sessions.json': theirs });
		await startSession(workspace);
		now += 120 * MINUTE;
		await letTimePass(workspace);
		assert.equal((await workspace.store.completed()).length, 1);
		assert.equal(readFileSync(archiveFile, 'utf8'), theirs);
		assert.equal(await repository.git('status', '--porcelain'), '');
		assert.ok(existsSync(join(repository.root, '.cursor/data/auto_pr_sessions.json')));
	});
});

function startOf(pid: number): string {
	if (process.platform !== 'linux') return String(Date.now());
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]!;
}
