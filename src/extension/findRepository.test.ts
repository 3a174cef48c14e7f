import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGitsOwn, isInside, mainWorkTreeOf, topOf, topsOf } from './findRepository.ts';

describe('finding repositories without git', () => {
	let folder: string;
	const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'pipe' });

	beforeEach(() => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'apr-find-')));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('finds the top from a folder below it', () => {
		git(folder, 'init', '-q');
		mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
		assert.equal(topOf(join(folder, 'src', 'deep')), folder);
	});

	it('finds the inner one of nested repositories', () => {
		git(folder, 'init', '-q');
		git(folder, 'init', '-q', 'vendor');
		assert.equal(topOf(join(folder, 'vendor')), join(folder, 'vendor'));
	});

	it('finds the repositories directly below a folder that is in none', async () => {
		for (const name of ['one', 'two']) git(folder, 'init', '-q', name);
		mkdirSync(join(folder, 'notes'));
		assert.deepEqual((await topsOf(folder)).sort(), [join(folder, 'one'), join(folder, 'two')]);
	});

	it('finds the main work tree of a linked one', async () => {
		git(folder, 'init', '-q', 'main');
		const main = join(folder, 'main');
		const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
		git(main, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
		git(main, 'worktree', 'add', '-q', '../linked');
		assert.equal(await mainWorkTreeOf(join(folder, 'linked')), main);
		assert.equal(await mainWorkTreeOf(main), main);
	});

	it('tells a folder from one whose name begins alike', () => {
		assert.equal(isInside(join(folder, 'shop', 'a.ts'), join(folder, 'shop')), true);
		assert.equal(isInside(join(folder, 'shop-old', 'a.ts'), join(folder, 'shop')), false);
		assert.equal(isInside(join(folder, '..shop', 'a.ts'), folder), true);
	});

	it("knows git's own files", () => {
		assert.equal(isGitsOwn(join(folder, '.git', 'COMMIT_EDITMSG')), true);
		assert.equal(isGitsOwn(join(folder, '.github', 'a.yml')), false);
	});
});
