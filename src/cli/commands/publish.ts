import { observe } from '../../app/observe.ts';
import { publish as publishSessions } from '../../app/publish.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';

export async function publish(options: CommonOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	// Commits made a moment ago belong to what is published.
	await observe(workspace);
	const published = await publishSessions(workspace);
	const lines = published.flatMap(({ session, pullRequests, waits }) => [
		...(pullRequests.length > 0
			? [`Session ${session}: its trailers are in ${pullRequests.map((number) => `#${number}`).join(', ')}.`]
			: []),
		...(waits === undefined ? [] : [`Session ${session} waits: ${waits}`]),
	]);
	const json = published.map(({ session, pullRequests, waits }) => ({ session, pullRequests, waits: waits ?? null }));
	show(options, { published: json }, lines.length > 0 ? lines : ['There is nothing to publish.']);
	return published.some(({ waits }) => waits !== undefined) ? 1 : 0;
}
