import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { UserError } from '../core/userError.ts';
import { environment } from './environment.ts';
import { findGit } from './executable.ts';
import { failure, GitError } from './gitError.ts';
import { git, streamGit } from './run.ts';

describe('running git', () => {
	let repository: TestRepository;
	before(async () => {
		repository = await makeRepository();
		await repository.commit('one', { 'a.txt': 'a\n' });
	});
	after(() => repository.dispose());

	it('returns what git printed, as UTF-8', async () => {
		await repository.commit('žluťoučký');
		assert.equal(await git(repository.root, ['log', '-1', '--format=%s']), 'žluťoučký\n');
	});

	it('gives git its input, be it empty', async () => {
		assert.equal(await git(repository.root, ['stripspace'], { input: '\n\nword  \n\n' }), 'word\n');
		assert.equal(await git(repository.root, ['stripspace'], { input: '' }), '');
	});

	it('takes exit code 1 without a word as "none"', async () => {
		assert.equal(await git(repository.root, ['config', '--get', 'no.such']), '');
	});

	it('keeps what git said when it fails', async () => {
		await assert.rejects(
			git(repository.root, ['cat-file', '-p', 'nothing']),
			(error) => error instanceof GitError && /Not a valid object name nothing/.test(error.message),
		);
	});

	it('says that a folder is in no repository', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'auto-pr-none-'));
		await assert.rejects(git(folder, ['rev-parse', 'HEAD']), sentence(/is not in a git repository: open a folder/));
		await rm(folder, { recursive: true });
	});

	it('says that a folder does not exist', async () => {
		const folder = join(repository.root, 'no-such');
		await assert.rejects(git(folder, ['status']), sentence(/no-such does not exist/));
		await assert.rejects(drain(streamGit(folder, ['status'])), sentence(/no-such does not exist/));
	});

	it('says that git is not installed', async () => {
		const path = process.env.PATH;
		process.env.PATH = repository.root;
		try {
			await assert.rejects(git(repository.root, ['status']), sentence(/git was not found/));
			await assert.rejects(drain(streamGit(repository.root, ['status'])), sentence(/git was not found/));
		} finally {
			process.env.PATH = path;
		}
	});

	it('tells how to trust a folder that another user owns', () => {
		const said = "fatal: detected dubious ownership in repository at '/srv/x y'\nTo add an exception…";
		const error = failure(repository.root, ['status'], 128, said);
		assert.ok(error instanceof UserError);
		assert.match(error.message, /git config --global --add safe\.directory "\/srv\/x y"/);
	});

	it('works whatever editor, pager or git directory the environment names', async () => {
		const names = { EDITOR: 'vi', PAGER: 'less', GIT_PAGER: 'less', GIT_DIR: '/nowhere', GIT_SSH_COMMAND: 'x' };
		Object.assign(process.env, names);
		try {
			assert.equal(
				(await git(repository.root, ['rev-parse', '--show-toplevel'])).trim().split('/').at(-1),
				base(repository),
			);
		} finally {
			for (const name of Object.keys(names)) delete process.env[name];
		}
	});

	it('keeps the configuration that the user put in the environment', async () => {
		const names = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.pager', GIT_CONFIG_VALUE_0: 'mine' };
		Object.assign(process.env, names);
		try {
			assert.equal(await git(repository.root, ['config', 'core.pager']), 'mine\n');
		} finally {
			for (const name of Object.keys(names)) delete process.env[name];
		}
	});

	it('never takes a lock that git could do without, nor asks for a password', () => {
		const env = environment({}, { PATH: '/bin', GIT_INDEX_FILE: 'x', GIT_AUTHOR_NAME: 'A', EDITOR: 'vi' });
		const ours = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
		assert.deepEqual(env, { PATH: '/bin', GIT_AUTHOR_NAME: 'A', ...ours });
	});

	it('runs no git.exe that lies in the repository', () => {
		const present = (file: string) => file === 'C:\\Git\\cmd\\git.exe' || file === 'git.exe';
		assert.equal(findGit('win32', '.;relative;"C:\\Git\\cmd"', present), 'C:\\Git\\cmd\\git.exe');
		assert.match(findGit('win32', '.;relative', present), /not-on-the-PATH/);
		assert.equal(
			findGit('linux', '/bin', () => false),
			'git',
		);
	});
});

describe('streaming from git', () => {
	let repository: TestRepository;
	before(async () => {
		repository = await makeRepository();
		await repository.commit('big', { 'big.txt': 'line\n'.repeat(200_000) });
	});
	after(() => repository.dispose());

	it('gives all that git prints', async () => {
		assert.equal((await drain(streamGit(repository.root, ['cat-file', 'blob', 'HEAD:big.txt']))).length, 1_000_000);
	});

	it('fails with what git said, also after output', async () => {
		await assert.rejects(
			drain(streamGit(repository.root, ['cat-file', '-p', 'nothing'])),
			(error) => error instanceof GitError && /nothing/.test(error.stderr),
		);
	});

	it('ends git when the consumer stops early', async () => {
		let pieces = 0;
		// Would wait for its input for ever, and keep this process alive.
		for await (const _piece of streamGit(repository.root, ['cat-file', 'blob', 'HEAD:big.txt'])) {
			pieces++;
			break;
		}
		assert.equal(pieces, 1);
	});
});

function sentence(pattern: RegExp): (error: unknown) => boolean {
	return (error) => error instanceof UserError && pattern.test(error.message);
}

function base(repository: TestRepository): string | undefined {
	return repository.root.split(/[\\/]/).at(-1);
}

async function drain(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
	const all: Buffer[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
}
