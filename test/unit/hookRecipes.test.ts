import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { makeRepository, type TestRepository } from '../support/repository.ts';

const CONFIGURATION = '.cursor/config/session_config.yaml';

/** The YAML block of docs/rollout.md that begins with a comment naming this file. */
async function recipe(file: string): Promise<unknown> {
	const text = await readFile('docs/rollout.md', 'utf8');
	const block = text.split('```').find((piece) => piece.startsWith(`yaml\n# ${file}\n`));
	assert.ok(block, `docs/rollout.md has no recipe for ${file}`);
	return parse(block.slice('yaml\n'.length));
}

describe('checking the configuration with each commit', () => {
	it('is told to pre-commit as it wants it', async () => {
		// https://pre-commit.com/#pre-commit-configyaml---top-level: a map with `repos`.
		const { repos } = (await recipe('.pre-commit-config.yaml')) as { repos: { hooks: Record<string, unknown>[] }[] };
		const hook = repos[0]?.hooks[0];
		assert.deepEqual([hook?.entry, hook?.language, hook?.pass_filenames], ['auto-pr validate', 'system', false]);
		assert.match(CONFIGURATION, new RegExp(String(hook?.files)));
	});

	it('is told to lefthook as it wants it', async () => {
		// https://lefthook.dev/configuration/
		assert.deepEqual(await recipe('lefthook.yml'), {
			'pre-commit': { commands: { 'auto-pr': { glob: CONFIGURATION, run: 'auto-pr validate' } } },
		});
	});

	describe('by husky', () => {
		let repository: TestRepository;

		before(async function () {
			// The hook is a POSIX script that finds `auto-pr` by the path.
			if (process.platform === 'win32') this.skip();
			repository = await makeRepository();
			await mkdir(path.join(repository.root, 'bin'));
			const program = path.join(repository.root, 'bin/auto-pr');
			const tsx = path.resolve('node_modules/tsx/dist/cli.mjs');
			const [node, main] = [process.execPath, path.resolve('src/cli/cli.ts')];
			await writeFile(program, `#!/bin/sh\nexec "${node}" "${tsx}" "${main}" "$@"\n`);
			await chmod(program, 0o755);
			await repository.write({ '.husky/pre-commit': 'PATH="$PWD/bin:$PATH"\nauto-pr validate\n' });
			execFileSync(process.execPath, [path.resolve('node_modules/husky/bin.js')], { cwd: repository.root });
		});

		after(() => repository?.dispose());

		it('refuses a commit with a mistake in it, and says where it is', async () => {
			await assert.rejects(
				repository.commit('Configure', { [CONFIGURATION]: 'timeout_minute: 20\n' }),
				/session_config\.yaml:1:1: There is no key timeout_minute\. Did you mean timeout_minutes\?/,
			);
		});

		it('lets the mended one pass', async () => {
			await repository.commit('Configure', { [CONFIGURATION]: 'timeout_minutes: 20\n' });
			assert.equal(await repository.git('log', '--format=%s'), 'Configure');
		});
	});
});
