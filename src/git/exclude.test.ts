import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { exclude, unexclude } from './exclude.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

describe('excluding files from git', () => {
	let repository: TestRepository;
	let location: Location;
	let file: string;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		file = join(location.commonDir, 'info', 'exclude');
	});
	afterEach(() => repository.dispose());

	it('keeps them out of git status, in a folder that may be missing', async () => {
		await rm(join(location.commonDir, 'info'), { recursive: true, force: true });
		await repository.write({ '.cursor/data/state.json': '{}', 'docs/ž.json': '{}', 'other.txt': '' });
		await exclude(location, ['/.cursor/data/', '/docs/ž.json']);
		assert.equal(await repository.git('status', '--porcelain', '--untracked-files=all'), '?? other.txt');
		assert.equal(await readFile(file, 'utf8'), '# Auto-PR Sessions\n/.cursor/data/\n/docs/ž.json\n');
	});

	it('adds nothing twice, and what is new under the same heading', async () => {
		await writeFile(file, '# theirs\n*.log\n');
		await exclude(location, ['/a', '/b', '/a']);
		await exclude(location, ['/b', '*.log', '/c']);
		assert.equal(await readFile(file, 'utf8'), '# theirs\n*.log\n# Auto-PR Sessions\n/a\n/b\n/c\n');
	});

	it('keeps everything else byte for byte, CRLF and all', async () => {
		const theirs = Buffer.from('# caf\xe9 \xff\r\n*.log\r\n\r\nlast', 'latin1');
		await writeFile(file, theirs);
		await exclude(location, ['/a']);
		assert.deepEqual(await readFile(file), Buffer.concat([theirs, Buffer.from('\r\n# Auto-PR Sessions\r\n/a\r\n')]));
		await repository.write({ a: '', last: '' });
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('takes out its own lines alone, and the heading with the last', async () => {
		await writeFile(file, '/a\n# Auto-PR Sessions\n/b\n/c\n\n/b\n# more\n');
		await unexclude(location, ['/a', '/b']);
		assert.equal(await readFile(file, 'utf8'), '/a\n# Auto-PR Sessions\n/c\n\n/b\n# more\n');
		await unexclude(location, ['/c']);
		assert.equal(await readFile(file, 'utf8'), '/a\n\n/b\n# more\n');
		await unexclude(location, ['/c']);
	});

	it('serves linked work trees', async () => {
		await repository.commit('1');
		const linked = openRepository(join(repository.root, 'linked'));
		await repository.git('worktree', 'add', '--quiet', '-b', 'other', linked.root);
		await exclude(await locate(linked.root), ['/a']);
		await linked.write({ a: '' });
		assert.equal(await linked.git('status', '--porcelain'), '');
	});

	it('refuses what is not one line', async () => {
		await assert.rejects(exclude(location, ['/a\n!/b']), /is not one line/);
		await assert.rejects(exclude(location, ['']), /is not one line/);
	});

	it('puts back any file that ends its last line', async () => {
		const line = fc.string({ unit: fc.constantFrom('a', '#', ' ', '*', '\xff') });
		await fc.assert(
			fc.asyncProperty(fc.array(line), async (lines) => {
				const theirs = Buffer.from(lines.map((text) => `${text}\n`).join(''), 'latin1');
				await writeFile(file, theirs);
				await exclude(location, ['/x', '/y']);
				await unexclude(location, ['/x', '/y']);
				assert.deepEqual(await readFile(file), theirs);
			}),
			{ numRuns: 30 },
		);
	});
});
