import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { makeProgram } from './program.ts';
import { autoPr, bundle } from './testing.ts';

const COMMANDS = [
	'start',
	'status',
	'end',
	'discard',
	'replay',
	'check',
	'publish',
	'score',
	'validate',
	'import',
	'export',
	'mcp',
	'hook',
	'setup',
];

describe('auto-pr', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let empty: string;

	before(async () => {
		repository = await makeRepository();
		empty = await mkdtemp(path.join(tmpdir(), 'auto-pr-none-'));
	});
	after(async () => {
		await repository.dispose();
		await rm(empty, { recursive: true, force: true });
	});

	/** Wrong use or unusable input: nothing on stdout, one line on stderr. */
	async function refuses(args: string[], sentence: RegExp, options: Parameters<typeof autoPr>[1] = {}): Promise<void> {
		const { code, stdout, stderr } = await autoPr(args, { cwd: repository.root, ...options });
		assert.equal(stdout, '');
		assert.match(stderr, /^[^\n]+\n$/);
		assert.match(stderr, sentence);
		assert.equal(code, 2);
	}

	it('prints its commands for --help, and its version', async () => {
		const help = await autoPr(['--help']);
		assert.equal(help.code, 0);
		assert.equal(help.stderr, '');
		for (const command of COMMANDS) assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
		const version = await autoPr(['--version']);
		assert.deepEqual([version.code, version.stderr], [0, '']);
		assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
	});

	it('prints the same for "help", and the options of one command for its name', async () => {
		assert.deepEqual(await autoPr(['help']), await autoPr(['--help']));
		const { code, stdout, stderr } = await autoPr(['help', 'publish']);
		assert.deepEqual([code, stderr], [0, '']);
		assert.match(stdout, /^Usage: auto-pr publish [\s\S]*--print/);
		await refuses(['help', 'stauts'], /"auto-pr --help" lists them/);
	});

	it('takes --repo and --json with every command', () => {
		for (const command of makeProgram(() => undefined).commands) {
			const flags = command.options.map(({ flags }) => flags);
			assert.ok(flags.includes('--repo <folder>') && flags.includes('--json'), command.name());
		}
	});

	it('refuses wrong use in one line, with exit code 2', async () => {
		await refuses([], /No command was given: "auto-pr --help"/);
		await refuses(['stauts'], /unknown command 'stauts' \(Did you mean status\?\)/);
		await refuses(['status', '--jsno'], /unknown option '--jsno' \(Did you mean --json\?\)/);
		await refuses(['status', 'extra'], /too many arguments/);
		await refuses(['start', '--title'], /'--title <text>' argument missing/);
	});

	it('refuses a folder that does not exist, is a file, or is in no repository', async () => {
		await repository.write({ 'a file': '' });
		for (const command of ['status', 'replay', 'setup']) {
			await refuses([command, '--repo', path.join(empty, 'nowhere')], /nowhere does not exist/);
		}
		await refuses(['status', '--repo', 'a file'], /a file is not a folder/);
		await refuses(['status', '--repo', empty], /is not in a git repository/);
	});

	it('works from a folder below the top of the repository', async () => {
		await repository.write({ 'below/here/x': '' });
		assert.equal((await autoPr(['status'], { cwd: path.join(repository.root, 'below', 'here') })).code, 1);
	});

	it('says where an error comes from for --debug', async () => {
		const { code, stderr } = await autoPr(['end', '--debug'], { cwd: repository.root });
		assert.equal(code, 2);
		assert.match(stderr, /^UserError: No session is running in [^\n]+\n\s+at /);
	});

	it('hints at --debug for an error that nobody foresaw', async () => {
		await repository.write({
			'.git/HEAD': 'ref: refs/heads/main\n',
			'.git/config': '[core]\n\trepositoryformatversion = 77\n',
		});
		await refuses(['status'], /77.*--debug/);
		await repository.write({ '.git/config': '[core]\n\trepositoryformatversion = 0\n' });
	});

	it('ends quietly when its reader has seen enough', async () => {
		const child = spawn(process.execPath, [bundle(), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.destroy();
		let stderr = '';
		child.stderr.on('data', (text: Buffer) => {
			stderr += text;
		});
		const code = await new Promise((resolve) => child.once('close', resolve));
		assert.deepEqual([code, stderr], [0, '']);
	});

	it('keeps what a repository says from steering the terminal', async () => {
		const { stderr } = await autoPr(['end', 'x\u001b[2J\u202ey\nz'], { cwd: repository.root });
		assert.match(stderr, /^No open session is called x\[2Jy z, [^\n]+\n$/);
	});
});
