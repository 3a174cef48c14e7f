import { endSession } from '../../app/end.ts';
import { sessionJson } from '../describe.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';
import { count, duration } from '../words.ts';

export async function end(id: string | undefined, options: CommonOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	const { result: session } = await endSession(workspace, id === undefined ? {} : { id });
	const { commits, files, startedAt, lastActivityAt } = session;
	const lines = [
		`Session ${session.id} ended: ${count(commits.length, 'commit')}, ${count(files.size, 'file')}, ${duration(lastActivityAt - startedAt)}.`,
	];
	if (commits.length > 0) lines.push('Its trailers wait for "auto-pr publish".');
	show(options, { session: sessionJson(session) }, lines);
	return 0;
}
