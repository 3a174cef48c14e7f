import assert from 'node:assert/strict';
import path from 'node:path';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { autoPr } from './testing.ts';

const ID = 'dev_cursor-20251119-2244';
const ARCHIVE = 'docs/metrics/auto_pr_sessions.json';
const OLDER = JSON.stringify({
	version: '1.0',
	last_updated: '2025-11-19T23:00:00.000001',
	active_sessions: {},
	completed_sessions: [
		{
			session_id: ID,
			author: 'dev_cursor',
			started: '2025-11-19T22:44:39.180606',
			last_activity: '2025-11-19T22:44:39.180606',
			prs: ['326', 'x'],
			status: 'completed',
			completed: '2025-11-19T22:58:18.915258',
			completion_trigger: 'manual_cli',
		},
	],
});

describe('moving sessions in and out', function () {
	this.timeout(60_000);
	let repository: TestRepository;

	beforeEach(async () => {
		repository = await makeRepository();
		await repository.commit('first');
	});
	afterEach(() => repository.dispose());

	const run = (...args: string[]) => autoPr(args, { cwd: repository.root });

	it('imports the files that are named, tells what was left out, and leaves git clean', async () => {
		const folder = path.join(repository.root, '.git', 'older.json');
		await repository.write({ '.git/older.json': OLDER });
		const { code, stdout, stderr } = await run('import', folder);
		assert.deepEqual([code, stderr], [0, '']);
		assert.deepEqual(stdout.trimEnd().split('\n'), [
			'1 session imported, 0 brought up to date, 0 here already.',
			'The times of 1 session name no zone and were taken as UTC. If that is wrong: import again with --zone Europe/Berlin or whichever it was.',
			`${folder}: Pull request "x" of session ${ID} was left out: it is no number.`,
		]);
		assert.match(
			(await run('import', folder, '--zone', 'Asia/Tokyo')).stdout,
			/^0 sessions imported, 1 brought up to date/,
		);
		assert.match(
			(await run('import', folder, '--zone', 'Asia/Tokyo')).stdout,
			/^0 sessions imported, 0 brought up .* 1 here/,
		);
		const { completed } = JSON.parse((await run('export')).stdout);
		assert.deepEqual([completed[0].id, completed[0].started], [ID, '2025-11-19T13:44:39.180Z']);
		assert.equal(await repository.git('status', '--porcelain'), '');
	});

	it('finds the files of the repository by itself, which set-up points out', async () => {
		assert.deepEqual((await run('import')).code, 1);
		assert.doesNotMatch((await run('setup', '--yes', '--only', 'exclude')).stderr, /auto-pr import/);
		await repository.write({ [ARCHIVE]: OLDER });
		assert.match((await run('setup', '--yes', '--only', 'exclude')).stderr, /"auto-pr import" takes .* over\.\n$/);
		const { code, stdout } = await run('import', '--zone', 'Europe/Berlin', '--json');
		const json = JSON.parse(stdout);
		assert.deepEqual([code, json.files, json.updated, json.dropped.length], [0, [ARCHIVE], [ID], 1]);
		assert.doesNotMatch((await run('setup', '--yes', '--only', 'exclude')).stderr, /auto-pr import/);
	});

	it('exports in each format', async () => {
		await repository.write({ [ARCHIVE]: OLDER });
		const older = JSON.parse((await run('export', '--format', 'older')).stdout);
		assert.deepEqual(Object.keys(older), ['version', 'last_updated', 'active_sessions', 'completed_sessions']);
		assert.deepEqual(older.completed_sessions[0].prs, ['326']);
		const csv = (await run('export', '--format', 'csv')).stdout.split('\r\n');
		assert.match(csv[0]!, /^id,author,/);
		assert.match(csv[1]!, /^dev_cursor-20251119-2244,dev_cursor,/);
	});

	it('refuses what it cannot use with one sentence', async () => {
		await repository.write({ '.git/bad.json': '\0\0' });
		for (const [args, sentence] of [
			[['import', 'nowhere.json'], /^nowhere\.json cannot be read: /],
			[['import', '.git/bad.json'], /^\.git\/bad\.json:1 cannot be imported: /],
			[['import', '--zone', 'Mars/Olympus'], /^--zone takes the name of a time zone/],
			[['export', '--format', 'xml'], /^--format is one of older, json, csv, not "xml"\.$/m],
			[['export', '--format', 'constructor'], /^--format is one of/],
		] as const) {
			const { code, stdout, stderr } = await run(...args);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr, sentence);
			assert.equal(stderr.trimEnd().split('\n').length, 1);
		}
	});
});
