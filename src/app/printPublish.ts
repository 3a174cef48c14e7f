import { mergeRequestPush } from '../core/mergeRequestPush.ts';
import { writeSessionTrailers } from '../core/trailers.ts';
import { readRemote } from '../git/branch.ts';
import { isGitHubByName, parseRemote } from '../github/remote.ts';
import { queueOf } from './publish.ts';
import { transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** What a person writes in our place, on a forge whose API we do not speak. */
export interface Printed {
	/** The session's id. */
	session: string;
	/** Lines of trailers for the description. */
	trailers: string;
	/** Commands, one for each of its branches, that have GitLab write them. */
	commands: string[];
}

/**
 * What is to be published, in words instead of requests. Nothing is sent. Where the remote is not on GitHub, this is all the publishing there is: a
 * completed session waits no longer, and is printed again only if asked for.
 * @param again Also what was printed before, as long as it is kept.
 */
export async function printPublish(workspace: Workspace, { again = false } = {}): Promise<Printed[]> {
	const [queue, remote] = await Promise.all([queueOf(workspace), readRemote(workspace.location)]);
	const forge = remote && parseRemote(remote.url);
	const chosen = queue.filter(({ printed }) => again || !printed);
	const done = new Set(chosen.filter(({ ending }) => ending).map(({ session }) => session));
	if (done.size > 0 && !(forge && isGitHubByName(forge))) {
		await transact(workspace, ({ state }) => {
			for (const entry of state.publishQueue) if (done.has(entry.session)) entry.printed = true;
		});
	}
	return chosen.map(({ session, branches, ending }) => {
		const trailers = writeSessionTrailers('', session, ending);
		const commands = remote
			? branches.map((branch) => mergeRequestPush({ remote: remote.name, branch, trailers }))
			: [];
		return { session, trailers, commands };
	});
}
