import { mergeRequestPush } from '../core/mergeRequestPush.ts';
import { writeSessionTrailers } from '../core/trailers.ts';
import { readRemote } from '../git/branch.ts';
import { queueOf } from './publish.ts';
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

/** What is to be published, in words instead of requests. Nothing is sent, and all of it stays in the queue. */
export async function printPublish(workspace: Workspace): Promise<Printed[]> {
	const [queue, remote] = await Promise.all([queueOf(workspace), readRemote(workspace.location)]);
	return queue.map(({ session, branches, ending }) => {
		const trailers = writeSessionTrailers('', session, ending);
		const commands = remote
			? branches.map((branch) => mergeRequestPush({ remote: remote.name, branch, trailers }))
			: [];
		return { session, trailers, commands };
	});
}
