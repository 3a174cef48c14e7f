import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { makeRepository, openRepository, type TestRepository } from '../../test/support/repository.ts';
import { installHook } from './hook.ts';
import { type HookNote, writeHookNote } from './hookNote.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

const ID = 'alice-20251119-1430';
const MINUTE = 60_000;
const now = () => Date.now();

describe('the commit hook', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		await repository.commit('root', { 'a.txt': 'a\n' });
		await installHook(location);
	});
	afterEach(() => repository.dispose());

	function note(changes: Partial<HookNote> = {}): Promise<void> {
		const deadline = now() + 30 * MINUTE;
		return writeHookNote(location, {
			sessionId: ID,
			deadline,
			timeout: 30 * MINUTE,
			kind: 'hand',
			subjects: [],
			...changes,
		});
	}

	async function last(what = '%(trailers:key=Session-Id,valueonly)'): Promise<string> {
		return (await repository.git('log', '-1', `--format=${what}`)).trim();
	}

	async function commit(...args: string[]): Promise<string> {
		await repository.git('commit', '--quiet', '--allow-empty', ...args);
		return last();
	}

	/** Commits with an editor that runs this line of sh on the message file, `$1`. */
	async function commitInEditor(line: string, ...args: string[]): Promise<void> {
		const editor = join(location.gitDir, 'editor');
		await writeFile(editor, `#!/bin/sh\n${line}\n`);
		await chmod(editor, 0o755);
		await repository.run(['commit', '--quiet', '--allow-empty', ...args], { env: { GIT_EDITOR: `"${editor}"` } });
	}

	const TYPE = `printf '%s\\n' "typed in the editor" "" "with a body" | cat - "$1" >"$1.new" && mv "$1.new" "$1"`;

	it('does nothing without a session', async () => {
		assert.equal(await commit('-m', 'x'), '');
	});

	describe('in a session started by hand', () => {
		beforeEach(() => note());

		it('marks each commit, not only the first', async () => {
			assert.deepEqual([await commit('-m', '1'), await commit('-m', '2'), await commit('-m', '3')], [ID, ID, ID]);
		});

		it('writes one paragraph of 31 bytes, and keeps the rest', async () => {
			await commit('-m', 'subject', '-m', 'body, one line');
			assert.equal(await last('%B'), `subject\n\nbody, one line\n\nSession-Id: ${ID}`);
		});

		it('marks amend -m, amend --no-edit, and not twice', async () => {
			await commit('-m', 'x');
			assert.equal(await commit('--amend', '-m', 'y'), ID);
			assert.equal(await commit('--amend', '--no-edit'), ID);
			assert.equal(await last('%B'), `y\n\nSession-Id: ${ID}`);
		});

		it('keeps the session that a message already names', async () => {
			assert.equal(await commit('-m', 'x', '-m', 'Session-Id: bob-20251119-1500'), 'bob-20251119-1500');
		});

		it('marks a cherry-pick and a revert', async () => {
			await repository.git('checkout', '--quiet', '-b', 'side', 'HEAD');
			await writeHookNote(location, undefined);
			await repository.commit('picked', { 'p.txt': 'p' });
			await note();
			await repository.git('checkout', '--quiet', 'main');
			await repository.git('cherry-pick', 'side');
			assert.equal(await last(), ID);
			await repository.git('revert', '--no-edit', 'HEAD');
			assert.equal(await last(), ID);
		});

		it('keeps a message without a last line break apart from the trailer, also under verbatim', async () => {
			await repository.commit('no line break');
			assert.equal(await last('%B'), `no line break\n\nSession-Id: ${ID}`);
		});

		it('marks a cherry-pick that stopped at a conflict', async () => {
			await writeHookNote(location, undefined);
			await repository.git('checkout', '--quiet', '-b', 'side');
			await repository.commit('picked', { 'a.txt': 'side\n' });
			await repository.git('checkout', '--quiet', 'main');
			await repository.commit('main', { 'a.txt': 'main\n' });
			await note();
			await assert.rejects(repository.git('cherry-pick', 'side'));
			await repository.write({ 'a.txt': 'both\n' });
			await repository.git('add', 'a.txt');
			assert.equal(await commit('--no-edit'), ID);
		});

		it('marks a message from a file, with --no-verify, without a last line break', async () => {
			await writeFile(join(repository.root, '.git', 'message'), 'from a file');
			assert.equal(await commit('-F', '.git/message'), ID);
			assert.equal(await commit('--no-verify', '-m', 'x'), ID);
		});

		it('writes what git itself would, byte by byte, whatever the one line of the message is', async () => {
			const hook = join(location.commonDir, 'hooks', 'prepare-commit-msg');
			const file = join(location.gitDir, 'a message');
			const lines = [
				'wip: 1',
				'Reviewed-by: Bob <b@c>',
				`Session-Id: ${ID}`,
				'---',
				'🤖 checkpoint',
				'[auto] save',
				'x\r',
			];
			lines.push('(cherry picked from commit 1)', '100%\\n', '-n', '; not always a comment', ': nor this', ' indented');
			for (const line of lines) {
				await writeFile(file, `${line}\n`);
				const args = [
					'interpret-trailers',
					'--no-divider',
					'--if-exists',
					'doNothing',
					'--trailer',
					`Session-Id: ${ID}`,
				];
				const expected = await repository.git(...args, file);
				execFileSync('sh', [hook, file, 'message'], { cwd: repository.root });
				assert.equal((await readFile(file, 'utf8')).trimEnd(), expected.trimEnd(), line);
			}
		});

		it('starts git only where a message has more than its title', async () => {
			const hook = join(location.commonDir, 'hooks', 'prepare-commit-msg');
			const file = join(location.gitDir, 'a message');
			const bin = join(location.gitDir, 'bin');
			await mkdir(bin);
			await writeFile(join(bin, 'git'), '#!/bin/sh\nexit 3\n');
			await chmod(join(bin, 'git'), 0o755);
			const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
			for (const [text, isMarked] of [
				['wip: 1\n', true],
				['wip: 1', false],
				['wip: 1\n\nbody\n', false],
				['; x\n', false],
			] as const) {
				await writeFile(file, text);
				execFileSync('sh', [hook, file, 'message'], { cwd: repository.root, env });
				assert.equal((await readFile(file, 'utf8')).includes('Session-Id'), isMarked, text);
			}
		});

		it('reads past "---" in the text', async () => {
			assert.equal(await commit('-m', 'x', '-m', 'above\n---\nbelow'), ID);
			assert.equal(await last('%B'), `x\n\nabove\n---\nbelow\n\nSession-Id: ${ID}`);
		});

		it('joins the trailers that are there', async () => {
			await commit('-m', 'x', '-m', 'Reviewed-by: Bob <b@c>');
			assert.equal(await last('%B'), `x\n\nReviewed-by: Bob <b@c>\nSession-Id: ${ID}`);
		});

		it('takes CRLF, other scripts and a subject that begins with "#"', async () => {
			await writeFile(join(repository.root, '.git', 'message'), 'žluť 🤖\r\n\r\nbody\r\n');
			assert.equal(await commit('-F', '.git/message'), ID);
			assert.equal(await last('%s'), 'žluť 🤖');
			assert.equal(await commit('-m', '#123 fix'), ID);
			assert.equal(await last('%s'), '#123 fix');
		});

		for (const cleanup of ['strip', 'whitespace', 'verbatim', 'scissors', 'default']) {
			it(`marks under commit.cleanup=${cleanup}, given a message or an editor`, async () => {
				await repository.git('config', 'commit.cleanup', cleanup);
				assert.equal(await commit('-m', 'given'), ID);
				assert.equal(await last('%s'), 'given');
				// Under verbatim and whitespace git keeps its own hints as part of what was typed.
				await commitInEditor(TYPE);
				assert.match(await last('%B'), new RegExp(`Session-Id: ${ID}`));
				assert.equal(await last('%s'), 'typed in the editor');
			});
		}

		it('marks what is typed in the editor, also with commit -v', async () => {
			await commitInEditor(TYPE);
			assert.equal(await last('%B'), `typed in the editor\n\nwith a body\n\nSession-Id: ${ID}`);
			await repository.write({ 'a.txt': 'changed\n' });
			await commitInEditor(TYPE, '-v', '-a');
			assert.equal(await last('%B'), `typed in the editor\n\nwith a body\n\nSession-Id: ${ID}`);
		});

		it('lets git give up a commit whose message stays empty', async () => {
			await assert.rejects(commitInEditor('true'), /Aborting commit due to empty commit message/);
			await assert.rejects(commitInEditor('true', '-v'), /Aborting commit due to empty commit message/);
			await assert.rejects(commitInEditor('true', '-m', '', '-e'), /Aborting commit due to empty commit message/);
			await assert.rejects(commit('-m', ''), /Aborting commit due to empty commit message/);
		});

		it('lets git give up a commit whose template stays as it was, and marks one filled in', async () => {
			await writeFile(join(repository.root, '.git', 'template'), 'subject:\n\nWhy:\n');
			await repository.git('config', 'commit.template', '.git/template');
			await assert.rejects(commitInEditor('true'), /you did not edit the message/);
			await commitInEditor(`sed 's/^subject:/&done/' "$1" >"$1.new" && mv "$1.new" "$1"`);
			assert.equal(await last(), ID);
			assert.equal(await last('%s'), 'subject:done');
		});

		it('follows another comment character', async () => {
			await repository.git('config', 'core.commentChar', ';');
			await assert.rejects(commitInEditor('true'), /Aborting commit due to empty commit message/);
			await commitInEditor(TYPE);
			assert.equal(await last('%B'), `typed in the editor\n\nwith a body\n\nSession-Id: ${ID}`);
		});

		it('leaves a trailer out that the user took out in the editor', async () => {
			await commitInEditor(`echo "no session" >"$1"`, '-m', 'x', '-e');
			assert.equal(await last(), '');
		});

		it('leaves a merge alone', async () => {
			await repository.git('checkout', '--quiet', '-b', 'side');
			await commit('-m', 'side');
			await repository.git('checkout', '--quiet', 'main');
			await commit('-m', 'main');
			await repository.git('merge', '--quiet', '--no-ff', '-m', 'merged', 'side');
			assert.equal(await last('%B'), 'merged');
		});

		it('marks a squash merge', async () => {
			await repository.git('checkout', '--quiet', '-b', 'side');
			await commit('-m', 'side');
			await repository.git('checkout', '--quiet', 'main');
			await repository.git('merge', '--squash', 'side');
			assert.equal(await commit('--no-edit'), ID);
		});

		it('leaves alone what a rebase makes again, and marks what is committed while it has stopped', async () => {
			await writeHookNote(location, undefined);
			await repository.git('checkout', '--quiet', '-b', 'side');
			await repository.commit('older work', { 's.txt': 's' });
			await repository.commit('clashes', { 'a.txt': 'side\n' });
			await repository.git('checkout', '--quiet', 'main');
			await repository.commit('main', { 'a.txt': 'main\n' });
			await repository.git('checkout', '--quiet', 'side');
			await note();
			await assert.rejects(repository.git('rebase', '--quiet', 'main'));
			assert.deepEqual([await last('%s'), await last()], ['older work', '']);
			await repository.git('checkout', '--quiet', '--theirs', 'a.txt');
			await repository.git('add', 'a.txt');
			assert.equal(await commit('-m', 'by hand'), ID);
		});

		it('is kept by rebase', async () => {
			await repository.git('checkout', '--quiet', '-b', 'side');
			await commit('-m', 'side');
			await repository.git('checkout', '--quiet', 'main');
			await commit('-m', 'main');
			await repository.git('rebase', '--quiet', 'main', 'side');
			assert.equal(await last(), ID);
		});

		it('marks the first commit of a repository and one on a detached HEAD', async () => {
			await repository.git('checkout', '--quiet', '--orphan', 'fresh');
			assert.equal(await commit('-m', 'first'), ID);
			await repository.git('checkout', '--quiet', '--detach');
			assert.equal(await commit('-m', 'detached'), ID);
		});

		it('works from a folder within, and in a submodule', async () => {
			await repository.write({ 'deep/er/b.txt': 'b' });
			const cwd = join(repository.root, 'deep', 'er');
			await repository.run(['commit', '--quiet', '--allow-empty', '-m', 'x'], { cwd });
			assert.equal(await last(), ID);
			const source = await makeRepository();
			await source.commit('root');
			await repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', source.root, 'sub');
			const sub = openRepository(join(repository.root, 'sub'));
			await sub.git('config', 'user.name', 'A');
			await sub.git('config', 'user.email', 'a@b');
			location = await locate(sub.root);
			await installHook(location);
			await note({ sessionId: 'sub-20251119-1430' });
			await sub.git('commit', '--quiet', '--allow-empty', '-m', 'x');
			assert.match(await sub.git('log', '-1', '--format=%B'), /Session-Id: sub-20251119-1430/);
			await source.dispose();
		});

		it('is not led astray by the configuration of trailers', async () => {
			await repository.git('config', 'trailer.separators', '=');
			await repository.git('config', 'trailer.where', 'start');
			await repository.git('config', 'trailer.ifexists', 'replace');
			await commit('-m', 'x', '-m', 'Reviewed-by: Bob <b@c>');
			assert.match(await last('%B'), new RegExp(`Session-Id: ${ID}$`));
		});
	});

	describe('in a session that was found', () => {
		const subjects = ['[aA][uU][tT][oO]-[pP][rR]:*', '\\[[aA][uU][tT][oO]\\]*', '🤖*'];

		it('marks the commits whose subject matches, by any pattern', async () => {
			await note({ kind: 'auto', subjects });
			for (const subject of ['Auto-PR: lib (1 files)', '[auto] save', '🤖 checkpoint']) {
				assert.equal(await commit('-m', subject), ID, subject);
			}
		});

		it('leaves a person’s commits alone, whatever their body says', async () => {
			await note({ kind: 'auto', subjects });
			assert.equal(await commit('-m', 'feat: login', '-m', 'auto-pr: x'), '');
			assert.equal(await commit('-m', 'not auto-pr: x'), '');
		});

		it('marks a matching subject typed in the editor', async () => {
			await note({ kind: 'auto', subjects: ['typed *'] });
			await commitInEditor(TYPE);
			assert.equal(await last(), ID);
		});

		it('runs nothing that a pattern or a subject says', async () => {
			const evil = ['$(touch x)', '`touch x`', '*) touch x;; *', '"; touch x; "', '$x', "'"];
			await note({ kind: 'auto', subjects: evil });
			for (const subject of [...evil, 'plain']) await commit('-m', subject);
			assert.deepEqual((await readdir(repository.root)).sort(), ['.git', 'a.txt']);
			await note({ kind: 'auto', subjects: ['$(echo plain)', '*`*'] });
			assert.equal(await commit('-m', 'plain'), '');
			assert.equal(await commit('-m', 'a `touch x` b'), ID);
		});
	});

	describe('at the end of the session', () => {
		it('marks nothing after the deadline', async () => {
			await note({ deadline: now() - MINUTE });
			assert.equal(await commit('-m', 'x'), '');
		});

		it('moves the deadline on with each commit', async () => {
			await note({ deadline: now() + MINUTE });
			await commit('-m', 'x');
			const [seconds, id] = (await readFile(join(location.gitDir, 'auto-pr', 'hook-deadline'), 'utf8')).split(/\s/);
			assert.ok(Number(seconds) * 1000 > now() + 29 * MINUTE);
			assert.equal(id, ID);
			await note({ deadline: now() - MINUTE });
			assert.equal(await commit('-m', 'y'), ID);
		});

		it('does not move the deadline of the next session on', async () => {
			await note();
			await commit('-m', 'x');
			await note({ sessionId: 'alice-20251119-1600', deadline: now() - MINUTE });
			assert.equal(await commit('-m', 'y'), '');
		});

		it('forgets all when the session is over', async () => {
			await note();
			await commit('-m', 'x');
			await writeHookNote(location, undefined);
			assert.deepEqual(await readdir(join(location.gitDir, 'auto-pr')), []);
			assert.equal(await commit('-m', 'y'), '');
		});
	});

	it('never fails a commit, whatever its note holds', async () => {
		await note();
		for (const text of ['', 'x', 'x\ny\nz\nhand\n', `${ID}\n9999999999\nnever\nhand\n`, '\0\n1\n1\nauto\n*\n']) {
			await writeFile(join(location.gitDir, 'auto-pr', 'hook'), text);
			await repository.git('commit', '--quiet', '--allow-empty', '-m', 'x');
		}
	});

	it('is told nothing that is not an id, a time or one line', async () => {
		await assert.rejects(note({ sessionId: 'a\nb' }), /is not a session id/);
		await assert.rejects(note({ sessionId: '$(touch x)-20251119-1430' }), /is not a session id/);
		await assert.rejects(note({ subjects: ['a\nb'] }), /is not one line of text/);
		await assert.rejects(note({ subjects: [''] }), /is not one line of text/);
		await assert.rejects(stat(join(location.gitDir, 'auto-pr', 'hook')), /ENOENT/);
	});
});
