import assert from 'node:assert/strict';
import { lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { AGENT_HOOK_MARK } from '../core/agentHookScript.ts';
import { planSetUp, setUp, undoSetUp } from './setUp.ts';
import { PARTS, type Part } from './setUpFiles.ts';
import { Workspace } from './workspace.ts';

const quiet = { info() {}, warn() {}, error() {} };
const host = { now: Date.now, log: quiet, token: async () => undefined };

describe('setting a repository up', () => {
	let repository: TestRepository;
	let workspace: Workspace;

	beforeEach(async () => {
		repository = await makeRepository();
		workspace = await Workspace.open(repository.root, host);
	});
	afterEach(() => repository.dispose());

	/** Every file, its mode and bytes, and every folder, git's own too. */
	async function everything(folder = repository.root): Promise<Map<string, string>> {
		const found = new Map<string, string>();
		for (const name of await readdir(folder, { recursive: true })) {
			const path = join(folder, name);
			const { mode } = await lstat(path);
			const content = (await stat(path)).isDirectory() ? '' : (await readFile(path)).toString('base64');
			found.set(relative(folder, path), `${mode.toString(8)} ${content}`);
		}
		return new Map([...found].sort());
	}

	const states = async (parts: readonly Part[] = PARTS) => [
		...new Set((await planSetUp(workspace, parts)).map(({ state }) => state)),
	];
	const text = (path: string) => readFile(join(repository.root, path), 'utf8');

	it('writes nothing while it plans', async () => {
		const before = await everything();
		assert.deepEqual(await states(), ['to do']);
		assert.deepEqual(await everything(), before);
	});

	it('does what was chosen, and changes nothing when it is run again', async () => {
		await setUp(workspace, ['configuration', 'cursor']);
		assert.deepEqual(await states(['configuration', 'cursor']), ['done']);
		assert.deepEqual(await states(['mcp', 'hook']), ['to do']);
		await setUp(workspace, PARTS);
		const after = await everything();
		await setUp(workspace, PARTS);
		assert.deepEqual(await everything(), after);
		assert.deepEqual(await states(), ['done']);
	});

	it('leaves every byte and folder as it was when it is taken back', async () => {
		await repository.write({
			'.cursor/hooks.json':
				'{\r\n\t// ours\r\n\t"version": 1,\r\n\t"hooks": {"stop": [ {"command": "say done"} ]}\r\n}',
			'.claude/settings.json': '\ufeff{"model":"opus"}',
			'.git/info/exclude': '# mine\n*.log',
			'.git/hooks/prepare-commit-msg': '#!/bin/sh\n# mine\n',
		});
		const before = await everything();
		await setUp(workspace, ['cursor']);
		await setUp(workspace, PARTS);
		assert.notDeepEqual(await everything(), before);
		await undoSetUp(workspace);
		assert.deepEqual(await everything(), before);
	});

	it('keeps the entries and the form of a file that is there', async () => {
		const own =
			'{\n    // told to the team\n    "version": 1,\n    "hooks": {\n        "stop": [{ "command": "say done" }]\n    }\n}\n';
		await repository.write({ '.cursor/hooks.json': own });
		await setUp(workspace, ['cursor']);
		const merged = await text('.cursor/hooks.json');
		assert.ok(merged.startsWith('{\n    // told to the team\n    "version": 1,\n'), merged);
		assert.ok(merged.includes('"command": "say done"'), merged);
		for (const event of ['sessionStart', 'afterFileEdit', 'stop', 'sessionEnd'])
			assert.ok(merged.includes(`"${event}"`));
		assert.equal(merged.split(AGENT_HOOK_MARK).length - 1, 10);
	});

	it('keeps what was edited since and names it, and takes its entries out of another tool’s file', async () => {
		await setUp(workspace, PARTS);
		const edited = `timeout_minutes: 45\n`;
		await repository.write({ '.cursor/config/session_config.yaml': edited });
		const settings = JSON.parse(await text('.claude/settings.json'));
		settings.model = 'opus';
		await writeFile(join(repository.root, '.claude/settings.json'), JSON.stringify(settings));
		const left = (await undoSetUp(workspace)).filter(({ state }) => state === 'by hand');
		assert.deepEqual(
			left.map(({ what }) => what),
			['.cursor/config/session_config.yaml was edited since it was written, so it stays.'],
		);
		assert.equal(await text('.cursor/config/session_config.yaml'), edited);
		const rest = await text('.claude/settings.json');
		assert.equal(rest.includes(AGENT_HOOK_MARK), false);
		assert.equal(JSON.parse(rest).model, 'opus');
	});

	it('leaves a file alone that it cannot read, and says so', async () => {
		for (const own of ['{"version": 1, ', '[]', '{"hooks": []}', '{"hooks": {"stop": {}}}']) {
			await repository.write({ '.cursor/hooks.json': own });
			const step = (await setUp(workspace, ['cursor'])).find(({ path }) => path.endsWith('hooks.json'));
			assert.equal(step?.state, 'by hand', own);
			assert.match(step.what, /^\.cursor\/hooks\.json is not JSON that our entries fit into/);
			assert.equal(await text('.cursor/hooks.json'), own);
		}
	});

	it('takes out what is plainly ours where nobody remembers that it wrote it, as in a clone', async () => {
		await setUp(workspace, ['configuration', 'cursor']);
		await writeFile(join(workspace.location.gitDir, 'auto-pr', 'set-up.json'), 'damaged');
		await undoSetUp(workspace);
		assert.equal((await text('.cursor/hooks.json')).includes(AGENT_HOOK_MARK), false);
		await assert.rejects(text('.cursor/config/session_config.yaml'));
	});
});
