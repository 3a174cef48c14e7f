import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type GitHubServer, startGitHubServer } from '../../test/github-server/server.ts';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr } from './testing.ts';

describe('auto-pr health', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('first');
	});
	afterEach(() => repository.dispose());

	/** Makes the state so large that it warns. */
	async function growState(): Promise<void> {
		const folder = join(repository.root, '.cursor', 'data');
		await mkdir(folder, { recursive: true });
		const state = { version: '1.1', padding: 'x'.repeat(1024 ** 2) };
		await writeFile(join(folder, 'session_state.json'), JSON.stringify(state));
	}

	it('says that all is well, with the figures, and exits with 0', async () => {
		const { code, stdout, stderr } = await autoPr(['health', '--repo', repository.root]);
		assert.deepEqual([code, stderr], [0, '']);
		assert.match(stdout, /^All is well\.\n {2}good {5}orphans +0 {2}\(at most 5\)\n/);
	});

	it('tells each warning with its figure, its limit and what to do, and exits with 1', async () => {
		await growState();
		const { code, stdout } = await autoPr(['health', '--repo', repository.root]);
		assert.equal(code, 1);
		assert.match(stdout, /^1 warning\.\n/);
		assert.match(stdout, /^ {2}warning {2}state size +1\.1 MiB {2}\(at most 1 MiB\)$/m);
		assert.match(stdout, /^state size: .*auto-pr status/m);
	});

	it('gives the same as JSON, in numbers', async () => {
		await autoPr(['start', '--repo', repository.root]);
		const { stdout } = await autoPr(['health', '--json', '--repo', repository.root]);
		const { healthy, findings, orphans, operations } = JSON.parse(stdout);
		assert.deepEqual([healthy, orphans], [true, []]);
		assert.deepEqual(findings[0], {
			name: 'orphans',
			value: 0,
			limit: 5,
			unit: 'sessions',
			warning: false,
			advice: null,
		});
		assert.deepEqual(Object.keys(operations[0]), ['operation', 'times', 'median', 'p99']);
	});

	describe('with a webhook', () => {
		let chat: Server;
		let address: string;
		let heard: string[];
		let status: number;

		beforeEach(async () => {
			heard = [];
			status = 200;
			chat = createServer(async (request, response) => {
				let body = '';
				for await (const piece of request) body += piece;
				heard.push(body);
				response.writeHead(status).end();
			});
			await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
			address = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/SECRET`;
		});
		afterEach(() => {
			chat.closeAllConnections();
			chat.close();
		});

		it('tells the chat of warnings, and nothing while all is well', async () => {
			assert.equal((await autoPr(['health', '--webhook', address, '--repo', repository.root])).code, 0);
			await growState();
			const env = { AUTO_PR_WEBHOOK: address };
			assert.equal((await autoPr(['health', '--repo', repository.root], { env })).code, 1);
			assert.equal(heard.length, 1);
			assert.match(JSON.parse(heard[0]!).text, /something needs a look\n• State size: 1\.1 MiB \(at most 1 MiB\)$/);
		});

		it('says in one sentence, without the address, that the chat did not hear', async () => {
			status = 410;
			await growState();
			const { code, stdout, stderr } = await autoPr(['health', '--webhook', address, '--repo', repository.root]);
			assert.equal(code, 2);
			assert.match(stderr, /^[^\n]*status 410[^\n]*\n$/);
			assert.doesNotMatch(stdout + stderr, /SECRET/);
		});
	});

	describe('with --issue', () => {
		let server: GitHubServer;

		beforeEach(async () => {
			server = await startGitHubServer();
			const { runs } = server.addRepository({ owner: 'octo', name: 'demo' });
			const run = { workflow: 'auto-pr-sessions.yml', conclusion: 'failure', createdAt: Date.now() } as const;
			runs.push(run, run, run, run);
			await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		});
		afterEach(async () => {
			await server.close();
			assert.deepEqual(server.violations, []);
		});

		const keep = () =>
			autoPr(['health', '--issue', '--repo', repository.root], {
				env: { GITHUB_API_URL: server.url, GITHUB_TOKEN: server.token },
			});

		it('keeps the one issue, by what GitHub tells', async () => {
			const first = await keep();
			assert.deepEqual([first.code, first.stderr], [1, '']);
			assert.match(first.stdout, /^ {2}warning {2}workflow failures +4 of 4 /m);
			assert.match(first.stdout, /^Issue #1: opened\.$/m);
			[...server.state.repositories.values()][0]!.runs.length = 1;
			const second = await keep();
			assert.equal(second.code, 0);
			assert.match(second.stdout, /^Issue #1: closed\.$/m);
		});

		it('says so where the repository is on no forge', async () => {
			await repository.git('remote', 'remove', 'origin');
			const { code, stderr } = await keep();
			assert.equal(code, 2);
			assert.match(stderr, /has no remote/);
		});
	});
});
