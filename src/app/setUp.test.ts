import assert from 'node:assert/strict';
import { copyFile, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { AGENT_HOOK_MARK } from '../core/agentHookScript.ts';
import { sealed } from '../files/seal.ts';
import { MARK } from '../git/hookScript.ts';
import type { Host } from './host.ts';
import { planSetUp, setUp, undoSetUp, usualParts } from './setUp.ts';
import { PARTS, type Part } from './setUpFiles.ts';
import { Workspace } from './workspace.ts';

const quiet = { info() {}, warn() {}, error() {} };

describe('setting a repository up', () => {
	let repository: TestRepository;
	let workspace: Workspace;
	let packageFolder: string;

	const open = (host: Partial<Host> = { packageFolder }) =>
		Workspace.open(repository.root, { now: Date.now, log: quiet, token: async () => undefined, ...host });

	beforeEach(async () => {
		repository = await makeRepository();
		packageFolder = await mkdtemp(join(tmpdir(), 'apr-package-'));
		await mkdir(join(packageFolder, 'dist'));
		await copyFile('action.yml', join(packageFolder, 'action.yml'));
		await writeFile(join(packageFolder, 'dist', 'action.js'), 'console.log(1);\n');
		workspace = await open();
	});
	afterEach(async () => {
		await repository.dispose();
		await rm(packageFolder, { recursive: true });
	});

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
			'.git/info/attributes': '*.png binary',
			'.git/hooks/prepare-commit-msg': '#!/bin/sh\n# mine\n',
		});
		const before = await everything();
		await setUp(workspace, ['cursor']);
		await setUp(workspace, PARTS);
		assert.notDeepEqual(await everything(), before);
		await undoSetUp(workspace);
		assert.deepEqual(await everything(), before);
	});

	it('puts the action beside the workflow that uses it, and names the file that is there', async () => {
		await setUp(workspace, ['workflows']);
		const workflow = await text('.github/workflows/auto-pr-sessions.yml');
		const used = /uses: \.\/(\S+)/.exec(workflow)?.[1];
		const action = parse(await text(`${used}/action.yml`));
		assert.equal(await text(`${used}/${action.runs.main}`), sealed('console.log(1);\n', '//'));
		assert.deepEqual(Object.keys(action.inputs), Object.keys(parse(await readFile('action.yml', 'utf8')).inputs));
	});

	it('writes no workflow where the package holds no action, and says so', async () => {
		await rm(join(packageFolder, 'dist', 'action.js'));
		for (const host of [{ packageFolder }, {}]) {
			const [step, ...others] = await setUp(await open(host), ['workflows']);
			assert.equal(step?.state, 'by hand');
			assert.match(step.what, /^The action is not in .+, so nothing is written for GitHub: install/);
			assert.deepEqual(others, []);
		}
		await assert.rejects(stat(join(repository.root, '.github')));
		await undoSetUp(workspace);
	});

	it('offers the workflow where the remote is on GitHub, and agents other than Cursor to those who ask', async () => {
		const others = PARTS.filter((part) => part !== 'claude' && part !== 'mcp' && part !== 'workflows');
		assert.deepEqual(await usualParts(workspace), others);
		await repository.git('remote', 'add', 'origin', 'https://gitlab.com/octo/demo.git');
		assert.deepEqual(await usualParts(workspace), others);
		for (const url of [
			'git@github.com:octo/demo.git',
			'https://github.acme.com/octo/demo',
			'https://acme.ghe.com/o/d',
		]) {
			await repository.git('remote', 'set-url', 'origin', url);
			assert.ok((await usualParts(workspace)).includes('workflows'), url);
		}
	});

	it('brings files up to date that an older version wrote and nobody edited', async () => {
		await setUp(workspace, PARTS);
		const now = await everything();
		const hook = '.cursor/hooks/auto-pr-sessions.sh';
		for (const path of [hook, '.github/workflows/auto-pr-sessions.yml', '.git/hooks/prepare-commit-msg']) {
			const older = path.startsWith('.git/') ? `#!/bin/sh\n${MARK}\n` : '# older\n';
			await repository.write({ [path]: sealed(older, '#').replaceAll('\n', path === hook ? '\r\n' : '\n') });
		}
		await writeFile(join(packageFolder, 'dist', 'action.js'), 'console.log(2);\n');
		const plan = (await planSetUp(workspace, PARTS)).filter(({ state }) => state === 'to do');
		assert.equal(plan.length, 4);
		for (const { note } of plan)
			assert.match(note ?? '', /Another version wrote the one that is there; nobody edited it/);
		await writeFile(join(packageFolder, 'dist', 'action.js'), 'console.log(1);\n');
		await setUp(workspace, PARTS);
		const ignoring = (files: Map<string, string>) => [...files].filter(([path]) => !path.endsWith('set-up.json'));
		assert.deepEqual(ignoring(await everything()), ignoring(now));
	});

	it('leaves a script that was edited as it is, and names it', async () => {
		await setUp(workspace, PARTS);
		for (const path of ['.cursor/hooks/auto-pr-sessions.sh', '.git/hooks/prepare-commit-msg']) {
			const edited = `${await text(path)}echo mine\n`;
			await repository.write({ [path]: edited });
			const left = (await setUp(workspace, PARTS)).filter(({ state }) => state === 'by hand');
			assert.deepEqual(
				left.map((step) => step.path),
				[join(repository.root, path)],
			);
			assert.match(left[0]?.what ?? '', /edited, so it stays/);
			assert.equal(await text(path), edited);
			await rm(join(repository.root, path));
		}
	});

	it('takes the merge driver out of a configuration of git that was changed since', async () => {
		await setUp(workspace, ['merge-driver']);
		assert.deepEqual(await states(['merge-driver']), ['done']);
		await repository.git('config', 'user.nickname', 'al');
		await undoSetUp(workspace);
		assert.deepEqual(await states(['merge-driver']), ['to do']);
		const config = await text('.git/config');
		assert.match(config, /nickname = al/);
		assert.doesNotMatch(config, /auto-pr/);
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
		const hook = join(repository.root, '.git/hooks/prepare-commit-msg');
		await writeFile(hook, `${await text('.git/hooks/prepare-commit-msg')}echo mine\n`);
		const left = await undoSetUp(workspace);
		assert.deepEqual(
			left.map(({ what }) => what),
			['.cursor/config/session_config.yaml', hook].map(
				(file) => `${file} was edited since it was written, so it stays.`,
			),
		);
		assert.equal(await text('.cursor/config/session_config.yaml'), edited);
		const rest = await text('.claude/settings.json');
		assert.equal(rest.includes(AGENT_HOOK_MARK), false);
		assert.equal(JSON.parse(rest).model, 'opus');
	});

	describe('after an older version', () => {
		const older = {
			script: '.cursor/hooks/auto-pr-sessions.sh cursor edit',
			sh: 'sh ./.cursor/hooks/auto-pr-sessions.sh cursor',
			alias: 'git -c "alias.auto-pr=!sh .cursor/hooks/auto-pr-sessions.sh" auto-pr cursor active',
			claude: '"$CLAUDE_PROJECT_DIR/.cursor/hooks/auto-pr-sessions.sh" claude edit',
		};
		/** People's own commands, some with ours in them. */
		const others = [
			'say done',
			'echo auto-pr-sessions.sh',
			'./check.sh && .cursor/hooks/auto-pr-sessions.sh cursor edit',
			'git -c "alias.auto-pr=!x" status # auto-pr-sessions.sh',
			'auto-pr hook cursor',
		];

		it("replaces its entries in Cursor's file, and keeps those of others byte for byte", async () => {
			const own = others
				.map((command) => `\t\t\t{   "command":${JSON.stringify(command)} , "timeout": 5 }`)
				.join(',\n');
			const ours = (command: string) => `{ "command": ${JSON.stringify(command)} }`;
			await repository.write({
				'.cursor/hooks.json': `{\n\t"version": 1, // told\n\t"hooks": {\n\t\t"stop": [\n\t\t\t${ours(older.script)},\n${own},\n\t\t\t${ours(older.sh)}\n\t\t],\n\t\t"beforeSubmitPrompt": [${ours(older.alias)}],\n\t\t"mine": []\n\t}\n}\n`,
			});
			assert.ok((await states(['cursor'])).includes('to do'));
			await setUp(workspace, ['cursor']);
			const merged = await text('.cursor/hooks.json');
			for (const command of Object.values(older)) assert.ok(!merged.includes(JSON.stringify(command)), merged);
			assert.ok(merged.includes(own), merged);
			assert.ok(merged.includes('"version": 1, // told\n'), merged);
			assert.ok(!merged.includes('beforeSubmitPrompt'), merged);
			assert.ok(merged.includes('"mine": []'), merged);
			assert.deepEqual(await states(['cursor']), ['done']);
			await rm(join(workspace.location.gitDir, 'auto-pr', 'set-up.json'));
			await undoSetUp(workspace);
			const left = await text('.cursor/hooks.json');
			assert.ok(left.includes(own), left);
			assert.equal(left.split(AGENT_HOOK_MARK).length, 4, left);
		});

		const group = (...commands: string[]) => ({ hooks: commands.map((command) => ({ type: 'command', command })) });

		it("replaces its entries in Claude Code's settings, also in a group that others share", async () => {
			await repository.write({
				'.claude/settings.json': JSON.stringify({
					model: 'opus',
					hooks: {
						Stop: [group(older.claude), group('say done'), group('say hello', older.claude, older.script, 'say bye')],
						PostToolUse: [{ matcher: 'Write', ...group(older.claude) }],
						PreCompact: [group(older.script, older.claude), group(older.script)],
					},
				}),
			});
			await setUp(workspace, ['claude']);
			const { model, hooks } = JSON.parse(await text('.claude/settings.json'));
			assert.equal(model, 'opus');
			assert.deepEqual(hooks.Stop.slice(0, 2), [group('say done'), group('say hello', 'say bye')]);
			assert.equal(hooks.Stop.length, 3);
			assert.deepEqual(
				hooks.PostToolUse.map(({ matcher }: { matcher: string }) => matcher),
				['Edit|MultiEdit|Write|NotebookEdit', 'Bash'],
			);
			assert.equal(hooks.PreCompact, undefined);
		});

		it("takes its own hook alone out of a group, and keeps another's in it byte for byte", async () => {
			const foreign = `{ "type":"command",   "command": "say done", "timeout": 5 }`;
			const shared = (ours: string) =>
				`{\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ // the team's\n\t\t\t\t"hooks": [${ours}${foreign}]\n\t\t\t}\n\t\t]\n\t}\n}\n`;
			await repository.write({ '.claude/settings.json': shared('') });
			await setUp(workspace, ['claude']);
			const { hooks } = JSON.parse((await text('.claude/settings.json')).replace(/\/\/.*/, ''));
			// Somebody put the two into one group.
			const [ours] = hooks.Stop[1].hooks;
			await repository.write({ '.claude/settings.json': shared(`${JSON.stringify(ours)}, `) });
			await setUp(workspace, ['claude']);
			assert.deepEqual(await states(['claude']), ['done']);
			const again = JSON.parse((await text('.claude/settings.json')).replace(/\/\/.*/, ''));
			assert.deepEqual(again.hooks.Stop, [{ hooks: [ours, JSON.parse(foreign)] }]);
			await rm(join(workspace.location.gitDir, 'auto-pr', 'set-up.json'));
			await undoSetUp(workspace);
			assert.equal(await text('.claude/settings.json'), shared(''));
		});

		it('leaves an entry of this version alone to which somebody added a time limit', async () => {
			await setUp(workspace, ['cursor']);
			const hooks = JSON.parse(await text('.cursor/hooks.json'));
			hooks.hooks.stop[0].timeout = 5;
			await repository.write({ '.cursor/hooks.json': JSON.stringify(hooks) });
			assert.deepEqual(await states(['cursor']), ['done']);
			await setUp(workspace, ['cursor']);
			assert.deepEqual(JSON.parse(await text('.cursor/hooks.json')), hooks);
		});

		it('replaces slash commands that nobody edited, also those without a seal, and keeps edited ones', async () => {
			const path = '.cursor/commands/session-end.md';
			await setUp(workspace, ['cursor']);
			const now = await text(path);
			await rm(join(workspace.location.gitDir, 'auto-pr', 'set-up.json'));
			for (const before of [now.replace(/<!--.*\n/, ''), sealed('Run `auto-pr end`.\n', '<!--')]) {
				await repository.write({ [path]: before });
				await setUp(workspace, ['cursor']);
				assert.equal(await text(path), now, before);
			}
			const edited = now.replace('auto-pr publish', 'auto-pr status');
			await repository.write({ [path]: edited });
			const left = (await setUp(workspace, ['cursor'])).filter(({ state }) => state === 'by hand');
			assert.equal(left.length, 1);
			assert.equal(await text(path), edited);
		});
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
