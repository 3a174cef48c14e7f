import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr } from './testing.ts';

describe('the care of a repository', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
	});
	afterEach(() => repository.dispose());

	const run = (...args: string[]) => autoPr(args, { cwd: repository.root });
	const configuration = '.cursor/config/session_config.yaml';

	describe('auto-pr validate', () => {
		it('is content without a file, and with a right one', async () => {
			assert.match((await run('validate')).stdout, /^There is no .*session_config\.yaml, so the defaults apply\.\n$/);
			await repository.write({ [configuration]: 'timeout_minutes: 45\n' });
			const { code, stdout } = await run('validate');
			assert.equal(code, 0);
			assert.match(stdout, /session_config\.yaml is right\.\n$/);
		});

		it('lists what differs from the defaults, only when asked', async () => {
			const file = 'timeout_minutes: 45\nidle_warning_minutes: 15\nauto_pr_patterns: ["^bot:"]\n';
			await repository.write({ [configuration]: file });
			assert.match((await run('validate')).stdout, /^[^\n]* is right\.\n$/);
			const { code, stdout } = await run('validate', '--differences');
			assert.equal(code, 0);
			assert.match(
				stdout,
				/ is right\.\ntimeout_minutes is 45; the default is 30\.\nauto_pr_patterns is \["\^bot:"\]; the default is \[".*"\]\.\n$/,
			);
			const { differences } = JSON.parse((await run('validate', '--differences', '--json')).stdout);
			assert.deepEqual(differences[0], { key: 'timeout_minutes', value: 45, default: 30 });
			await repository.write({ [configuration]: '' });
			assert.match((await run('validate', '--differences')).stdout, /Every value is the default\.\n$/);
		});

		it('prints each problem with its place and answers 1', async () => {
			await repository.write({ [configuration]: 'timeout_minutes: soon\nauto_pr_patterns:\n  - "^(?=x)"\n' });
			const { code, stdout, stderr } = await run('validate');
			assert.deepEqual([code, stderr], [1, '']);
			const lines = stdout.trimEnd().split('\n');
			assert.equal(lines.length, 2);
			assert.match(lines[0]!, /session_config\.yaml:1:18: timeout_minutes must be a number/);
			assert.match(lines[1]!, /session_config\.yaml:3:5: This pattern is left out/);
			const json = JSON.parse((await run('validate', '--json')).stdout);
			assert.equal(json.file, configuration);
			assert.deepEqual(
				[json.problems[0].line, json.problems[0].column, json.problems[0].key],
				[1, 18, 'timeout_minutes'],
			);
		});

		it('prints annotations that no text can break out of', async () => {
			await repository.write({ [configuration]: '"50%\\n::error::hacked": 1\n' });
			const { stdout } = await run('validate', '--annotations');
			assert.match(stdout, /^::warning file=\.cursor\/config\/session_config\.yaml,line=1,col=1::[^\n]*50%25[^\n]*\n$/);
		});
	});

	describe('auto-pr setup', () => {
		it('does nothing without a terminal to ask on, unless told --yes', async () => {
			const { code, stdout, stderr } = await run('setup');
			assert.deepEqual([code, stdout], [2, '']);
			assert.match(stderr, /^There is no terminal to ask on: [^\n]*--yes[^\n]*\n$/);
			assert.equal(existsSync(path.join(repository.root, '.cursor')), false);
		});

		it('sets up, is done after that, and takes it back', async () => {
			const { code, stdout } = await run('setup', '--yes');
			assert.equal(code, 0);
			assert.match(stdout, /Done\.\n$/);
			assert.ok(existsSync(path.join(repository.root, configuration)));
			const again = await run('setup', '--json');
			assert.equal(again.code, 0);
			const { steps } = JSON.parse(again.stdout);
			assert.deepEqual([...new Set(steps.map(({ state }: { state: string }) => state))], ['done']);
			// Recorded sessions keep the exclude list, and it is nothing to take back.
			await run('start');
			const taken = await run('setup', '--undo', '--yes');
			assert.deepEqual([taken.code, taken.stdout], [0, 'The set-up is taken back.\n']);
			assert.equal(existsSync(path.join(repository.root, configuration)), false);
			assert.equal((await run('setup', '--undo')).stdout, 'Nothing is set up here.\n');
		});

		it('takes in what agents commit from then on, with no editor open', async () => {
			await repository.commit('wip: long before', { 'a.ts': '1\n' });
			await run('setup', '--yes');
			await repository.commit('wip: cart', { 'b.ts': '1\n' });
			const { session } = JSON.parse((await run('status', '--json')).stdout);
			assert.deepEqual([session.commits, session.files], [1, 1]);
		});

		it('leaves nothing behind where no session was, and every record where one was', async () => {
			const data = path.join(repository.root, '.cursor/data/session_state.json');
			await repository.commit('first', { 'a.ts': '1\n' });
			const exclude = await readFile(path.join(repository.root, '.git/info/exclude'), 'utf8');
			await run('setup', '--yes');
			assert.ok(existsSync(data));
			await run('setup', '--undo', '--yes');
			assert.equal(existsSync(path.join(repository.root, '.cursor')), false);
			assert.equal(await readFile(path.join(repository.root, '.git/info/exclude'), 'utf8'), exclude);
			assert.equal(await repository.git('status', '--porcelain', '--ignored'), '');

			await run('setup', '--yes');
			await run('start');
			await run('setup', '--undo', '--yes');
			assert.ok(existsSync(data));
			assert.equal((await run('status')).code, 0);
			assert.equal(await repository.git('status', '--porcelain'), '');
		});

		it('names alone what stays when it is taken back', async () => {
			await run('setup', '--yes');
			await repository.write({ [configuration]: 'timeout_minutes: 45\n' });
			const { stdout } = await run('setup', '--undo', '--yes');
			assert.match(
				stdout,
				/^by hand {2}\S+ was edited since[^\n]+\n[^\n]+\nThe set-up is taken back, but for this\.\n$/,
			);
		});
	});

	describe('auto-pr score', () => {
		it('scores the session here once, on its net change', async () => {
			await repository.commit('first', { 'README.md': 'hello\n' });
			await run('start');
			await repository.commit('wip: code', { 'src/a.ts': 'export const a = 1;\n' });
			await repository.commit('wip: test', { 'src/a.test.ts': "it('is 1', () => assert.equal(a, 1));\n" });
			assert.equal((await run('status')).code, 0);
			const { code, stdout } = await run('score', '--json');
			assert.equal(code, 0);
			const scored = JSON.parse(stdout);
			assert.deepEqual([typeof scored.total, scored.commits, scored.files.length], ['number', 2, 2]);
			const ended = JSON.parse((await run('end', '--json')).stdout);
			const byId = await run('score', ended.session.id);
			assert.equal(byId.code, 0);
			assert.match(
				byId.stdout,
				new RegExp(
					`^Session ${scored.session} scores ${scored.total.toFixed(1)}: ${scored.decision} \\(2 commits, 2 files`,
				),
			);
		});

		it('scores a range', async () => {
			const base = await repository.commit('first', { 'README.md': 'hello\n' });
			await repository.commit('second', { 'src/a.ts': '1\n' });
			const { code, stdout } = await run('score', '--base', base, '--head', 'HEAD');
			assert.equal(code, 0);
			assert.match(stdout, /^The range scores /);
		});

		it('says what is wrong with what it was given', async () => {
			await repository.commit('first', { 'README.md': 'hello\n' });
			const cases: [string[], RegExp][] = [
				[[], /No session is running/],
				[['bob-20251119-1430'], /no commit in session bob-20251119-1430/],
				[['--base', 'HEAD'], /takes both/],
				[['x', '--base', 'HEAD', '--head', 'HEAD'], /not both/],
				[['--base', 'HEAD', '--head', 'HEAD'], /no commit in HEAD\.\.HEAD/],
				[['--base=--all', '--head', 'HEAD'], /--all names no commit/],
			];
			for (const [args, sentence] of cases) {
				const { code, stdout, stderr } = await run('score', ...args);
				assert.deepEqual([code, stdout], [2, ''], args.join(' '));
				assert.match(stderr, /^[^\n]+\n$/);
				assert.match(stderr, sentence);
			}
		});
	});
});
