import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { sealed } from '../files/seal.ts';
import { installHook, readHook, removeHook } from './hook.ts';
import { writeHookNote } from './hookNote.ts';
import { MARK } from './hookScript.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

const ID = 'alice-20251119-1430';
/** Writes what it was called as into the work tree, then goes as told. */
const FOREIGN = `#!/bin/sh\necho "$(basename "$0") $*" >>foreign.log\nexit \${FOREIGN_EXIT-0}\n`;

describe('installing the commit hook', () => {
	let repository: TestRepository;
	let location: Location;
	let hooks: string;
	let hook: string;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		hooks = join(location.commonDir, 'hooks');
		hook = join(hooks, 'prepare-commit-msg');
		await startSession(location);
	});
	afterEach(() => repository.dispose());

	async function put(path: string, content: string): Promise<void> {
		await mkdir(join(path, '..'), { recursive: true });
		await writeFile(path, content, { mode: 0o755 });
		await chmod(path, 0o755);
	}

	it('puts an executable where git looks, takes it out again, and twice is once', async () => {
		assert.deepEqual(await readHook(location), { path: hook, kind: 'absent' });
		assert.deepEqual(await installHook(location), { path: hook, kind: 'installed' });
		const before = await stat(hook);
		assert.deepEqual(await installHook(location), { path: hook, kind: 'installed' });
		assert.equal((await stat(hook)).ino, before.ino);
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		assert.deepEqual(await removeHook(location), { path: hook, kind: 'absent' });
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), '');
	});

	it('brings a hook that another version wrote up to date, and leaves one that was edited as it is', async () => {
		await put(hook, FOREIGN);
		await installHook(location);
		const ours = await readFile(hook, 'utf8');
		const older = sealed(`#!/bin/sh\n${MARK}\n`, '#');
		for (const name of ['prepare-commit-msg', 'commit-msg']) {
			const path = join(hooks, name);
			const now = await readFile(path, 'utf8');
			await put(path, older);
			assert.deepEqual(await readHook(location), { path: hook, kind: 'chained', differs: 'outdated' });
			assert.deepEqual(await installHook(location), { path: hook, kind: 'chained' });
			assert.equal(await readFile(path, 'utf8'), now);
		}
		const edited = `${ours}echo mine\n`;
		await put(hook, edited);
		assert.deepEqual(await installHook(location), { path: hook, kind: 'chained', differs: 'edited' });
		await removeHook(location);
		assert.equal(await readFile(hook, 'utf8'), edited);
	});

	it('makes the hooks folder where there is none', async () => {
		await rm(hooks, { recursive: true, force: true });
		assert.equal((await installHook(location)).kind, 'installed');
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
	});

	it('runs a hook that was there first, with its arguments and under its name, and puts it back', async () => {
		await put(hook, FOREIGN);
		assert.deepEqual(await readHook(location), { path: hook, kind: 'foreign' });
		assert.deepEqual(await installHook(location), { path: hook, kind: 'chained' });
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		const log = await readFile(join(repository.root, 'foreign.log'), 'utf8');
		assert.equal(log, 'prepare-commit-msg .git/COMMIT_EDITMSG message\n');
		assert.deepEqual(await removeHook(location), { path: hook, kind: 'foreign' });
		assert.equal(await readFile(hook, 'utf8'), FOREIGN);
		assert.ok((await stat(hook)).mode & 0o100);
	});

	it('respects the exit code of the hook that was there', async () => {
		await put(hook, FOREIGN);
		await installHook(location);
		const env = { FOREIGN_EXIT: '3' };
		await assert.rejects(repository.run(['commit', '--allow-empty', '-m', 'x'], { env }));
	});

	it('does not run a hook that git did not run: one without its executable bit', async function () {
		// Windows has no such bit.
		if (process.platform === 'win32') this.skip();
		await put(hook, FOREIGN);
		await chmod(hook, 0o644);
		await installHook(location);
		await repository.run(['commit', '--allow-empty', '-m', 'x'], { env: { FOREIGN_EXIT: '3' } });
	});

	it('chains a hook that is a link, or no shell script', async function () {
		// Windows makes no links without a privilege.
		if (process.platform === 'win32') this.skip();
		await put(
			join(repository.root, 'tool'),
			'#!/usr/bin/env node\nrequire("fs").writeFileSync("ran", process.argv[3])\n',
		);
		await mkdir(hooks, { recursive: true });
		await symlink('../../tool', hook);
		assert.equal((await installHook(location)).kind, 'chained');
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		assert.equal(await readFile(join(repository.root, 'ran'), 'utf8'), 'message');
	});

	it('chains again what another tool put over it, and keeps what was chained', async () => {
		await put(hook, FOREIGN);
		await installHook(location);
		await put(hook, '#!/bin/sh\n# newer\n');
		assert.equal((await readHook(location)).kind, 'foreign');
		assert.equal((await installHook(location)).kind, 'chained');
		assert.equal(await readFile(`${hook}.auto-pr-chained`, 'utf8'), '#!/bin/sh\n# newer\n');
		assert.equal(await readFile(`${hook}.auto-pr-replaced`, 'utf8'), FOREIGN);
	});

	it('serves all linked work trees, each with its own session', async () => {
		await repository.commit('root');
		await installHook(location);
		const linked = openRepository(join(await temporary(), 'linked'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		const place = await locate(linked.root);
		assert.deepEqual(await readHook(place), { path: hook, kind: 'installed' });
		assert.equal(await sessionOf(linked, ['commit', '--allow-empty', '-m', 'x']), '');
		await startSession(place, { sessionId: 'bob-20251119-1500' });
		assert.equal(await sessionOf(linked, ['commit', '--allow-empty', '-m', 'x']), 'bob-20251119-1500');
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
	});

	it('goes where core.hooksPath says, and leaves the work tree clean', async () => {
		await put(join(repository.root, '.githooks', 'pre-commit'), '#!/bin/sh\n');
		await repository.git('add', '.githooks');
		await repository.commit('hooks');
		await repository.git('config', 'core.hooksPath', '.githooks');
		const path = join(repository.root, '.githooks', 'prepare-commit-msg');
		assert.deepEqual(await installHook(location), { path, kind: 'installed' });
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		assert.equal(await repository.git('status', '--porcelain'), '');
		assert.equal((await removeHook(location)).kind, 'absent');
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('goes into a folder elsewhere', async () => {
		const folder = join(await temporary(), 'all my hooks');
		await repository.git('config', 'core.hooksPath', folder);
		assert.deepEqual(await installHook(location), { path: join(folder, 'prepare-commit-msg'), kind: 'installed' });
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
	});

	it('resolves a relative core.hooksPath for each work tree', async () => {
		await repository.commit('root');
		await repository.git('config', 'core.hooksPath', 'my-hooks');
		const linked = openRepository(join(await temporary(), 'linked'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		const place = await locate(linked.root);
		await installHook(location);
		assert.equal((await readHook(place)).kind, 'absent');
		const path = join(linked.root, 'my-hooks', 'prepare-commit-msg');
		assert.deepEqual(await installHook(place), { path, kind: 'installed' });
	});

	it('runs beside husky, whose own hooks still run, and leaves the work tree clean', async () => {
		// As husky 9.1 writes them.
		await put(join(repository.root, '.husky/_/h'), HUSKY);
		await put(join(repository.root, '.husky/_/.gitignore'), '*');
		for (const name of ['prepare-commit-msg', 'commit-msg']) {
			await put(join(repository.root, '.husky/_', name), '#!/usr/bin/env sh\n. "$(dirname "$0")/h"');
			await put(join(repository.root, '.husky', name), `echo "${name} $*" >>.git/husky.log\n`);
		}
		await repository.git('config', 'core.hooksPath', '.husky/_');
		await repository.git('add', '.husky');
		await repository.commit('husky');
		const { kind, reason } = await installHook(location);
		assert.equal(kind, 'chained');
		assert.match(reason!, /husky writes its hooks anew/);
		await rm(join(repository.root, '.git/husky.log'));
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		const log = await readFile(join(repository.root, '.git/husky.log'), 'utf8');
		assert.equal(log, 'prepare-commit-msg .git/COMMIT_EDITMSG message\ncommit-msg .git/COMMIT_EDITMSG\n');
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('takes its place back when lefthook moved it away, twice', async () => {
		const lefthook = '#!/bin/sh\n# LEFTHOOK\n';
		for (const _round of [1, 2]) {
			await installHook(location);
			// As lefthook does it: it refuses where there is an .old one already.
			await assert.rejects(stat(`${hook}.old`));
			await repository.run(['mv', '--', hook, `${hook}.old`]).catch(() => undefined);
			await put(`${hook}.old`, await readFile(hook, 'utf8'));
			await put(hook, lefthook);
		}
		assert.equal((await installHook(location)).kind, 'chained');
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
	});

	it('never changes a committed hook: says the line to add, and that line works', async () => {
		const path = join(repository.root, '.githooks', 'prepare-commit-msg');
		await put(path, '#!/bin/sh\n');
		await repository.git('add', '.githooks');
		await repository.commit('hooks');
		await repository.git('config', 'core.hooksPath', '.githooks');
		const state = await installHook(location);
		assert.equal(state.kind, 'unreachable');
		assert.match(state.reason!, /is committed, so it is not changed: add this line/);
		assert.equal(await repository.git('status', '--porcelain'), '');
		const line = state.reason!.slice(state.reason!.indexOf('to it: ') + 'to it: '.length);
		await put(path, `#!/bin/sh\n${line}\n`);
		assert.deepEqual(await installHook(location), { path, kind: 'installed' });
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), ID);
		await removeHook(location);
		assert.equal(await sessionOf(repository, ['commit', '--allow-empty', '-m', 'x']), '');
	});

	it('says so where no hook can be', async () => {
		const file = join(repository.root, 'a-file');
		await writeFile(file, '');
		await repository.git('config', 'core.hooksPath', file);
		const { kind, reason } = await installHook(location);
		assert.equal(kind, 'unreachable');
		assert.match(reason!, /cannot be written .*set core\.hooksPath to a folder that can, or unset it/);
	});
});

/** Of husky 9.1, what matters here. */
const HUSKY = `#!/usr/bin/env sh
n=$(basename "$0")
s=$(dirname "$(dirname "$0")")/$n
[ ! -f "$s" ] && exit 0
sh -e "$s" "$@"
c=$?
exit $c
`;

async function startSession(location: Location, { sessionId = ID } = {}): Promise<void> {
	const timeout = 30 * 60_000;
	await writeHookNote(location, { sessionId, deadline: Date.now() + timeout, timeout, kind: 'hand', subjects: [] });
}

async function sessionOf(repository: TestRepository, args: string[]): Promise<string> {
	await repository.git(...args);
	return repository.git('log', '-1', '--format=%(trailers:key=Session-Id,valueonly)').then((text) => text.trim());
}

const temporaries: string[] = [];
async function temporary(): Promise<string> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'auto-pr-hook-')));
	temporaries.push(folder);
	return folder;
}
after(() => Promise.all(temporaries.map((folder) => rm(folder, { recursive: true }))));
