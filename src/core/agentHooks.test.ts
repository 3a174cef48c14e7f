import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AGENTS } from './accounts.ts';
import {
	AGENT_SIGNALS,
	type AgentNote,
	agentName,
	HOOKED_AGENTS,
	nameOfNote,
	noteOfName,
	noteOfPayload,
} from './agentHooks.ts';

const ID = '668320d2-2fd8-4888-b33c-2a466fec86e7';

describe('what agents’ hooks tell', () => {
	it('is read from what Cursor gives its hooks', () => {
		const cursor = (event: string, more: object = {}) =>
			noteOfPayload(
				'cursor',
				JSON.stringify({
					conversation_id: ID,
					generation_id: 'g',
					hook_event_name: event,
					workspace_roots: ['/r'],
					...more,
				}),
			);
		assert.deepEqual(cursor('sessionStart'), { agent: 'cursor', signal: 'active', conversation: ID });
		assert.equal(cursor('afterFileEdit', { file_path: '/r/a.ts', edits: [] })?.signal, 'edit');
		assert.equal(cursor('stop', { status: 'completed' })?.signal, 'active');
		assert.equal(cursor('sessionEnd', { reason: 'completed' })?.signal, 'end');
	});

	it('is read from what Claude Code gives its hooks', () => {
		const claude = (event: string, more: object = {}) =>
			noteOfPayload('claude', JSON.stringify({ session_id: ID, hook_event_name: event, cwd: '/r', ...more }));
		assert.deepEqual(claude('PostToolUse', { tool_name: 'MultiEdit' }), {
			agent: 'claude',
			signal: 'edit',
			conversation: ID,
		});
		assert.equal(claude('PostToolUse', { tool_name: 'Bash' })?.signal, 'active');
		assert.equal(claude('SessionEnd', { reason: 'prompt_input_exit' })?.signal, 'end');
	});

	it('is no goodbye where the conversation is often taken up again', () => {
		for (const reason of ['window_close', 'resume', 'aborted', 'error']) {
			assert.equal(
				noteOfPayload('cursor', JSON.stringify({ hook_event_name: 'sessionEnd', reason }))?.signal,
				'active',
			);
		}
	});

	it('says less where something is missing or odd, and nothing where it is no JSON', () => {
		assert.deepEqual(noteOfPayload('codex', '{}'), { agent: 'codex', signal: 'active' });
		for (const id of ['../../etc/passwd', 'a b', '$(reboot)', 'x'.repeat(81), '', 7, null, ['a']]) {
			assert.deepEqual(noteOfPayload('cursor', JSON.stringify({ conversation_id: id })), {
				agent: 'cursor',
				signal: 'active',
			});
		}
		for (const text of ['', '{', 'null', '7', '"x"']) assert.equal(noteOfPayload('cursor', text), undefined, text);
		assert.equal(noteOfPayload('../x', '{}'), undefined);
	});

	it('never throws, whatever it is given', () => {
		const payload = fc.record({
			hook_event_name: fc.anything(),
			tool_name: fc.anything(),
			reason: fc.anything(),
			conversation_id: fc.anything(),
		});
		fc.assert(
			fc.property(
				fc.oneof(
					fc.json(),
					payload.map((value) => JSON.stringify(value) ?? ''),
				),
				(text) => {
					const note = noteOfPayload('cursor', text);
					if (note) assert.deepEqual(noteOfName(nameOfNote(note)), note);
				},
			),
		);
	});

	it('fits into a file name, and is read from one as it was', () => {
		const note: fc.Arbitrary<AgentNote> = fc.record(
			{
				agent: fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/),
				signal: fc.constantFrom(...AGENT_SIGNALS),
				conversation: fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
			},
			{ requiredKeys: ['agent', 'signal'], noNullPrototype: true },
		);
		fc.assert(fc.property(note, (one) => assert.deepEqual(noteOfName(nameOfNote(one)), one)));
	});

	it('is not read from another file’s name', () => {
		for (const name of [
			'',
			'edit',
			'edit.',
			'edit.Cursor',
			'edit.cursor.',
			'edit.cursor.a.b',
			'look.cursor.a',
			'edit.cursor.a b',
			'.DS_Store',
		]) {
			assert.equal(noteOfName(name), undefined, name);
		}
	});

	it('names agents as the list of accounts does', () => {
		for (const { name } of Object.values(HOOKED_AGENTS))
			assert.ok(
				AGENTS.some((agent) => agent.name === name),
				name,
			);
		assert.deepEqual(
			[agentName('cursor'), agentName('codex'), agentName('constructor')],
			['Cursor', 'codex', 'constructor'],
		);
	});
});
