import { startSession } from '../../app/start.ts';
import { sessionJson } from '../describe.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';

export async function start(options: CommonOptions & { title?: string }): Promise<number> {
	const workspace = await openWorkspace(options);
	const { session, already } = (await startSession(workspace, options.title?.trim())).result;
	const sentence = already
		? `Session ${session.id} was running already; it goes on until "auto-pr end" or its timeout.`
		: `Session ${session.id} started.`;
	show(options, { session: sessionJson(session), already }, [sentence]);
	return 0;
}
