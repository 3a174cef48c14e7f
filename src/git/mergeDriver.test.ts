import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';
import { installMergeDriver, readMergeDriver, removeMergeDriver } from './mergeDriver.ts';

const FILE = 'docs/metrics/auto_pr_sessions.json';

describe('the merge driver of the analytics record', function () {
	this.timeout(60_000);
	let repository: TestRepository;
	let location: Location;
	let attributes: string;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
		attributes = join(location.commonDir, 'info', 'attributes');
	});
	afterEach(() => repository.dispose());

	const archive = (...ids: string[]) =>
		`{\n"completed_sessions": [\n${ids.map((id) => `{ "session_id": "${id}" }`).join(',\n')}\n]\n}\n`;
	/** A branch in which `ours` and one in which `theirs` follow `base`; the first is checked out. */
	const diverge = async (base: string, ours: string, theirs: string) => {
		await repository.commit('base', { [FILE]: base });
		await repository.git('checkout', '-qb', 'other');
		await repository.commit('theirs', { [FILE]: theirs });
		await repository.git('checkout', '-q', 'main');
		await repository.commit('ours', { [FILE]: ours });
	};
	const record = () => readFile(join(repository.root, FILE), 'utf8');
	/** Puts the command line in the place of `auto-pr`, which need not be installed here. */
	const callSource = async () => {
		const cli = [resolve('node_modules/tsx/dist/cli.mjs'), resolve('src/cli/cli.ts')];
		const command = [process.execPath, ...cli].map((it) => `"${it.replaceAll('\\', '/')}"`).join(' ');
		const driver = await repository.git('config', 'merge.auto-pr-sessions.driver');
		await repository.git('config', 'merge.auto-pr-sessions.driver', driver.replace(/^auto-pr/, command));
	};

	it('is installed once, and removed without a trace, in files that are not tracked', async () => {
		await mkdir(join(location.commonDir, 'info'), { recursive: true });
		await writeFile(attributes, '*.txt text');
		assert.equal(await readMergeDriver(location), 'absent');
		await installMergeDriver(location);
		await installMergeDriver(location);
		assert.equal(await readMergeDriver(location), 'installed');
		assert.equal(
			await readFile(attributes, 'utf8'),
			`*.txt text\n/${FILE} merge=auto-pr-sessions\n/docs/metrics/auto_pr_sessions-*.jsonl merge=union\n`,
		);
		assert.equal(await repository.git('status', '--porcelain'), '');
		await removeMergeDriver(location);
		await removeMergeDriver(location);
		assert.equal(await readMergeDriver(location), 'absent');
		assert.equal(await readFile(attributes, 'utf8'), '*.txt text\n');
		assert.doesNotMatch(await readFile(join(location.commonDir, 'config'), 'utf8'), /auto-pr/);
	});

	it('merges what both sides added at the same place', async () => {
		await diverge(archive('a'), archive('a', 'b'), archive('a', 'c'));
		await installMergeDriver(location);
		await callSource();
		await repository.git('merge', '-q', '--no-edit', 'other');
		assert.deepEqual((await record()).match(/"[abc]"/g), ['"a"', '"b"', '"c"']);
	});

	it("leaves a damaged side to git's own merge, which keeps both in the file", async () => {
		await diverge(archive('a'), archive('a', 'b'), `${archive('a', 'c').slice(0, -4)}\n`);
		await installMergeDriver(location);
		await callSource();
		await assert.rejects(repository.git('merge', '-q', '--no-edit', 'other'));
		assert.match(await record(), /<{7}[\s\S]*"b"[\s\S]*={7}[\s\S]*"c"[\s\S]*>{7}/);
		assert.ok(existsSync(join(location.gitDir, 'MERGE_HEAD')));
	});

	it('keeps the lines of both sides in the file of a year', async () => {
		const year = 'docs/metrics/auto_pr_sessions-2024.jsonl';
		const lines = (...ids: string[]) => ids.map((id) => `{"session_id":"${id}"}\n`).join('');
		await repository.commit('base', { [year]: lines('a') });
		await repository.git('checkout', '-qb', 'other');
		await repository.commit('theirs', { [year]: lines('a', 'c') });
		await repository.git('checkout', '-q', 'main');
		await repository.commit('ours', { [year]: lines('a', 'b') });
		await assert.rejects(repository.git('merge', '-q', '--no-edit', 'other'), 'it is needed');
		await repository.git('merge', '--abort');
		await installMergeDriver(location);
		await repository.git('merge', '-q', '--no-edit', 'other');
		assert.equal(await readFile(join(repository.root, year), 'utf8'), lines('a', 'b', 'c'));
	});

	it('is not needed where the sessions of the two sides lie apart', async () => {
		await diverge(archive('b', 'd', 'f'), archive('a', 'b', 'd', 'f'), archive('b', 'd', 'e', 'f'));
		await repository.git('merge', '-q', '--no-edit', 'other');
		assert.deepEqual((await record()).match(/"[a-f]"/g), ['"a"', '"b"', '"d"', '"e"', '"f"']);
	});
});
