import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStore } from './sessionStore.ts';
import { aCompletedSession, aSession } from './testSessions.ts';

const MINUTE = 60_000;
const ALICE = aSession();
const BOB = aSession({ id: 'bob-20251119-1500', author: 'Bob', identity: 'bob@example.com', pullRequests: [13] });

describe('a state file that is damaged in part', () => {
	let root: string;
	const stateFile = () => join(root, '.cursor', 'data', 'session_state.json');
	const open = () => openStore(root);
	const idsOf = ({ sessions }: { sessions: { id: string }[] }) => sessions.map(({ id }) => id).sort();

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'auto-pr-damaged-'));
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	function damage(text: string): void {
		mkdirSync(dirname(stateFile()), { recursive: true });
		for (const name of readdirSync(dirname(stateFile()))) {
			if (name.includes('unreadable')) rmSync(join(dirname(stateFile()), name));
		}
		writeFileSync(stateFile(), text);
	}

	it('keeps each open session whose record was whole, cut at any byte, though no backup has it', async () => {
		await open().update(({ sessions }) => void sessions.push(ALICE, BOB));
		const whole = readFileSync(stateFile(), 'utf8');
		const endOf = (id: string) => {
			const line = whole.lastIndexOf(`"${id}": {"author"`);
			return whole.slice(0, whole.indexOf('\n', line)).replace(/,$/, '').length;
		};
		const ends = [ALICE, BOB].map(({ id }) => ({ id, end: endOf(id) }));
		for (let length = 0; length < whole.trimEnd().length; length += 17) {
			damage(whole.slice(0, length));
			const { problems, ...state } = await open().read();
			const expected = ends.filter(({ end }) => end <= length).map(({ id }) => id);
			assert.deepEqual(idsOf(state), expected, `cut at ${length}`);
			assert.deepEqual(problems, []);
			const { sentence } = state.recovery!;
			assert.equal(/with the \d sessions? that could be read in it/.test(sentence), expected.length > 0, sentence);
		}
	});

	it('takes the later activity of a session that the backup has too, and what only the damaged file has', async () => {
		await open().update(({ sessions, told }) => {
			sessions.push(aSession());
			told.set('welcome', '2025-11-19T14:00:00.000Z');
		});
		await open().backUp('asked');
		const lastActivityAt = ALICE.lastActivityAt + MINUTE;
		await open().update((state) => {
			state.sessions = [aSession({ lastActivityAt }), BOB];
			state.publishQueue.push({ session: ALICE.id, branches: ['main'], startedAt: 1, since: 2, attempts: 0 });
		});
		damage(readFileSync(stateFile(), 'utf8').replace('"told": {', '"told": garbage {'));
		const state = await open().read();
		assert.deepEqual(idsOf(state), [ALICE.id, BOB.id]);
		assert.equal(state.sessions.find(({ id }) => id === ALICE.id)!.lastActivityAt, lastActivityAt);
		assert.deepEqual(
			state.publishQueue.map(({ session }) => session),
			[ALICE.id],
		);
		assert.ok(state.told.has('welcome'), 'from the backup');
		assert.match(state.recovery!.sentence, /the backup of .* takes its place, with the 2 sessions that could be read/);
	});

	it('does not open again what either of the two knows to be over', async () => {
		await open().update(({ sessions }) => void sessions.push(ALICE, BOB));
		await open().backUp('asked');
		await open().update((state) => {
			state.sessions = [BOB];
			state.completed.push(aCompletedSession());
		});
		rmSync(join(root, 'docs'), { recursive: true });
		damage(`${readFileSync(stateFile(), 'utf8').trimEnd().slice(0, -1)}, "`);
		assert.deepEqual(idsOf(await open().read()), [BOB.id]);
	});

	it('keeps what a reader of the older system wrote into the maps', async () => {
		await open().update(({ sessions }) => void sessions.push(ALICE));
		const file = JSON.parse(readFileSync(stateFile(), 'utf8'));
		file.pr_to_session['77'] = 'carol-20240101-0900';
		file.session_metadata['carol-20240101-0900'] = { author: 'Carol', mood: 'good' };
		damage(`${JSON.stringify(file).slice(0, -1)}, "more": `);
		await open().read();
		const mended = JSON.parse(readFileSync(stateFile(), 'utf8'));
		assert.equal(mended.pr_to_session['77'], 'carol-20240101-0900');
		assert.deepEqual(mended.session_metadata['carol-20240101-0900'], { author: 'Carol', mood: 'good' });
		assert.deepEqual(Object.keys(mended.sessions), [ALICE.id]);
	});

	it('settles both sides of a conflict that somebody committed', async () => {
		await open().update(({ sessions }) => void sessions.push(ALICE, BOB));
		const lines = readFileSync(stateFile(), 'utf8').split('\n');
		const at = lines.findLastIndex((line) => line.includes(`"${BOB.id}": {"author"`));
		lines.splice(at, 1, '<<<<<<< ours', lines[at]!, '=======', '>>>>>>> theirs');
		damage(lines.join('\n'));
		assert.deepEqual(idsOf(await open().read()), [ALICE.id, BOB.id]);
	});
});
