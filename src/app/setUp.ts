import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Configuration, KEYS, type KeySpec } from '../core/configuration.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { placeInside } from '../files/place.ts';
import { isUnedited, sameText } from '../files/seal.ts';
import { openAgentNotes } from '../git/agentNotes.ts';
import { readRemote } from '../git/branch.ts';
import { unexclude } from '../git/exclude.ts';
import { type HookState, installHook, readHook, removeHook } from '../git/hook.ts';
import type { Location } from '../git/location.ts';
import { installMergeDriver, readMergeDriver, removeMergeDriver } from '../git/mergeDriver.ts';
import { isGitHubByName, parseRemote } from '../github/remote.ts';
import { stateFileIn } from '../store/layout.ts';
import { actionFiles } from './actionFiles.ts';
import { forgetUnused } from './forgetUnused.ts';
import { withEntries, withoutEntries, withoutItems } from './jsonEntries.ts';
import { MARKER_PATTERN } from './olderMarker.ts';
import { CONFIGURATION_FILE } from './settle.ts';
import { agentFiles, type EntriesFile, PARTS, type Part, type SetUpFile, type WholeFile } from './setUpFiles.ts';
import { SetUpRecord } from './setUpRecord.ts';
import { ARCHIVE_PATTERN, STATE_PATTERN, type Workspace } from './workspace.ts';

/** One thing that set-up takes care of. */
export interface SetUpStep {
	part: Part;
	/** A sentence: what it writes and what for; or what to do by hand. */
	what: string;
	/** Sentences about this repository, where there is more to say: that another hook is kept, say. */
	note?: string;
	/** Absolute path. */
	path: string;
	state: 'to do' | 'done' | 'by hand';
}

/** What is done where nothing is chosen. The rest is for those who use that agent, or another forge. */
export async function usualParts({ location }: Workspace): Promise<Part[]> {
	const remote = await readRemote(location);
	const forge = remote && parseRemote(remote.url);
	const onGitHub = forge !== undefined && isGitHubByName(forge);
	return PARTS.filter((part) => part !== 'claude' && part !== 'mcp' && (part !== 'workflows' || onGitHub));
}

/** What set-up would do, and what is there already. Writes nothing. */
export async function planSetUp(workspace: Workspace, parts: readonly Part[]): Promise<SetUpStep[]> {
	const files = await filesOf(workspace, parts);
	const steps = await Promise.all(files.map((file) => fileStep(workspace, file)));
	if (parts.includes('hook')) steps.push(hookStep(await readHook(workspace.location)));
	if (parts.includes('exclude')) steps.push(await excludeStep(workspace));
	if (parts.includes('merge-driver')) steps.push(await mergeDriverStep(workspace));
	return steps;
}

/** Sets a repository up. Run again, it changes nothing. */
export async function setUp(workspace: Workspace, parts: readonly Part[]): Promise<SetUpStep[]> {
	const { location } = workspace;
	const record = await SetUpRecord.open(location);
	const files = await filesOf(workspace, parts);
	await record.around(excludeFile(location), async () => {
		for (const file of files) await write(workspace, file, record);
		if (parts.includes('hook')) await installHook(location);
		if (parts.includes('exclude')) await workspace.hideFiles();
	});
	if (parts.includes('merge-driver'))
		await record.aroundAll(mergeDriverFiles(location), () => installMergeDriver(location));
	if (parts.includes('cursor') || parts.includes('claude')) await openAgentNotes(location);
	return planSetUp(workspace, parts);
}

/**
 * Takes back what set-up wrote, byte for byte. What was edited since stays and is named, but for our entries in another tool's file, which go.
 * The records of sessions stay. Returns what stays although it was of a set-up.
 */
export async function undoSetUp(workspace: Workspace): Promise<SetUpStep[]> {
	const { location } = workspace;
	const record = await SetUpRecord.open(location);
	const kept: SetUpStep[] = [];
	for (const file of await filesOf(workspace, PARTS)) {
		const place = placeOf(workspace, file);
		if ((await record.restore(place)) || (await takeOut(workspace, file))) continue;
		if (
			(await record.isAsWritten(place)) === false &&
			(await readFileIfExists(place, location.workTree)) !== undefined
		) {
			kept.push(editedStep(file.part, file.path, place));
		}
	}
	await removeHook(location);
	const hook = await readHook(location);
	if (hook.differs === 'edited') kept.push(editedStep('hook', hook.path, hook.path));
	await forgetUnused(workspace);
	// While sessions are kept here, git is not to see them.
	if (!existsSync(stateFileIn(location.mainWorkTree)) && !(await record.restore(excludeFile(location)))) {
		await unexclude(location, [STATE_PATTERN, ARCHIVE_PATTERN, MARKER_PATTERN]);
	}
	for (const file of mergeDriverFiles(location)) await record.restore(file);
	await removeMergeDriver(location);
	await record.close();
	return kept;
}

function editedStep(part: Part, name: string, place: string): SetUpStep {
	return { part, what: `${name} was edited since it was written, so it stays.`, path: place, state: 'by hand' };
}

/** Each file once: two agents share a script. */
async function filesOf({ host }: Workspace, parts: readonly Part[]): Promise<SetUpFile[]> {
	const configuration: SetUpFile = {
		part: 'configuration',
		path: CONFIGURATION_FILE,
		what: `${CONFIGURATION_FILE} holds the team's configuration, each key with what it means.`,
		text: configurationText(),
	};
	const ofAction = parts.includes('workflows') ? await actionFiles(host.packageFolder) : [];
	const files = [configuration, ...ofAction, ...agentFiles()].filter(({ part }) => parts.includes(part));
	return files.filter((file, index) => files.findIndex(({ path: place }) => place === file.path) === index);
}

function placeOf({ location }: Workspace, file: SetUpFile): string {
	return path.join(location.workTree, ...file.path.split('/'));
}

/** Said of a file that nobody edited. */
const OUTDATED = 'Another version wrote the one that is there; nobody edited it, so it is replaced.';

async function fileStep(workspace: Workspace, file: SetUpFile): Promise<SetUpStep> {
	const place = placeOf(workspace, file);
	const text = await readFileIfExists(place, workspace.location.workTree);
	const { part, what } = file;
	if ('unavailable' in file) return { part, what, path: place, state: 'by hand' };
	if ('text' in file) return wholeFileStep(file, place, text, await SetUpRecord.open(workspace.location));
	const wanted = wantedText(text, file);
	if (wanted !== undefined) return { part, what, path: place, state: wanted === text ? 'done' : 'to do' };
	const problem = `${file.path} is not JSON that our entries fit into, so it is not changed: mend it, and set up again.`;
	return { part, what: problem, path: place, state: 'by hand' };
}

async function wholeFileStep(
	file: WholeFile,
	place: string,
	text: string | undefined,
	record: SetUpRecord,
): Promise<SetUpStep> {
	const { part, what } = file;
	if (text === undefined) return { part, what, path: place, state: 'to do' };
	if (sameText(text, file.text)) return { part, what, path: place, state: 'done' };
	if (await mayReplace(record, place, text, file)) return { part, what, note: OUTDATED, path: place, state: 'to do' };
	// The configuration is there to be edited.
	if (part === 'configuration') return { part, what, path: place, state: 'done' };
	const stays = `${file.path} is not as this version writes it and may be edited, so it stays: take it away and set up again to have this version's.`;
	return { part, what: stays, path: place, state: 'by hand' };
}

/** Whether a file that is there is ours, and nobody edited it. */
async function mayReplace(record: SetUpRecord, place: string, text: string, file: WholeFile): Promise<boolean> {
	return isOurs(text, file) || (await record.isAsWritten(place)) === true;
}

/** Whether some version of ours wrote a file as it is, as far as its text tells. */
function isOurs(text: string, { text: now, earlier = [] }: WholeFile): boolean {
	return isUnedited(text) || [now, ...earlier].some((ours) => sameText(text, ours));
}

/** Another tool's file with our entries of this version alone; undefined where it cannot be read. */
function wantedText(text: string | undefined, { entries, outdated }: EntriesFile): string | undefined {
	const cleared = text?.trim() && outdated ? withoutItems(text, outdated) : text;
	return cleared === undefined && text !== undefined ? undefined : withEntries(cleared, entries);
}

async function write(workspace: Workspace, file: SetUpFile, record: SetUpRecord): Promise<void> {
	if ('unavailable' in file) return;
	const place = placeOf(workspace, file);
	const { workTree } = workspace.location;
	const text = await readFileIfExists(place, workTree);
	if ('text' in file && text !== undefined) {
		if (sameText(text, file.text) || !(await mayReplace(record, place, text, file))) return;
	}
	const wanted = 'text' in file ? file.text : wantedText(text, file);
	if (wanted === undefined || wanted === text) return;
	await record.around(place, () => writeFileAtomic(place, wanted, workTree));
}

/** Without a record of it, takes out what is plainly ours. Returns whether nothing of ours is left. */
async function takeOut(workspace: Workspace, file: SetUpFile): Promise<boolean> {
	const place = placeOf(workspace, file);
	const { workTree } = workspace.location;
	const text = await readFileIfExists(place, workTree);
	if (text === undefined) return true;
	if ('text' in file) {
		const ours = isOurs(text, file);
		if (ours) await rm(await placeInside(place, workTree));
		return ours;
	}
	if ('unavailable' in file) return false;
	const cleared = file.ours ? withoutItems(text, file.ours) : text;
	if (cleared === undefined) return false;
	// Items are out by now, and the version is the file's own as much as ours.
	const members = file.entries.filter(({ path: at, item }) => !item && at[0] !== 'version');
	const wanted = withoutEntries(cleared, members);
	if (wanted !== undefined && wanted !== text) await writeFileAtomic(place, wanted, workTree);
	return wanted !== undefined;
}

function excludeFile({ commonDir }: Location): string {
	return path.join(commonDir, 'info', 'exclude');
}

/** What the merge driver is written to. */
function mergeDriverFiles({ commonDir }: Location): string[] {
	return [path.join(commonDir, 'config'), path.join(commonDir, 'info', 'attributes')];
}

function hookStep({ kind, path: hook, reason, differs }: HookState): SetUpStep {
	const what = 'The prepare-commit-msg hook adds the Session-Id trailer to the commits of a running session.';
	if (differs === 'edited') {
		const stays = `The commit hook was edited, so it stays: take ${hook} away and set up again to have this version's.`;
		return { part: 'hook', what: stays, path: hook, state: 'by hand' };
	}
	if (differs === 'outdated') return { part: 'hook', what, note: OUTDATED, path: hook, state: 'to do' };
	if (kind === 'installed' || kind === 'chained') return { part: 'hook', what, path: hook, state: 'done' };
	if (kind === 'unreachable') return { part: 'hook', what: reason ?? what, path: hook, state: 'by hand' };
	const chains = kind === 'foreign' && { note: 'The hook that is there now is kept and runs first.' };
	return { part: 'hook', what, ...chains, path: hook, state: 'to do' };
}

async function excludeStep({ location }: Workspace): Promise<SetUpStep> {
	const file = excludeFile(location);
	const lines = ((await readFileIfExists(file, location.commonDir)) ?? '').split(/\r?\n/);
	return {
		part: 'exclude',
		what: "git's exclude list keeps the live state out of commits and out of git status.",
		path: file,
		state: lines.includes(STATE_PATTERN) ? 'done' : 'to do',
	};
}

async function mergeDriverStep({ location }: Workspace): Promise<SetUpStep> {
	const [, file = ''] = mergeDriverFiles(location);
	return {
		part: 'merge-driver',
		what: 'git\'s merge driver merges the analytics record by session; it needs "auto-pr" on the path, and git\'s own merge stands in for it.',
		path: file,
		state: (await readMergeDriver(location)) === 'installed' ? 'done' : 'to do',
	};
}

/** The configuration file of a repository that is set up anew: every key commented out, with its meaning and default. */
function configurationText(): string {
	const entries = Object.entries(KEYS) as [keyof Configuration, KeySpec][];
	const keys = entries.map(([key, spec]) => `${comment(spec)}\n${commentedOut(key, spec)}\n`);
	return `# Auto-PR Sessions. Every key is optional; take the # away to change one.\n\n${keys.join('\n')}`;
}

function comment({ about, ...spec }: KeySpec): string {
	const bounds = spec.kind === 'number' ? ` (${spec.min} to ${spec.max})` : '';
	return `# ${about}${bounds}`;
}

function commentedOut(key: string, spec: KeySpec): string {
	if (spec.kind !== 'texts') return `# ${key}: ${spec.value}`;
	if (spec.value.length === 0) return `# ${key}: []`;
	const items = spec.value.map((value) => `#   - '${value.replaceAll("'", "''")}'`);
	return [`# ${key}:`, ...items].join('\n');
}
