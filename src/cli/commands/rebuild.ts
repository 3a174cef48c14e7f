import { rebuild as rebuildSessions } from '../../app/rebuild.ts';
import { takeRecovery } from '../../app/recover.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, tell } from '../output.ts';
import { count } from '../words.ts';

export async function rebuild(options: CommonOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	const rebuilt = await rebuildSessions(workspace);
	const recovered = await takeRecovery(workspace);
	if (recovered !== undefined) tell(recovered);
	const sessions = rebuilt.map(({ id, author, commits }) => ({ id, author, commits: commits.length }));
	const lines = sessions.map(({ id, commits }) => `${id}  ${count(commits, 'commit')}`);
	show(options, { sessions }, [...lines, `${count(sessions.length, 'session')} found again in history.`]);
	return 0;
}
