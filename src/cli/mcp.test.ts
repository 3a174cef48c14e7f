import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr, bundle } from './testing.ts';

describe('auto-pr mcp', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let client: Client;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('root');
		client = new Client({ name: 'test', version: '1' });
		await client.connect(
			new StdioClientTransport({
				command: process.execPath,
				args: [bundle(), 'mcp'],
				cwd: repository.root,
				stderr: 'ignore',
			}),
		);
	});
	afterEach(async () => {
		await client.close();
		await repository.dispose();
	});

	async function call(name: string, input: Record<string, unknown> = {}) {
		const { content, isError = false } = await client.callTool({ name, arguments: input });
		const { text } = (content as { text: string }[])[0]!;
		return { text, isError, answer: isError ? undefined : JSON.parse(text) };
	}

	it('lists its tools, each with what it does', async () => {
		const { tools } = await client.listTools();
		assert.deepEqual(
			tools.map(({ name }) => name),
			['start_session', 'session_status', 'end_session', 'session_history'],
		);
		for (const { description, inputSchema } of tools) assert.ok(description && inputSchema.type === 'object');
	});

	it('lets an agent hold a session of its own', async () => {
		assert.equal((await call('session_status')).answer.session, null);
		const { session } = (await call('start_session', { title: 'Login' })).answer;
		assert.equal(session.title, 'Login');
		await repository.commit('Add login', { 'a.ts': 'a\n' });
		assert.deepEqual(
			[(await call('session_status')).answer.session.id, (await call('session_status')).answer.session.commits],
			[session.id, 1],
		);
		assert.equal((await call('end_session')).answer.session.trigger, 'explicit');
		const { sessions } = (await call('session_history')).answer;
		assert.deepEqual([sessions.length, sessions[0].id, sessions[0].commits], [1, session.id, 1]);
	});

	it('answers what it cannot do with a sentence', async () => {
		const cases: [string, Record<string, unknown>, RegExp][] = [
			['end_session', {}, /^No session is running/],
			['start_session', { title: 7 }, /^The title is no text/],
			['session_history', { limit: 0 }, /^The limit is no whole number/],
			['constructor', {}, /^There is no tool/],
		];
		for (const [name, input, sentence] of cases) {
			const { isError, text } = await call(name, input);
			assert.ok(isError, name);
			assert.match(text, sentence);
		}
	});
});

describe('auto-pr hook', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
	});
	afterEach(() => repository.dispose());

	const hook = (agent: string, input: string) => autoPr(['hook', agent], { cwd: repository.root, input });

	it('begins a session at an edit, and names the conversation in it', async () => {
		const edit = { session_id: 'abc', hook_event_name: 'PostToolUse', tool_name: 'apply_patch' };
		const { code, stdout } = await hook('codex', JSON.stringify(edit));
		assert.deepEqual([code, stdout], [0, '{}\n']);
		const { session } = JSON.parse((await autoPr(['status', '--json'], { cwd: repository.root })).stdout);
		assert.deepEqual([session.origin, session.conversation], ['agent', 'codex:abc']);
	});

	it('never answers 2, by which an agent would stop', async () => {
		for (const [agent, input] of [
			['codex', 'no JSON'],
			['../x', '{}'],
		] as const) {
			const { code, stderr } = await hook(agent, input);
			assert.equal(code, 1);
			assert.match(stderr, /^Standard input is no JSON object[^\n]*\n$/);
		}
	});
});
