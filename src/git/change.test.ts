import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { readNetChange, readNetChanges } from './change.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';
import { type NetDiff, PatchParser } from './patch.ts';

describe('the net change between two commits', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
	});
	afterEach(() => repository.dispose());

	it('counts each file once, however many commits touched it', async () => {
		const base = await repository.commit('1', { 'a.txt': 'one\ntwo\n', 'gone.txt': 'x\ny\n' });
		await repository.commit('2', { 'a.txt': 'one\nTWO\nthree\n', 'b.txt': 'b\n' });
		await repository.git('rm', '--quiet', 'gone.txt');
		const head = await repository.commit('3', { 'a.txt': 'one\nTWO\nthree\nfour\n' });
		assert.deepEqual(await readNetChange(location, base, head), {
			files: [
				{ kind: 'M', path: 'a.txt', added: 3, deleted: 1, binary: false, addedText: 'TWO\nthree\nfour\n' },
				{ kind: 'A', path: 'b.txt', added: 1, deleted: 0, binary: false, addedText: 'b\n' },
				{ kind: 'D', path: 'gone.txt', added: 0, deleted: 2, binary: false, addedText: '' },
			],
			truncated: false,
		});
	});

	it('compares with nothing where there is no base, and finds nothing where nothing changed', async () => {
		const head = await repository.commit('1', { 'a.txt': 'one' });
		const { files } = await readNetChange(location, undefined, head);
		assert.deepEqual(
			files.map(({ path, addedText }) => [path, addedText]),
			[['a.txt', 'one\n']],
		);
		assert.deepEqual(await readNetChange(location, head, head), { files: [], truncated: false });
	});

	it('compares many pairs at once just as one by one, whatever the files hold', async () => {
		const texts = ['', 'a\n', ':100644 x\n', 'no end', 'diff --git a/x b/x\n', '\0binary', ':\n:\n', '@@ -1 +1 @@\n'];
		const shas: string[] = [];
		for (const [n, text] of texts.entries())
			shas.push(await repository.commit(`${n}`, { [`f${n % 3}`]: text, ':x': text }));
		await repository.git('mv', 'f1', 'renamed');
		shas.push(await repository.commit('moved', { y: 'y\n' }));
		const pairs = shas.flatMap((head, n) => shas.slice(0, n + 1).map((base) => ({ base, head })));
		const single = [];
		for (const { base, head } of pairs) single.push(...(await readNetChange(location, base, head)).files);
		assert.deepEqual(await readNetChanges(location, pairs), { files: single, truncated: false });
		assert.deepEqual(await readNetChanges(location, []), { files: [], truncated: false });
		const limited = await readNetChanges(location, pairs, { perFile: 5, total: 12 });
		assert.ok(limited.truncated);
		assert.ok(limited.files.map(({ addedText }) => addedText).join('').length <= 12);
		assert.deepEqual(
			limited.files.map(({ path, added }) => [path, added]),
			single.map(({ path, added }) => [path, added]),
		);
	});

	it('knows renames, binary files, modes and changes of type', async function () {
		// Windows makes no links without a privilege.
		if (process.platform === 'win32') this.skip();
		const base = await repository.commit('1', { 'old name': 'a\nb\nc\nd\n', link: 'file\n', run: 'x\n', z: 'z\n' });
		await repository.git('mv', 'old name', 'new name');
		await repository.git('update-index', '--chmod=+x', 'run');
		await rm(join(repository.root, 'link'));
		await symlink('target', join(repository.root, 'link'));
		await repository.git('add', 'link', 'new name');
		await repository.git('commit', '--quiet', '-m', '2');
		const head = await repository.commit('3', { bin: Buffer.from([0, 1, 2]), 'new name': 'a\nb\nc\nd\ne\n', z: 'Z\n' });
		const { files } = await readNetChange(location, base, head);
		assert.deepEqual(files, [
			{ kind: 'A', path: 'bin', added: 0, deleted: 0, binary: true, addedText: '' },
			{ kind: 'T', path: 'link', added: 1, deleted: 1, binary: false, addedText: 'target\n' },
			{ kind: 'R', path: 'new name', from: 'old name', added: 1, deleted: 0, binary: false, addedText: 'e\n' },
			{ kind: 'M', path: 'run', added: 0, deleted: 0, binary: false, addedText: '' },
			{ kind: 'M', path: 'z', added: 1, deleted: 1, binary: false, addedText: 'Z\n' },
		]);
	});

	it('gives every path as it is', async function () {
		// Windows cannot hold such names.
		if (process.platform === 'win32') this.skip();
		const paths = ['a b', 'tab\there', 'new\nline', 'quo"te', 'žluť/🤖', '-dash', ':colon', ' b/ a'].sort();
		const head = await repository.commit('1', Object.fromEntries(paths.map((path) => [path, `${path}\n`])));
		const { files } = await readNetChange(location, undefined, head);
		assert.deepEqual(
			Object.fromEntries(files.map(({ path, addedText }) => [path, addedText])),
			Object.fromEntries(paths.map((path) => [path, `${path}\n`])),
		);
	});

	it('is not led astray by content that looks like a patch', async () => {
		const text = 'diff --git a/x b/x\n++ b/x\n@@ -1 +1 @@\n+plus\n-minus\n\\ No newline\n\n';
		const base = await repository.commit('1', { 'a.txt': 'diff --git a/y b/y\n-- a/y\n@@ gone\n' });
		const head = await repository.commit('2', { 'a.txt': text, 'b.txt': 'b\n' });
		const { files } = await readNetChange(location, base, head);
		assert.deepEqual(
			files.map(({ addedText }) => addedText),
			[text, 'b\n'],
		);
	});

	it('runs no driver or filter of the repository', async () => {
		await repository.git('config', 'diff.external', 'touch ran; false');
		await repository.git('config', 'diff.evil.textconv', 'touch ran; false');
		await repository.git('config', 'color.ui', 'always');
		await repository.git('config', 'diff.noprefix', 'true');
		const head = await repository.commit('1', { '.gitattributes': '*.txt diff=evil\n', 'a.txt': 'a\n' });
		const { files } = await readNetChange(location, undefined, head);
		assert.equal(files[1]!.addedText, 'a\n');
		assert.doesNotMatch(await repository.git('status', '--porcelain'), /ran/);
	});

	it('cuts the text at its limits, and says so, but counts all', async () => {
		const head = await repository.commit('1', { a: 'x\n'.repeat(100), b: 'y\n'.repeat(100), c: 'z\n' });
		const perFile = await readNetChange(location, undefined, head, { perFile: 10, total: 1000 });
		assert.deepEqual(lengths(perFile), [10, 10, 2]);
		const inAll = await readNetChange(location, undefined, head, { perFile: 100, total: 150 });
		assert.deepEqual(lengths(inAll), [100, 50, 0]);
		for (const change of [perFile, inAll]) {
			assert.equal(change.truncated, true);
			assert.deepEqual(
				change.files.map(({ added }) => added),
				[100, 100, 1],
			);
		}
	});

	it('reads the same in pieces of any size', async () => {
		const base = await repository.commit('1', { a: 'x\n', b: '1\n2\n3\n4\n' });
		await repository.git('mv', 'b', 'c');
		const head = await repository.commit('2', { a: '+\n++\n\nd\ndi\n', d: 'é\n' });
		const whole = await readNetChange(location, base, head);
		const args = ['diff-tree', '-r', '--raw', '--numstat', '-p', '--unified=0', '-z', '--find-renames', base, head];
		const bytes = Buffer.from(`${await repository.run(args)}\n`);
		for (let size = 1; size < 20; size++) {
			const parser = new PatchParser({ perFile: 1000, total: 1000 });
			for (let start = 0; start < bytes.length; start += size) parser.push(bytes.subarray(start, start + size));
			assert.deepEqual(parser.end(), whole);
		}
		assert.equal(whole.files[0]!.addedText, '+\n++\n\nd\ndi\n');
	});

	it('names a commit that is not there', async () => {
		const head = await repository.commit('1');
		await assert.rejects(readNetChange(location, '1'.repeat(40), head), /bad object/);
	});
});

function lengths({ files }: NetDiff): number[] {
	return files.map(({ addedText }) => addedText.length);
}
