import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyState } from '../store/state.ts';
import { formatState } from '../store/stateFile.ts';
import { readRestricted } from './restricted.ts';
import { makeSession } from './testing.ts';

describe('a folder that is not trusted', () => {
	let folder: string;
	let data: string;

	beforeEach(() => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'apr-restricted-')));
		data = join(folder, '.cursor', 'data');
		mkdirSync(data, { recursive: true });
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('tells nothing where there is no state', async () => {
		assert.equal(await readRestricted(folder), undefined);
	});

	it('tells the session of its state file', async () => {
		const state = emptyState();
		state.sessions.push(makeSession({ workingCopy: folder }));
		writeFileSync(join(data, 'session_state.json'), formatState(state, 0));
		const overview = await readRestricted(folder);
		assert.deepEqual([overview?.here?.id, ...(overview?.notices ?? [])], ['alice-20251119-1430']);
	});

	it('leaves a damaged state file where it is', async () => {
		writeFileSync(join(data, 'session_state.json'), '{"version"');
		await assert.rejects(readRestricted(folder));
		assert.deepEqual(readdirSync(data), ['session_state.json']);
	});
});
