import { UserError } from '../core/userError.ts';
import { readRemote } from '../git/branch.ts';
import { type Forge, parseRemote } from '../github/remote.ts';
import type { GitHub } from '../github/types.ts';
import type { Workspace } from './workspace.ts';

/** How GitHub's logs know us. */
const USER_AGENT = 'auto-pr-sessions';

/** Nothing can be written to a pull request from here, until the remote is another. */
export class NoForge extends UserError {
	override name = 'NoForge';
}

/** The forge behind the repository's remote. */
export interface Connection {
	github: GitHub;
	forge: Forge;
}

/**
 * Connects to the forge behind this working copy's remote. Sends nothing yet.
 * @throws NoForge when there is no remote, it is a path on this machine, or it speaks another forge's language.
 */
export async function connect({ location, host }: Workspace): Promise<Connection> {
	const remote = await readRemote(location);
	if (!remote) {
		throw new NoForge(
			`${location.workTree} has no remote, so there is no pull request to write to: add one with git remote add origin URL.`,
		);
	}
	const forge = parseRemote(remote.url, host.apiUrl);
	if (!forge) {
		throw new NoForge(
			`The remote ${remote.name} is no repository on a forge, so there is no pull request to write to.`,
		);
	}
	if (/(?:^|\.)gitlab\./.test(forge.host)) {
		throw new NoForge(
			`${forge.host} is a GitLab, which is written to by git alone: auto-pr publish --print says what to write and which push writes it.`,
		);
	}
	// Loaded when there is a forge: many a repository has none.
	const { createClient } = await import('../github/client.ts');
	const github = createClient({ forge, userAgent: USER_AGENT, token: () => host.token(forge) });
	return { github, forge };
}
