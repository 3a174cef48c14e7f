import assert from 'node:assert/strict';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { callsOf } from '../../test/support/callsOf.ts';
import { UserError } from '../core/userError.ts';
import { writeFileAtomic } from '../files/atomicFile.ts';
import { openStore } from './sessionStore.ts';
import type { State } from './state.ts';
import { aSession } from './testSessions.ts';

const NOW = Date.UTC(2025, 10, 19, 16, 0, 0, 250);

/** Completes the first open session by timeout. */
function complete(state: State): void {
	const session = state.sessions.shift();
	assert.ok(session);
	session.status = 'completed';
	session.ended = { trigger: 'timeout', at: session.lastActivityAt };
	state.completed.push(session);
}

describe('the session store', () => {
	let root: string;
	let stateFile: string;
	let archiveFile: string;
	beforeEach(() => {
		root = realpathSync(mkdtempSync(join(tmpdir(), 'auto-pr-store-')));
		stateFile = join(root, '.cursor', 'data', 'session_state.json');
		archiveFile = join(root, 'docs', 'metrics', 'auto_pr_sessions.json');
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	const open = (options: Parameters<typeof openStore>[1] = {}) => openStore(root, { now: () => NOW, ...options });
	const start = (id = 'alice-20251119-1430') => open().update((state) => void state.sessions.push(aSession({ id })));
	function putState(text: string): void {
		mkdirSync(dirname(stateFile), { recursive: true });
		writeFileSync(stateFile, text);
	}
	function putArchive(text: string): void {
		mkdirSync(dirname(archiveFile), { recursive: true });
		writeFileSync(archiveFile, text);
	}

	it('is empty where there is no file, and makes none by reading', async () => {
		const { sessions, problems, recovery } = await open().read();
		assert.deepEqual({ sessions, problems, recovery }, { sessions: [], problems: [], recovery: undefined });
		assert.deepEqual(await open().completed(), []);
		assert.equal(await open().findCompleted('alice-20251119-1430'), undefined);
		assert.deepEqual(readdirSync(root), []);
	});

	it('keeps what an update changes, and nothing but the state file', async () => {
		assert.equal(await open().update((state) => state.sessions.push(aSession())), 1);
		assert.deepEqual((await open().read()).sessions, [aSession()]);
		assert.deepEqual(readdirSync(dirname(stateFile)), ['session_state.json']);
		assert.match(readFileSync(stateFile, 'utf8'), /"last_updated": "2025-11-19T16:00:00\.250Z"/);
	});

	it('does not touch the file when an update changes nothing', async () => {
		await start();
		const before = readFileSync(stateFile, 'utf8');
		await open({ now: () => NOW + 1000 }).update((state) => {
			state.sessions[0]!.title = String(state.sessions[0]!.title);
		});
		assert.equal(readFileSync(stateFile, 'utf8'), before);
	});

	it('does not rewrite the file of an older version for nothing', async () => {
		const older = '{"version": "1.0", "pr_to_session": {"1": "a"}, "session_to_prs": {}, "session_metadata": {}}';
		putState(older);
		await open().update(() => {});
		assert.equal(readFileSync(stateFile, 'utf8'), older);
	});

	it('writes nothing when the change throws', async () => {
		await start();
		const before = readFileSync(stateFile, 'utf8');
		const failure = new Error('no');
		const failing = open().update((state) => {
			state.sessions = [];
			throw failure;
		});
		await assert.rejects(failing, failure);
		assert.equal(readFileSync(stateFile, 'utf8'), before);
	});

	it('loses none of the updates that one process makes at once', async () => {
		const stores = [open(), open()];
		await Promise.all(
			Array.from({ length: 40 }, (_, n) => stores[n % 2]!.update((state) => void state.told.set(`${n}`, 'x'))),
		);
		assert.equal((await open().read()).told.size, 40);
	});

	it('writes the same whether one store stays or each update opens its own, and sees what others wrote', async () => {
		const change = fc.constantFrom('add', 'drop', 'move on', 'complete', 'nothing');
		const step = fc.record({ change, by: fc.constantFrom('stays', 'other'), ms: fc.nat({ max: 5000 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
				const texts = await Promise.all(
					['stays', 'fresh'].map(async (kind) => {
						const folder = mkdtempSync(join(root, kind));
						let at = NOW;
						const openHere = () => openStore(folder, { now: () => at });
						const stays = openHere();
						const seen: (string | undefined)[] = [];
						for (const [number, { change, by, ms }] of steps.entries()) {
							at += ms;
							const store = kind === 'stays' && by === 'stays' ? stays : openHere();
							await store.update((state) => {
								const [first] = state.sessions;
								if (change === 'add') state.sessions.push(aSession({ id: `alice-20251119-14${10 + number}` }));
								else if (first && change === 'drop') state.sessions.shift();
								else if (first && change === 'move on') first.lastActivityAt += ms;
								else if (first && change === 'complete') complete(state);
							});
							const file = join(folder, '.cursor', 'data', 'session_state.json');
							seen.push(existsSync(file) ? readFileSync(file, 'utf8') : undefined);
						}
						return seen;
					}),
				);
				assert.deepEqual(texts[0], texts[1]);
			}),
			{ numRuns: 25 },
		);
	});

	describe('when a session completes', () => {
		it('moves it into the archive', async () => {
			await start();
			await open().update(complete);
			const { sessions, completed, recent } = await open().read();
			assert.deepEqual([sessions, completed, recent], [[], [], ['alice-20251119-1430']]);
			const found = await open().findCompleted('alice-20251119-1430');
			assert.deepEqual([found?.trigger, found?.filesChanged], ['timeout', 3]);
			assert.equal((await open().completed()).length, 1);
		});

		it('loses nothing and doubles nothing when it is killed between the archive and the state', async () => {
			await start();
			const killed = new Error('killed');
			const write: typeof writeFileAtomic = async (path, text, within) => {
				if (path === stateFile) throw killed;
				await writeFileAtomic(path, text, within);
			};
			await assert.rejects(open({ write }).update(complete), killed);
			assert.equal((await open().completed()).length, 1);
			assert.equal((await open().read()).sessions.length, 1);
			const archived = readFileSync(archiveFile, 'utf8');
			await open().update(complete);
			assert.equal(readFileSync(archiveFile, 'utf8'), archived);
			assert.equal((await open().read()).sessions.length, 0);
		});

		it('loses nothing when it is killed before the archive', async () => {
			await start();
			const killed = new Error('killed');
			await assert.rejects(open({ write: () => Promise.reject(killed) }).update(complete), killed);
			assert.equal((await open().read()).sessions.length, 1);
			assert.equal(existsSync(archiveFile), false);
		});

		const conflict = '{\n"completed_sessions": [\n<<<<<<< HEAD\n]}\n';

		it('completes all the same when the archive is in a merge conflict, and says so', async () => {
			await start();
			putArchive(conflict);
			await open().update(complete);
			assert.equal(readFileSync(archiveFile, 'utf8'), conflict);
			const { sessions, completed, problems } = await open().read();
			assert.deepEqual([sessions.length, completed.length], [0, 1]);
			assert.deepEqual(problems, [
				`${archiveFile}:3 cannot be read: a merge conflict is not resolved. Repair the file, or move it away to start a new one.`,
			]);
			await assert.rejects(open().completed(), { name: 'UserError', message: /:3 cannot be read/ });
			assert.deepEqual(readdirSync(dirname(stateFile)), ['session_state.json']);
		});

		it('archives it with the next update after the conflict is resolved', async () => {
			await start();
			putArchive(conflict);
			await open().update(complete);
			rmSync(archiveFile);
			assert.equal((await open().completed()).length, 1, 'those that wait are completed too');
			await open().update(() => {});
			const { completed, problems, archiveError } = await open().read();
			assert.deepEqual([completed, problems, archiveError], [[], [], undefined]);
			assert.match(readFileSync(archiveFile, 'utf8'), /alice-20251119-1430/);
		});

		it('leaves an archive of a newer version untouched', async () => {
			await start();
			putArchive('{"version": "2.0"}');
			await open().update(complete);
			assert.equal(readFileSync(archiveFile, 'utf8'), '{"version": "2.0"}');
			assert.match(
				(await open().read()).problems[0]!,
				/auto_pr_sessions\.json was left untouched: it is of version 2\.0/,
			);
		});
	});

	describe('when the state file is damaged', () => {
		const damages: [string, string, RegExp][] = [
			['truncated', '{\n"sessions": {', /:2 cannot be read: the text ends too early\./],
			['empty', '', /:1 cannot be read: the file is empty\./],
			['zeroed', '\0'.repeat(512), /:1 cannot be read: this is not JSON\./],
			['garbage', 'PK\u0003\u0004\u001f', /:1 cannot be read: this is not JSON\./],
			['of another type', '[]', /:1 cannot be read: this is JSON, but not an object\./],
			[
				'conflict-marked',
				'{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}',
				/:2 cannot be read: a merge conflict is not resolved\./,
			],
			['nested too deeply', `{"x": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`, /nested too deeply/],
		];
		for (const [what, text, sentence] of damages) {
			it(`sets a file aside that is ${what}, says so until the user was told, and goes on`, async () => {
				putState(text);
				const aside = `${stateFile}.unreadable-20251119T160000250Z`;
				await open().update((state) => void state.sessions.push(aSession()));
				assert.equal(readFileSync(aside, 'utf8'), text);
				const { sessions, recovery } = await open().read();
				assert.equal(sessions.length, 1);
				assert.match(recovery!.sentence, sentence);
				assert.ok(
					recovery!.sentence.includes(`It is kept as ${aside}, and as there is no backup, a new one is begun.`),
				);
				await open().update((state) => void delete state.recovery);
				assert.equal((await open().read()).recovery, undefined);
			});
		}

		it('sets it aside when it is only read, too', async () => {
			putState('{');
			assert.match((await open().read()).recovery!.sentence, /a new one is begun\.$/);
			assert.deepEqual(readdirSync(dirname(stateFile)), [
				'session_state.json',
				'session_state.json.unreadable-20251119T160000250Z',
			]);
		});

		it('replaces none of those that were set aside before', async () => {
			for (const text of ['{1', '{2', '{3']) {
				putState(text);
				await open().update(() => {});
			}
			const names = readdirSync(dirname(stateFile)).filter((name) => name.includes('unreadable'));
			const kept = names.map((name) => readFileSync(join(dirname(stateFile), name), 'utf8'));
			assert.deepEqual(kept.sort(), ['{1', '{2', '{3']);
		});

		it('keeps the old file when a record in it is left out on writing', async () => {
			const text = '{"version": "1.1", "sessions": {"bob-20251119-1430": {"author": "Bob"}}}';
			putState(text);
			assert.equal((await open().read()).problems.length, 1);
			await start();
			assert.equal(readFileSync(`${stateFile}.unreadable-20251119T160000250Z`, 'utf8'), text);
			assert.deepEqual((await open().read()).problems, []);
		});

		it('leaves a file of a newer version untouched', async () => {
			putState('{"version": "2.0"}');
			const refusal = {
				name: 'UserError',
				message: `${stateFile} was left untouched: it is of version 2.0, which a newer Auto-PR Sessions wrote. Update this one.`,
			};
			await assert.rejects(open().read(), refusal);
			await assert.rejects(start(), refusal);
			assert.equal(readFileSync(stateFile, 'utf8'), '{"version": "2.0"}');
		});
	});

	it('says that its folder is read-only, to readers of a damaged file as well', async function () {
		if (process.platform === 'win32') this.skip(); // Windows folders have no such permission.
		putState('{');
		for (const folder of [root, dirname(dirname(stateFile)), dirname(stateFile)]) chmodSync(folder, 0o555);
		const isRoot = process.getuid?.() === 0;
		if (isRoot) process.seteuid!(65534);
		try {
			await assert.rejects(
				start(),
				(error) => error instanceof UserError && /permission is denied/.test(error.message),
			);
			const { problems } = await open().read();
			assert.match(
				problems[0]!,
				/:1 cannot be read: .* It could not be moved away: Cannot write .*permission is denied/,
			);
		} finally {
			if (isRoot) process.seteuid!(0);
			for (const folder of [root, dirname(dirname(stateFile)), dirname(stateFile)]) chmodSync(folder, 0o755);
		}
	});

	it('follows no link out of the repository', async () => {
		const outside = realpathSync(mkdtempSync(join(tmpdir(), 'auto-pr-outside-')));
		symlinkSync(outside, join(root, '.cursor'), 'junction');
		await assert.rejects(start(), { name: 'UserError', message: /outside the repository/ });
		await assert.rejects(open().read(), { name: 'UserError', message: /outside the repository/ });
		assert.deepEqual(readdirSync(outside), []);
		rmSync(outside, { recursive: true });
	});

	it('never keeps a process that stays waiting for the disk, and waits in place in any other', async () => {
		const change = (state: State) => void state.told.set(`${state.told.size}`, 'x');
		assert.equal(await callsOf('fsyncSync', () => open({ onTrouble: () => {} }).update(change)), 0);
		// On Windows a folder cannot be synced.
		const least = process.platform === 'win32' ? 1 : 2;
		assert.equal(await callsOf('fsyncSync', () => open().update(change)), least);
	});

	it('says that the repository is not there', async () => {
		const store = openStore(join(root, 'gone'));
		await assert.rejects(store.read(), { name: 'UserError', message: /The folder .*gone does not exist/ });
	});
});
