import { discardSession } from '../../app/end.ts';
import { sessionJson } from '../describe.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';

export async function discard(id: string | undefined, options: CommonOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	const { result: session } = await discardSession(workspace, id);
	show(options, { session: sessionJson(session) }, [`Session ${session.id} is discarded: it leaves no record.`]);
	return 0;
}
