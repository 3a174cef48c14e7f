import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Configuration, KEYS, type KeySpec } from '../core/configuration.ts';
import { readFileIfExists, writeFileAtomic } from '../files/atomicFile.ts';
import { unexclude } from '../git/exclude.ts';
import { type HookState, installHook, readHook, removeHook } from '../git/hook.ts';
import { CONFIGURATION_FILE } from './settle.ts';
import { ARCHIVE_PATTERN, STATE_PATTERN, type Workspace } from './workspace.ts';

/** One thing that set-up takes care of. */
export interface SetUpStep {
	/** A sentence: what it writes and what for; or what to do by hand. */
	what: string;
	/** Absolute path. */
	path: string;
	state: 'to do' | 'done' | 'by hand';
}

/** What set-up would do, and what is there already. Writes nothing. */
export async function planSetUp(workspace: Workspace): Promise<SetUpStep[]> {
	return [
		await configurationStep(workspace),
		hookStep(await readHook(workspace.location)),
		await excludeStep(workspace),
	];
}

/** Sets a repository up. Run again, it changes nothing. */
export async function setUp(workspace: Workspace): Promise<SetUpStep[]> {
	const { configurationFile, location } = workspace;
	if ((await readFileIfExists(configurationFile, location.workTree)) === undefined) {
		await writeFileAtomic(configurationFile, configurationText(), location.workTree);
	}
	await installHook(workspace.location);
	await workspace.hideFiles();
	return planSetUp(workspace);
}

/** Takes back what set-up wrote: a configuration that was edited since stays, and so do the records of sessions. */
export async function undoSetUp(workspace: Workspace): Promise<SetUpStep[]> {
	const { configurationFile, location } = workspace;
	if ((await readFileIfExists(configurationFile, location.workTree)) === configurationText())
		await rm(configurationFile);
	await removeHook(location);
	await unexclude(location, [STATE_PATTERN, ARCHIVE_PATTERN]);
	return planSetUp(workspace);
}

async function configurationStep({ configurationFile, location }: Workspace): Promise<SetUpStep> {
	const done = (await readFileIfExists(configurationFile, location.workTree)) !== undefined;
	return {
		what: `${CONFIGURATION_FILE} holds the team's configuration, each key with what it means.`,
		path: configurationFile,
		state: done ? 'done' : 'to do',
	};
}

function hookStep({ kind, path: hook, reason }: HookState): SetUpStep {
	const what = 'The prepare-commit-msg hook adds the Session-Id trailer to the commits of a running session.';
	if (kind === 'installed' || kind === 'chained') return { what, path: hook, state: 'done' };
	if (kind === 'unreachable') return { what: reason ?? what, path: hook, state: 'by hand' };
	const chains = kind === 'foreign' ? ' The hook that is there now is kept and runs first.' : '';
	return { what: what + chains, path: hook, state: 'to do' };
}

async function excludeStep({ location }: Workspace): Promise<SetUpStep> {
	const file = path.join(location.commonDir, 'info', 'exclude');
	const lines = ((await readFileIfExists(file, location.commonDir)) ?? '').split(/\r?\n/);
	return {
		what: "git's exclude list keeps the live state out of commits and out of git status.",
		path: file,
		state: lines.includes(STATE_PATTERN) ? 'done' : 'to do',
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
