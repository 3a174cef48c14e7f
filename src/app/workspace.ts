import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Configuration, defaultConfiguration } from '../core/configuration.ts';
import type { Problem } from '../core/configurationFile.ts';
import { compileRules, type Rules } from '../core/rules.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { exclude, unexclude } from '../git/exclude.ts';
import { type Location, locate } from '../git/locate.ts';
import { openStore, type SessionStore } from '../store/sessionStore.ts';
import type { Host } from './host.ts';

/** The configuration's place below the top of the work tree. */
export const CONFIGURATION_FILE = '.cursor/config/session_config.yaml';

/** Lines for git's `info/exclude`: the live state, and the analytics until a team commits them on purpose. */
export const STATE_PATTERN = '/.cursor/data/';
export const ARCHIVE_PATTERN = '/docs/metrics/auto_pr_sessions*';

/** The configuration in force, and what was wrong in its file. */
export interface Settled {
	configuration: Configuration;
	rules: Rules;
	problems: Problem[];
}

/** One working copy of a repository, opened. */
export class Workspace {
	readonly host: Host;
	readonly location: Location;
	readonly store: SessionStore;
	#settled?: { stamp: string; value: Settled };
	#hidden: Promise<void> | undefined;

	private constructor(host: Host, location: Location) {
		this.host = host;
		this.location = location;
		this.store = openStore(location.mainWorkTree);
	}

	/**
	 * Opens the working copy that `folder` (absolute) is in. Starts one git process.
	 * @throws UserError where there is none.
	 */
	static async open(folder: string, host: Host): Promise<Workspace> {
		return new Workspace(host, await locate(folder));
	}

	/** Absolute path of the configuration file, which need not exist. */
	get configurationFile(): string {
		return path.join(this.location.workTree, ...CONFIGURATION_FILE.split('/'));
	}

	/** The configuration, read anew only when its file changed. */
	async settle(): Promise<Settled> {
		const stamp = await stampOf(this.configurationFile);
		if (this.#settled?.stamp !== stamp) {
			const text = stamp === '' ? undefined : await readFileIfExists(this.configurationFile, this.location.workTree);
			this.#settled = { stamp, value: await settleText(text) };
		}
		return this.#settled.value;
	}

	/** Keeps our files out of git's sight before the first of them is written: once for each opened workspace. */
	hideFiles(): Promise<void> {
		this.#hidden ??= this.#hide().catch((error: unknown) => {
			this.#hidden = undefined;
			this.host.log.warn(`Our files could not be hidden from git: ${(error as Error).message}`);
		});
		return this.#hidden;
	}

	async #hide(): Promise<void> {
		const { configuration } = await this.settle();
		await exclude(this.location, [STATE_PATTERN]);
		if (configuration.commit_analytics) await unexclude(this.location, [ARCHIVE_PATTERN]);
		else await exclude(this.location, [ARCHIVE_PATTERN]);
	}
}

/** Makes a configuration file's text ready for deciding; undefined where there is no file. */
export async function settleText(text: string | undefined): Promise<Settled> {
	if (text === undefined) {
		const configuration = defaultConfiguration();
		const { rules } = await compileRules(configuration);
		return { configuration, rules, problems: [] };
	}
	// The YAML reader is loaded only where there is YAML.
	const { parseConfiguration } = await import('../core/configurationFile.ts');
	const { configuration, problems, placeOf } = parseConfiguration(text);
	const { rules, bad } = await compileRules(configuration);
	for (const { index, reason } of bad) {
		problems.push({
			...placeOf('auto_pr_patterns', index),
			key: 'auto_pr_patterns',
			message: `This pattern is left out, since RE2 does not take it: ${reason}.`,
		});
	}
	return { configuration, rules, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** Tells one version of a file from the next; empty where there is none. */
async function stampOf(file: string): Promise<string> {
	try {
		const { mtimeMs, size, ino } = await stat(file);
		return `${mtimeMs} ${size} ${ino}`;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return '';
		throw error;
	}
}
