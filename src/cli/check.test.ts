import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hooks from '@octokit/webhooks-examples';
import { readOutputs } from '../../test/support/outputs.ts';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr } from './testing.ts';

const ID = 'alice-20251119-1430';

describe('auto-pr check', function () {
	this.timeout(60_000);
	let folder: string;
	let repository: TestRepository;

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-check-'));
		repository = await makeRepository();
	});
	after(async () => {
		await repository.dispose();
		await rm(folder, { recursive: true, force: true });
	});

	const check = (...args: string[]) => autoPr(['check', ...args], { cwd: folder });
	const file = async (name: string, content: string | Buffer) => {
		await writeFile(path.join(folder, name), content);
		return path.join(folder, name);
	};

	it('has a micro pull request wait', async () => {
		const { code, stdout } = await check('--title', 'Auto-PR: lib (1 files)', '--author', 'alice');
		assert.equal(code, 1);
		assert.match(stdout, /^Its session is still running, so this waits/);
	});

	it("scores a person's pull request by itself", async () => {
		const { code, stdout } = await check('--title', 'Add a login', '--author', 'alice', '--json');
		assert.equal(code, 0);
		const { answer, ...json } = JSON.parse(stdout);
		assert.deepEqual(json, {
			number: null,
			auto: false,
			reason: 'person',
			because: 'nothing marks it as automatic',
			session: null,
			score: 'now',
			trigger: null,
		});
		assert.match(answer, /^Not a session's/);
	});

	it('reads the trailers in the body, from a file or standard input', async () => {
		const running = await file('running.md', `Words.\n\nSession-Id: ${ID}\n`);
		const args = ['--pr', '7', '--title', 'Parser', '--author', 'alice', '--json', '--body-file'];
		const waits = await check(...args, running);
		assert.equal(waits.code, 1);
		assert.deepEqual([JSON.parse(waits.stdout).number, JSON.parse(waits.stdout).session], [7, ID]);
		const body = `Session-Id: ${ID}\r\nSession-End: timeout 2025-11-19T15:12:00Z`;
		const now = await autoPr(['check', ...args, '-'], { cwd: folder, input: body });
		assert.equal(now.code, 0);
		assert.deepEqual([JSON.parse(now.stdout).score, JSON.parse(now.stdout).trigger], ['now', 'timeout']);
	});

	it("reads GitHub's own payloads", async () => {
		const { examples } = hooks.find(({ name }) => name === 'pull_request')!;
		for (const [index, example] of examples.slice(0, 2).entries()) {
			const event = await file(`event${index}.json`, JSON.stringify(example));
			const { code, stdout, stderr } = await check('--event', event, '--json');
			assert.deepEqual([code, stderr], [JSON.parse(stdout).score === 'now' ? 0 : 1, '']);
			assert.equal(JSON.parse(stdout).number, 'number' in example ? example.number : undefined);
		}
	});

	it("writes a step's outputs, which no text can break out of", async () => {
		const output = await file('output', 'before=1\n');
		const body = `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z\nEOF\nshould-score=hacked`;
		const { code } = await autoPr(['check', '--title', 'x', '--author', 'a', '--body-file', '-', '--outputs'], {
			env: { GITHUB_OUTPUT: output },
			input: body,
		});
		assert.equal(code, 0);
		const [before, ...lines] = (await readFile(output, 'utf8')).trimEnd().split('\n');
		assert.equal(before, 'before=1');
		assert.deepEqual(readOutputs(`${lines.join('\n')}\n`), {
			'session-id': ID,
			'should-score': 'true',
			complete: 'true',
			trigger: 'explicit',
		});
	});

	it('exits 0 with --outputs while the pull request waits: the output says so', async () => {
		const output = await file('waiting', '');
		const { code } = await autoPr(['check', '--title', 'wip: x', '--author', 'a', '--outputs'], {
			env: { GITHUB_OUTPUT: output },
		});
		assert.equal(code, 0);
		assert.equal(readOutputs(await readFile(output, 'utf8'))['should-score'], 'false');
	});

	it("uses the repository's own patterns", async () => {
		await repository.write({
			'.cursor/config/session_config.yaml': "auto_pr_patterns: ['^snapshot \\d+']\n",
			'a/b': '',
		});
		const args = ['check', '--author', 'a', '--title'];
		assert.equal((await autoPr([...args, 'snapshot 12', '--repo', path.join(repository.root, 'a')])).code, 1);
		assert.equal((await autoPr([...args, 'wip: x', '--repo', repository.root])).code, 0);
	});

	it('says what is wrong with what it was given', async () => {
		const cases: [string[], RegExp][] = [
			[[], /Give the event's file by --event/],
			[['--title', 'x'], /by --title and --author/],
			[['--event', 'e', '--title', 'x'], /not both/],
			[['--pr', '0', '--title', 'x', '--author', 'a'], /--pr takes the number/],
			[['--event', path.join(folder, 'absent')], /absent cannot be read/],
			[['--event', await file('no.json', '{')], /no\.json is not JSON/],
			[['--event', await file('push.json', '{"ref":"main"}')], /not about a pull request/],
			[['--event', await file('null.json', 'null')], /not about a pull request/],
			[['--event', await file('large.json', Buffer.alloc(25 * 1024 * 1024 + 1, ' '))], /more than 25 MB/],
			[['--title', 'x', '--author', 'a', '--body-file', folder], /cannot be read/],
			[['--title', 'x', '--author', 'a', '--outputs'], /GITHUB_OUTPUT names no file/],
			[['--title', 'x', '--author', 'a', '--repo', path.join(folder, 'nowhere')], /nowhere is no folder/],
		];
		for (const [args, sentence] of cases) {
			const { code, stdout, stderr } = await check(...args);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr, /^[^\n]+\n$/);
			assert.match(stderr, sentence);
		}
	});
});
