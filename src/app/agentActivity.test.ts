import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import type { AgentSignal } from '../core/agentHooks.ts';
import { agentNotesFolder, leaveAgentNote, openAgentNotes } from '../git/agentNotes.ts';
import { observe } from './observe.ts';
import { readCompleted, readOverview } from './status.ts';
import { Workspace } from './workspace.ts';

const MINUTE = 60_000;
const quiet = { info() {}, warn() {}, error() {} };

describe('what agents’ hooks told', () => {
	let repository: TestRepository;
	let workspace: Workspace;
	/** ms UTC, a whole second, ten minutes ago. */
	let start: number;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('root');
		workspace = await Workspace.open(repository.root, { now: Date.now, log: quiet, token: async () => undefined });
		await openAgentNotes(workspace.location);
		await observe(workspace);
		start = Math.floor(Date.now() / 1000) * 1000 - 10 * MINUTE;
	});
	afterEach(() => repository.dispose());

	async function note(signal: AgentSignal, at: number, conversation = 'a'): Promise<void> {
		await leaveAgentNote(workspace.location, { agent: 'cursor', signal, conversation });
		const file = join(agentNotesFolder(workspace.location), `${signal}.cursor.${conversation}`);
		await utimes(file, at / 1000, at / 1000);
	}

	it('is taken in as if somebody had looked at the time: edit, commit, goodbye', async () => {
		await note('edit', start + 400);
		await repository.commit('Add login', { 'a.ts': 'a\n' }, { at: start });
		await repository.commit('Add tests', { 'b.ts': 'b\n' }, { at: start + MINUTE });
		await note('end', start + 2 * MINUTE);
		const { result } = await observe(workspace);
		assert.deepEqual(
			result.map(({ rule }) => rule),
			['started-by-hand', 'started-by-hand'],
		);
		const [session] = await readCompleted(workspace, 1);
		assert.deepEqual([session?.trigger, session?.commits.length, session?.agent], ['explicit', 2, 'Cursor']);
		assert.deepEqual([session?.startedAt, session?.completedAt], [start, start + 2 * MINUTE]);
	});

	it('names the conversation, keeps the session going, and is taken in once', async () => {
		await note('edit', start);
		await observe(workspace);
		await note('active', start + 5 * MINUTE);
		await observe(workspace);
		const { here } = await readOverview(workspace);
		assert.deepEqual(
			[here?.conversation, here?.origin, here?.lastActivityAt],
			['cursor:a', 'agent', start + 5 * MINUTE],
		);
		assert.deepEqual(await observe(workspace), { result: [], effects: [] });
	});

	it('begins nothing where the agent only talks', async () => {
		await note('active', start);
		await note('end', start + MINUTE);
		await observe(workspace);
		assert.equal((await readOverview(workspace)).here, undefined);
		assert.deepEqual(await readCompleted(workspace, 1), []);
	});

	it('is believed no later than now, whatever clock the files have', async () => {
		await note('edit', Date.now() + 60 * MINUTE);
		await observe(workspace);
		const { here } = await readOverview(workspace);
		assert.ok(here && here.lastActivityAt <= Date.now());
	});
});
