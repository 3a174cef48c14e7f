import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { type FindingName, WINDOW, warningsOf } from '../core/health/health.ts';
import { parseMeasurements } from '../core/health/measurements.ts';
import { noteMeasurement } from '../store/measurements.ts';
import { discardSession, endSession } from './end.ts';
import { readHealth } from './health.ts';
import { observe } from './observe.ts';
import { own } from './owners.ts';
import { startSession } from './start.ts';
import { Workspace } from './workspace.ts';

const MINUTE = 60_000;
const START = Date.UTC(2025, 10, 19, 14, 30);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the health of a repository on this machine', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let workspace: Workspace;
	let now: number;

	beforeEach(async () => {
		repository = await makeRepository();
		now = START;
		const host = { now: () => now, log: silent, token: async () => undefined };
		workspace = await Workspace.open(repository.root, host);
		await repository.commit('first', {}, { at: START - MINUTE });
		await observe(workspace);
	});
	afterEach(() => repository.dispose());

	const data = (name: string) => join(repository.root, '.cursor', 'data', name);
	const measurements = async () => parseMeasurements(await readFile(data('measurements.log'), 'utf8').catch(() => ''));
	const operations = async () => (await measurements()).map(({ operation }) => operation);
	const figure = async (name: FindingName) =>
		(await readHealth(workspace)).findings.find((finding) => finding.name === name)?.figure;

	/** Has every open session be of a window that was killed. */
	async function killWindow(): Promise<void> {
		await own(workspace);
		await workspace.store.update((state) => {
			for (const copy of state.workingCopies.values()) {
				copy.owners = (copy.owners ?? []).map((owner) => ({ ...owner, started: 'another process' }));
			}
		});
	}

	describe('counts as an orphan', () => {
		const orphans = async () => (await readHealth(workspace)).orphans;
		let id: string;

		beforeEach(async () => {
			id = (await startSession(workspace)).result.session.id;
		});

		it('a session whose timeout passed and whose window was killed', async () => {
			await killWindow();
			now += 31 * MINUTE;
			assert.deepEqual(await orphans(), [id]);
		});

		it('never one that runs, though its window was killed', async () => {
			await killWindow();
			now += 30 * MINUTE;
			assert.deepEqual(await orphans(), []);
		});

		it('never one whose window is open, or that no window ever had, however late it is', async () => {
			now += 24 * 60 * MINUTE;
			assert.deepEqual(await orphans(), []);
			await workspace.store.update((state) => void state.workingCopies.delete(repository.root));
			assert.deepEqual(await orphans(), []);
			await own(workspace);
			assert.deepEqual(await orphans(), []);
		});

		it('never one that is finished', async () => {
			await endSession(workspace);
			await killWindow();
			now += 24 * 60 * MINUTE;
			assert.deepEqual(await orphans(), []);
		});
	});

	it('counts sessions that were found and taken back, but not those that a person began', async () => {
		await startSession(workspace);
		await discardSession(workspace);
		for (let round = 0; round < 10; round++) {
			now += MINUTE;
			await repository.commit('wip: a mistake', {}, { at: now });
			await observe(workspace);
			await discardSession(workspace);
		}
		assert.equal((await operations()).filter((operation) => operation === 'discard').length, 10);
		assert.equal(await figure('false positives'), '100 %');
		now += WINDOW;
		assert.equal(await figure('false positives'), undefined);
	});

	it('tells the size of the state, and leaves the rest out where too little is known', async () => {
		const { findings } = await readHealth(workspace);
		assert.deepEqual(
			findings.map(({ name, figure }) => [name, figure]),
			[
				['orphans', '0'],
				['state size', '1 KiB'],
			],
		);
		await writeFile(data('session_state.json'), JSON.stringify({ version: '1.1', padding: 'x'.repeat(1024 ** 2) }));
		assert.deepEqual(
			warningsOf(await readHealth(workspace)).map(({ name }) => name),
			['state size'],
		);
	});

	describe('measures our own operations', () => {
		it('when something happened', async () => {
			await repository.commit('wip: work', {}, { at: START });
			await observe(workspace);
			await endSession(workspace);
			assert.deepEqual(await operations(), ['update', 'observe', 'update']);
			const { operations: times } = await readHealth(workspace);
			assert.deepEqual(
				times.map(({ operation, times }) => [operation, times]),
				[
					['observe', 1],
					['update', 2],
				],
			);
			for (const { median, p99 } of times) assert.ok(median > 0 && p99 >= median);
		});

		it('and writes nothing when nothing happened, or nothing was ever tracked', async () => {
			await observe(workspace);
			await readHealth(workspace);
			assert.deepEqual(await measurements(), []);
			const other = await makeRepository();
			await noteMeasurement(other.root, { at: 1, operation: 'score', took: 1 });
			await assert.rejects(readFile(join(other.root, '.cursor')), { code: 'ENOENT' });
			await other.dispose();
		});

		it('where git does not see it', async () => {
			await startSession(workspace);
			assert.deepEqual(await operations(), ['update']);
			assert.equal(await repository.git('status', '--porcelain'), '');
		});

		it('in a file that stays small, and keeps what is rare', async () => {
			await noteMeasurement(repository.root, { at: START, operation: 'discard', took: 0 });
			const lines = Array.from({ length: 4000 }, (_, at) => `${at} observe 1.0\n`).join('');
			await writeFile(data('measurements.log'), (await readFile(data('measurements.log'), 'utf8')) + lines);
			await noteMeasurement(repository.root, { at: START, operation: 'update', took: 5 });
			const kept = await measurements();
			assert.equal(kept.length, 302);
			assert.deepEqual([kept[0]?.operation, kept.at(-1)?.operation], ['discard', 'update']);
		});

		it('and never fails the operation for it', async () => {
			await mkdir(data('measurements.log'));
			const { result } = await startSession(workspace);
			assert.equal(result.already, false);
			assert.equal((await workspace.store.read()).sessions.length, 1);
		});

		it('and follows no link out of the repository', async function () {
			if (process.platform === 'win32') this.skip();
			const outside = join(tmpdir(), `auto-pr-outside-${process.pid}`);
			await symlink(outside, data('measurements.log'));
			await startSession(workspace);
			await assert.rejects(readFile(outside), { code: 'ENOENT' });
		});

		it('from many writers at once without losing a line', async () => {
			const at = Array.from({ length: 100 }, (_, index) => index);
			await Promise.all(at.map((at) => noteMeasurement(repository.root, { at, operation: 'score', took: at })));
			assert.deepEqual(
				(await measurements()).map((it) => it.at).sort((a, b) => a - b),
				at,
			);
		});
	});
});
