import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFileIfExists, sweepLeftovers, writeFileAtomic } from './atomicFile.ts';

const isRoot = process.getuid?.() === 0;
const onWindows = process.platform === 'win32';

/** Does `work` as a user whom permissions bind, also where the tests run as root. */
async function unprivileged(work: () => Promise<void>): Promise<void> {
	if (isRoot) process.seteuid!(65534);
	try {
		await work();
	} finally {
		if (isRoot) process.seteuid!(0);
	}
}

describe('atomic files', () => {
	let root: string;
	let outside: string;
	beforeEach(() => {
		const top = realpathSync(mkdtempSync(join(tmpdir(), 'auto-pr-file-')));
		root = join(top, 'repository');
		outside = join(top, 'outside');
		mkdirSync(root);
		mkdirSync(outside);
	});
	afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

	it('writes a file and the folders on its way', async () => {
		const file = join(root, 'a', 'b', 'state.json');
		await writeFileAtomic(file, 'grüße 🤖', root);
		assert.equal(await readFileIfExists(file, root), 'grüße 🤖');
		assert.deepEqual(readdirSync(dirname(file)), ['state.json']);
	});

	it('replaces a file and keeps its permissions', async () => {
		const file = join(root, 'state.json');
		writeFileSync(file, 'old');
		chmodSync(file, 0o664);
		const { mode } = statSync(file);
		await writeFileAtomic(file, 'new', root);
		assert.equal(readFileSync(file, 'utf8'), 'new');
		assert.equal(statSync(file).mode, mode);
	});

	it('lets many writers of one file each write it whole', async () => {
		const file = join(root, 'state.json');
		const texts = Array.from({ length: 30 }, (_, n) => `${n} `.repeat(5000));
		await Promise.all(texts.map((text) => writeFileAtomic(file, text, root)));
		assert.ok(texts.includes(readFileSync(file, 'utf8')));
		assert.deepEqual(readdirSync(root), ['state.json']);
	});

	it('reads nothing from a file that is not there, nor from one whose folder is not', async () => {
		assert.equal(await readFileIfExists(join(root, 'state.json'), root), undefined);
		assert.equal(await readFileIfExists(join(root, 'no', 'state.json'), root), undefined);
		assert.deepEqual(readdirSync(root), []);
	});

	it('takes a byte order mark off', async () => {
		writeFileSync(join(root, 'state.json'), '\ufeff{}');
		assert.equal(await readFileIfExists(join(root, 'state.json'), root), '{}');
	});

	it('keeps the old file and leaves nothing behind when the disk is full', async function () {
		const small = join(root, 'small');
		mkdirSync(small);
		try {
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'ignore' });
		} catch {
			this.test!.title += ' (skipped: a small file system can only be mounted by root on Linux)';
			this.skip();
		}
		try {
			const file = join(small, 'state.json');
			await writeFileAtomic(file, 'good', root);
			await assert.rejects(writeFileAtomic(file, 'x'.repeat(200_000), root), {
				name: 'UserError',
				message: `Cannot write ${file}: the disk is full. Free some space (ENOSPC).`,
			});
			assert.equal(readFileSync(file, 'utf8'), 'good');
			assert.deepEqual(readdirSync(small), ['state.json']);
		} finally {
			execFileSync('umount', [small]);
		}
	});

	it('says that a folder is read-only', async function () {
		if (onWindows) this.skip(); // Windows folders have no such permission.
		chmodSync(dirname(root), 0o755);
		chmodSync(root, 0o555);
		await unprivileged(() =>
			assert.rejects(writeFileAtomic(join(root, 'state.json'), 'new', root), {
				name: 'UserError',
				message: /^Cannot write .*state\.json: permission is denied\. Make .* \(EACCES\)\.$/,
			}),
		);
		await unprivileged(() =>
			assert.rejects(writeFileAtomic(join(root, 'data', 'state.json'), 'new', root), {
				message: /permission is denied/,
			}),
		);
		assert.deepEqual(readdirSync(root), []);
	});

	it('says that a file stands where a folder should', async () => {
		writeFileSync(join(root, 'docs'), '');
		const file = join(root, 'docs', 'state.json');
		await assert.rejects(writeFileAtomic(file, 'new', root), { name: 'UserError', message: /is a file, not a folder/ });
		await assert.rejects(readFileIfExists(file, root), { name: 'UserError', message: /is a file, not a folder/ });
	});

	it('says that a folder stands where the file should', async () => {
		const file = join(root, 'state.json');
		mkdirSync(file);
		await assert.rejects(writeFileAtomic(file, 'new', root), { name: 'UserError', message: /is a folder, not a file/ });
		await assert.rejects(readFileIfExists(file, root), { name: 'UserError' });
		assert.deepEqual(readdirSync(root), ['state.json']);
	});

	it('follows no link out of the repository, neither to write nor to read nor to make a folder', async () => {
		writeFileSync(join(outside, 'secret'), 'secret');
		symlinkSync(outside, join(root, 'data'), 'junction');
		for (const file of [join(root, 'data', 'secret'), join(root, 'data', 'deeper', 'state.json')]) {
			const refusal = { name: 'UserError', message: /outside the repository .*\. Remove the link\.$/ };
			await assert.rejects(writeFileAtomic(file, 'new', root), refusal);
			await assert.rejects(readFileIfExists(file, root), refusal);
		}
		assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'secret');
		assert.deepEqual(readdirSync(outside), ['secret']);
	});

	it('refuses a link that leads nowhere', async () => {
		symlinkSync(join(outside, 'later'), join(root, 'state.json'));
		await assert.rejects(writeFileAtomic(join(root, 'state.json'), 'new', root), { message: /leads nowhere/ });
		assert.equal(existsSync(join(outside, 'later')), false);
	});

	it('follows a link within the repository and keeps it', async () => {
		writeFileSync(join(root, 'real.json'), 'old');
		symlinkSync(join(root, 'real.json'), join(root, 'state.json'));
		await writeFileAtomic(join(root, 'state.json'), 'new', root);
		assert.equal(readFileSync(join(root, 'real.json'), 'utf8'), 'new');
	});

	it('works in a repository that is itself reached by a link', async () => {
		const link = join(dirname(root), 'link');
		symlinkSync(root, link, 'junction');
		await writeFileAtomic(join(link, 'data', 'state.json'), 'new', link);
		assert.equal(readFileSync(join(root, 'data', 'state.json'), 'utf8'), 'new');
	});

	it('does not wait for a named pipe', async function () {
		if (onWindows) this.skip(); // Windows has none in the file system.
		execFileSync('mkfifo', [join(root, 'state.json')]);
		await assert.rejects(readFileIfExists(join(root, 'state.json'), root), { message: /not an ordinary file/ });
	});

	it('sweeps up what killed writers left, after an hour, and nothing else', async () => {
		const old = ['state.json.0123456789abcdef.tmp', 'state.json.lock.0123456789abcdef.claim'];
		const kept = [
			'state.json',
			'state.json.unreadable-20251119T143000000Z',
			'state.json.lock',
			'other.0123456789abcdef.tmp',
		];
		for (const name of [...old, ...kept]) {
			writeFileSync(join(root, name), '');
			utimesSync(join(root, name), 1, 1);
		}
		writeFileSync(join(root, 'state.json.fedcba9876543210.tmp'), 'being written');
		await sweepLeftovers(join(root, 'state.json'));
		assert.deepEqual(readdirSync(root).sort(), [...kept, 'state.json.fedcba9876543210.tmp'].sort());
	});
});
