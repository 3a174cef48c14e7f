import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr } from './testing.ts';

const HISTORY = path.resolve(import.meta.dirname, '../../../shared/histories/autopr.jsonl');
const NOON = Date.UTC(2025, 10, 19, 12);
const MINUTE = 60_000;

describe('auto-pr replay', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let folder: string;
	/** Names of the commits, oldest first. */
	const shas: string[] = [];

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-replay-'));
		repository = await makeRepository();
		const commits = ['Set up', 'wip: parser', 'Auto-PR: lib (1 files)', 'Fix the parser', 'wip: printer - complete'];
		for (const [index, message] of commits.entries()) {
			const at = NOON + index * 5 * MINUTE;
			shas.push(await repository.commit(message, { [`file${index}.ts`]: `${index}\n` }, { at }));
		}
	});
	after(async () => {
		await repository.dispose();
		await rm(folder, { recursive: true, force: true });
	});

	const replay = (...args: string[]) => autoPr(['replay', ...args], { cwd: repository.root });

	it('answers for each commit and each session of a repository', async () => {
		const { code, stdout, stderr } = await replay('--json');
		assert.deepEqual([code, stderr], [0, '']);
		const { commits, sessions, summary, ...rest } = JSON.parse(stdout);
		assert.deepEqual(rest, {});
		const id = 'test-author-20251119-1205';
		assert.deepEqual(commits, [
			{ sha: shas[0], auto: false, reason: 'person', session: null, trigger: null },
			{ sha: shas[1], auto: true, reason: 'pattern', session: id, trigger: null },
			{ sha: shas[2], auto: true, reason: 'pattern', session: id, trigger: null },
			{ sha: shas[3], auto: false, reason: 'person', session: null, trigger: null },
			{ sha: shas[4], auto: true, reason: 'pattern', session: id, trigger: 'explicit' },
		]);
		assert.deepEqual(sessions, [
			{
				id,
				author: 'Test Author',
				started: '2025-11-19T12:05:00Z',
				ended: '2025-11-19T12:20:00Z',
				commits: 3,
				files: 3,
				durationMinutes: 15,
				trigger: 'explicit',
			},
		]);
		assert.deepEqual([summary.commits, summary.automatic, summary.human, summary.sessions], [5, 3, 2, 1]);
		assert.deepEqual(summary.byRule, { pattern: 3, person: 2 });
		assert.equal(summary.fewerPercent, 67);
	});

	it('says it in words, and writes nothing', async () => {
		const { code, stdout } = await replay();
		assert.equal(code, 0);
		assert.match(stdout, /^5 commits: 3 automatic, 2 not$/m);
		assert.match(stdout, /^1 session, ended: 1 by explicit$/m);
		assert.match(stdout, /^3 micro-commits became 1 session, 67 % fewer\.$/m);
		assert.equal(await repository.git('status', '--porcelain', '--ignored'), '');
		assert.equal(existsSync(path.join(repository.root, '.cursor')), false);
	});

	it('explains one commit, with its session and what else is in it', async () => {
		const { code, stdout } = await replay('--explain', shas[2]!.slice(0, 12));
		assert.equal(code, 0);
		assert.match(stdout, /^Automatic: the title matches \^auto-pr: \(rule: pattern\)\.$/m);
		assert.match(stdout, /^Session test-author-20251119-1205: from \S+ \S+, 15 min, 3 files, ended by explicit\.$/m);
		assert.match(stdout, new RegExp(`^> ${shas[2]!.slice(0, 10)} Auto-PR: lib`, 'm'));
		assert.match(stdout, new RegExp(`^  ${shas[4]!.slice(0, 10)} wip: printer`, 'm'));
		assert.equal((await replay('--explain', 'HEAD~2')).stdout, stdout);
		const json = JSON.parse((await replay('--explain', shas[0]!, '--json')).stdout);
		assert.deepEqual(
			[json.commit.sha, json.commit.because, json.session],
			[shas[0], 'nothing marks it as automatic', null],
		);
	});

	it('takes revisions as git does, and none of them as an option', async () => {
		const { stdout } = await replay('--json', `${shas[1]}..HEAD`);
		assert.equal(JSON.parse(stdout).commits.length, 3);
		for (const args of [
			['--json', 'nowhere'],
			['--json', '--', '--output=x'],
		]) {
			const { code, stdout: none, stderr } = await replay(...args);
			assert.deepEqual([code, none], [2, '']);
			assert.match(stderr, /^There is no revision "(nowhere|--output=x)"[^\n]+\n$/);
		}
		assert.equal(existsSync(path.join(repository.root, 'x')), false);
	});

	it('has an empty answer for a repository without a commit', async () => {
		const fresh = await makeRepository();
		try {
			const { code, stdout } = await autoPr(['replay', '--json', '--repo', fresh.root]);
			assert.equal(code, 0);
			const { commits, sessions, summary } = JSON.parse(stdout);
			assert.deepEqual([commits, sessions, summary.commits, summary.fewerPercent], [[], [], 0, null]);
			assert.match(
				(await autoPr(['replay', '--repo', fresh.root])).stdout,
				/^0 commits: 0 automatic, 0 not\n\nNo sessions\.\n$/,
			);
		} finally {
			await fresh.dispose();
		}
	});

	it('says what is wrong with what it was given', async () => {
		const broken = path.join(folder, 'broken.jsonl');
		const good = JSON.stringify({ sha: 'a'.repeat(40), committed: '2025-11-19T12:00:00Z', message: 'wip: x' });
		await writeFile(broken, `${good}\n\n{"sha"\n`);
		const cases: [string[], RegExp][] = [
			[['--history', broken], /broken\.jsonl: Line 3 of the history is not JSON/],
			[['--history', path.join(folder, 'absent.jsonl')], /absent\.jsonl cannot be read/],
			[['--history', folder], /cannot be read/],
			[['--history', broken, 'HEAD'], /not both/],
			[['--explain', 'nowhere'], /nowhere names no commit/],
			[['--explain', '--output=x'], /--explain|--output=x names no commit/],
			[['--explain', 'HEAD', '--history', broken], /--explain takes a commit's name/],
			[['--explain', '0000000000'], /No commit of this history begins with 0000000000/],
		];
		for (const [args, sentence] of cases) {
			const { code, stdout, stderr } = await replay(...args);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr, /^[^\n]+\n$/);
			assert.match(stderr, sentence);
		}
	});

	it('reads a history file anywhere, without a repository', async () => {
		const file = path.join(folder, 'one.jsonl');
		const line = {
			sha: 'b'.repeat(40),
			parents: [],
			author: 'A',
			committed: '2025-11-19T12:00:00Z',
			message: 'wip: x',
			files: ['A x.ts'],
		};
		await writeFile(file, `${JSON.stringify(line)}\r\n`);
		const { code, stdout } = await autoPr(['replay', '--history', file, '--json'], { cwd: folder });
		assert.equal(code, 0);
		assert.equal(JSON.parse(stdout).commits[0].session, 'a-20251119-1200');
	});

	it('keeps its contract on the history of a repository full of micro-commits', async function () {
		if (!existsSync(HISTORY)) {
			console.warn(`Skipped: ${HISTORY} is not on this machine.`);
			this.skip();
		}
		const lines = (await readFile(HISTORY, 'utf8'))
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		const { code, stdout } = await autoPr(['replay', '--history', HISTORY, '--json']);
		assert.equal(code, 0);
		const { commits, sessions, summary } = JSON.parse(stdout);
		assert.deepEqual(
			commits.map(({ sha }: { sha: string }) => sha),
			lines.map(({ sha }) => sha),
		);
		const wrong = lines.filter(({ expect }, index) => expect.auto !== null && expect.auto !== commits[index].auto);
		assert.deepEqual(
			wrong.map(({ message }) => message),
			[],
		);
		assert.equal(commits.filter(({ trigger }: { trigger: string | null }) => trigger === 'explicit').length, 0);
		const ids = new Set(sessions.map(({ id }: { id: string }) => id));
		assert.equal(ids.size, sessions.length);
		for (const { session } of commits) assert.ok(session === null || ids.has(session), session);
		assert.equal(summary.automatic, 585);
	});
});
