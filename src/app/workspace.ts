import { statSync } from 'node:fs';
import path from 'node:path';
import { readFileIfExists } from '../files/atomicFile.ts';
import { hasCode } from '../files/fileError.ts';
import { exclude, unexclude } from '../git/exclude.ts';
import { locate } from '../git/locate.ts';
import type { Location } from '../git/location.ts';
import { git } from '../git/run.ts';
import type { ArchiveHome } from '../store/layout.ts';
import { openStore, type SessionStore } from '../store/sessionStore.ts';
import type { Host } from './host.ts';
import { CONFIGURATION_FILE, type Settled, settleText } from './settle.ts';

/** Lines for git's `info/exclude`: the live state, and the analytics until a team commits them on purpose. */
export const STATE_PATTERN = '/.cursor/data/';
export const ARCHIVE_PATTERN = '/docs/metrics/auto_pr_sessions*';

/** The stamp of a configuration that does not come from the work tree: it stays as it was first read. */
const ELSEWHERE = 'elsewhere';

const SHARED_ARCHIVE = 'docs/metrics/auto_pr_sessions.json';

/** One working copy of a repository, opened. */
export class Workspace {
	readonly host: Host;
	readonly location: Location;
	readonly store: SessionStore;
	#settled?: { stamp: string; value: Settled };
	#home?: { stamp: string; value: ArchiveHome };
	#hidden: Promise<void> | undefined;

	private constructor(host: Host, location: Location) {
		this.host = host;
		this.location = location;
		this.store = openStore(location.mainWorkTree, {
			now: () => host.now(),
			archiveHome: () => this.#archiveHome(),
			...(host.trouble && { onTrouble: (sentence) => host.trouble?.(sentence) }),
		});
	}

	/**
	 * Opens the working copy that `folder` (absolute) is in.
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
		const stamp = this.host.teamFile ? ELSEWHERE : stampOf(this.configurationFile);
		if (this.#settled?.stamp !== stamp) {
			const text = stamp === '' ? undefined : await this.readTeamFile(CONFIGURATION_FILE);
			this.#settled = { stamp, value: await settleText(text) };
		}
		return this.#settled.value;
	}

	/**
	 * A file by which the team decides, from where the face trusts it.
	 * @param name From the top of the work tree, with `/`.
	 * @returns undefined where there is none.
	 */
	readTeamFile(name: string): Promise<string | undefined> {
		const { host, location } = this;
		if (host.teamFile) return host.teamFile(name);
		return readFileIfExists(path.join(location.workTree, ...name.split('/')), location.workTree);
	}

	/** Keeps our files out of git's sight before the first of them is written: once for each opened workspace. */
	hideFiles(): Promise<void> {
		this.#hidden ??= this.#hide().catch((error: unknown) => {
			this.#hidden = undefined;
			this.host.log.warn(`Our files could not be hidden from git: ${(error as Error).message}`);
		});
		return this.#hidden;
	}

	/** A team may track the shared archive, from the older system say, and not want ours in it: then ours goes where git does not look. */
	async #archiveHome(): Promise<ArchiveHome> {
		if ((await this.settle()).configuration.commit_analytics) return 'shared';
		const stamp = stampOf(path.join(this.location.commonDir, 'index'));
		if (this.#home?.stamp !== stamp) {
			const tracked = await git(this.location.mainWorkTree, ['ls-files', '-z', '--', SHARED_ARCHIVE]);
			this.#home = { stamp, value: tracked === '' ? 'shared' : 'private' };
		}
		return this.#home.value;
	}

	async #hide(): Promise<void> {
		const { configuration } = await this.settle();
		await exclude(this.location, [STATE_PATTERN]);
		if (configuration.commit_analytics) await unexclude(this.location, [ARCHIVE_PATTERN]);
		else await exclude(this.location, [ARCHIVE_PATTERN]);
	}
}

/** Tells one version of a file from the next; empty where there is none. Asked before each change, so it does not wait for a thread. */
function stampOf(file: string): string {
	try {
		const stats = statSync(file, { throwIfNoEntry: false });
		return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : '';
	} catch (error) {
		if (hasCode(error, 'ENOTDIR')) return '';
		throw error;
	}
}
