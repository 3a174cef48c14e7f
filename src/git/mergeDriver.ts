import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../files/atomicFile.ts';
import { hasCode } from '../files/fileError.ts';
import type { Location } from './location.ts';
import { git } from './run.ts';

const SECTION = 'merge.auto-pr-sessions';
/** The files of the years have a session a line and only ever grow: git's own union, the lines of both sides, is right for them. */
const ATTRIBUTES = [
	'/docs/metrics/auto_pr_sessions.json merge=auto-pr-sessions',
	'/docs/metrics/auto_pr_sessions-*.jsonl merge=union',
];
/**
 * Without `auto-pr`, or with a side that it cannot read, git's own merge does the work, so that both sides end up in the file. git
 * gives names of temporary files that it made itself. https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver
 */
const COMMAND = 'auto-pr merge-driver %O %A %B || git merge-file %A %O %B';

/** Makes git merge the analytics record by session id, in this repository alone and without a tracked file. */
export async function installMergeDriver(location: Location): Promise<void> {
	await configure(location, `${SECTION}.name`, 'Auto-PR Sessions: the analytics record, by session id');
	await configure(location, `${SECTION}.driver`, COMMAND);
	const text = await readAttributes(location);
	const missing = missingFrom(text);
	if (missing.length === 0) return;
	const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
	await writeAttributes(location, `${start}${missing.join('\n')}\n`);
}

/** Takes back what `installMergeDriver` wrote, and nothing else. */
export async function removeMergeDriver(location: Location): Promise<void> {
	const text = await readAttributes(location);
	if (missingFrom(text).length < ATTRIBUTES.length) {
		const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
		await writeAttributes(location, lines.filter((line) => !ATTRIBUTES.includes(line.trimEnd())).join(''));
	}
	if ((await readDriver(location)) !== '')
		await git(location.workTree, ['config', '--local', '--remove-section', SECTION]);
}

/** Whether git merges the record by the driver. */
export async function readMergeDriver(location: Location): Promise<'installed' | 'absent'> {
	const missing = missingFrom(await readAttributes(location));
	return missing.length === 0 && (await readDriver(location)) === COMMAND ? 'installed' : 'absent';
}

async function configure(location: Location, key: string, value: string): Promise<void> {
	await git(location.workTree, ['config', '--local', key, value]);
}

async function readDriver(location: Location): Promise<string> {
	return (await git(location.workTree, ['config', '--local', '--get', `${SECTION}.driver`])).trimEnd();
}

/** Our lines that a text of attributes lacks. */
function missingFrom(text: string): string[] {
	const there = new Set(text.split('\n').map((line) => line.trimEnd()));
	return ATTRIBUTES.filter((line) => !there.has(line));
}

/** Read as latin1, one character a byte, so that any bytes survive. */
async function readAttributes(location: Location): Promise<string> {
	try {
		return await readFile(fileOf(location), 'latin1');
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return '';
		throw error;
	}
}

function writeAttributes(location: Location, text: string): Promise<void> {
	return writeFileAtomic(fileOf(location), Buffer.from(text, 'latin1'), location.commonDir);
}

function fileOf(location: Location): string {
	return join(location.commonDir, 'info', 'attributes');
}
