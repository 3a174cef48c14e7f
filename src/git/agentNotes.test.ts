import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { AGENT_HOOK_SCRIPT, agentHookCommand, agentHookScript } from '../core/agentHookScript.ts';
import type { AgentSignal } from '../core/agentHooks.ts';
import { agentNotesFolder, hasAgentNotes, leaveAgentNote, openAgentNotes, takeAgentNotes } from './agentNotes.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

const ID = '668320d2-2fd8-4888-b33c-2a466fec86e7';

describe('notes of agents’ hooks', () => {
	let repository: TestRepository;
	let location: Location;

	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		await repository.write({ [AGENT_HOOK_SCRIPT]: agentHookScript(), 'sub/a.txt': 'a\n' });
	});
	afterEach(() => repository.dispose());

	/** Runs the command that stands in an agent's file, in a shell as the agent does. Returns what it printed. */
	function run(
		agent: string,
		signal: string,
		payload: unknown,
		{ cwd = repository.root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
	): Promise<string> {
		const child = spawn(agentHookCommand(agent, signal as AgentSignal), {
			cwd,
			shell: true,
			env: { ...process.env, ...env },
		});
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			out += text;
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(typeof payload === 'string' ? payload : JSON.stringify(payload));
		return new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`exit code ${code}: ${out}`))));
		});
	}

	const names = async (at = location) => (await readdir(agentNotesFolder(at))).sort();

	describe('the script', () => {
		beforeEach(() => openAgentNotes(location));

		it('leaves a note that says what, who and which conversation, and answers the agent with an empty object', async () => {
			assert.equal(await run('cursor', 'edit', { conversation_id: ID, hook_event_name: 'afterFileEdit' }), '{}\n');
			await run('claude', 'end', { session_id: ID, hook_event_name: 'SessionEnd', reason: 'clear' });
			assert.deepEqual(await names(), [`edit.cursor.${ID}`, `end.claude.${ID}`]);
			const notes = await takeAgentNotes(location);
			assert.deepEqual(notes.map(({ agent, signal, conversation }) => [agent, signal, conversation]).sort(), [
				['claude', 'end', ID],
				['cursor', 'edit', ID],
			]);
			for (const { at } of notes) assert.ok(Math.abs(at - Date.now()) < 60_000);
		});

		it('works from a folder below the top, over a pretty-printed payload, and over none', async () => {
			await run('claude', 'edit', JSON.stringify({ cwd: '/x', session_id: ID }, undefined, 2), {
				cwd: join(repository.root, 'sub'),
			});
			await run('cursor', 'active', '');
			assert.deepEqual(await names(), ['active.cursor', `edit.claude.${ID}`]);
		});

		it('takes the conversation before another id, and neither from a text that the agent quotes', async () => {
			const edits = [{ old_string: '', new_string: '{"conversation_id": "quoted", "reason": "window_close"}' }];
			await run('cursor', 'end', { session_id: 'other', edits, conversation_id: ID });
			assert.deepEqual(await names(), [`end.cursor.${ID}`]);
		});

		it('holds an edit to the first since somebody looked', async () => {
			await run('cursor', 'edit', { conversation_id: ID });
			await run('cursor', 'edit', { conversation_id: ID });
			assert.deepEqual(await names(), [`active.cursor.${ID}`, `edit.cursor.${ID}`]);
		});

		it('takes a closed window for no goodbye', async () => {
			await run('cursor', 'end', { conversation_id: ID, reason: 'window_close' });
			assert.deepEqual(await names(), [`active.cursor.${ID}`]);
		});

		it('knows the agent where Cursor runs the hooks of Claude Code', async () => {
			await run('claude', 'edit', { session_id: ID }, { env: { CURSOR_VERSION: '2.4.0' } });
			assert.deepEqual(await names(), [`edit.cursor.${ID}`]);
		});

		it('runs nothing of what it is given, and makes no path of it', async () => {
			const bad = '$(touch hacked)`touch hacked`;touch hacked;../../../hacked';
			await run('cursor', 'edit', { conversation_id: bad, reason: bad });
			await run('cursor', 'edit', `"conversation_id":"${bad}"\n"session_id":"../x"`);
			await run('../x', 'edit', {}).catch(() => undefined);
			assert.deepEqual(await names(), ['active.cursor', 'edit.cursor']);
			assert.equal((await readdir(repository.root)).includes('hacked'), false);
		});

		it('keeps no id that is longer than any is', async () => {
			await run('cursor', 'edit', { conversation_id: 'x'.repeat(81) });
			assert.deepEqual(await names(), ['edit.cursor']);
		});

		it('reads a payload of megabytes to its end', async () => {
			const edits = [{ old_string: 'a"'.repeat(500_000), new_string: 'b\\'.repeat(500_000) }];
			await run('cursor', 'edit', { edits, conversation_id: ID });
			assert.deepEqual(await names(), [`edit.cursor.${ID}`]);
		});
	});

	it('are not left where nobody takes them', async () => {
		assert.equal(await run('cursor', 'edit', { conversation_id: ID }), '{}\n');
		await assert.rejects(stat(agentNotesFolder(location)));
		assert.deepEqual([hasAgentNotes(location), await takeAgentNotes(location)], [false, []]);
	});

	it('are nothing to a branch without the script', async () => {
		await openAgentNotes(location);
		const bare = await makeRepository();
		assert.equal(await run('cursor', 'edit', {}, { cwd: bare.root }), '');
		await bare.dispose();
	});

	it('are each working copy’s own', async () => {
		await openAgentNotes(location);
		await repository.git('add', '--all');
		await repository.commit('root');
		const root = `${repository.root}-linked`;
		await repository.git('worktree', 'add', '--quiet', root);
		const linked = openRepository(root);
		try {
			await run('cursor', 'edit', { conversation_id: ID }, { cwd: root });
			assert.deepEqual(await names(), []);
			assert.deepEqual(await names(await locate(root)), [`edit.cursor.${ID}`]);
		} finally {
			await linked.dispose();
		}
	});

	it('are given to one taker, oldest first, and other files stay', async () => {
		await openAgentNotes(location);
		await leaveAgentNote(location, { agent: 'cursor', signal: 'end', conversation: 'a' });
		await leaveAgentNote(location, { agent: 'cursor', signal: 'edit', conversation: 'a' });
		await utimes(join(agentNotesFolder(location), 'edit.cursor.a'), 1000, 1000);
		await writeFile(join(agentNotesFolder(location), 'README'), '');
		await mkdir(join(agentNotesFolder(location), 'folder'));
		assert.equal(hasAgentNotes(location), true);
		const taken = (await Promise.all([1, 2, 3].map(() => takeAgentNotes(location)))).flat();
		assert.deepEqual(taken.map(({ signal }) => signal).sort(), ['edit', 'end']);
		assert.equal(taken.find(({ signal }) => signal === 'edit')?.at, 1_000_000);
		assert.deepEqual(await names(), ['README', 'folder']);
	});
});
