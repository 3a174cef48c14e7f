import { observe } from '../../app/observe.ts';
import { printPublish } from '../../app/printPublish.ts';
import { publish as publishSessions } from '../../app/publish.ts';
import type { Workspace } from '../../app/workspace.ts';
import { UserError } from '../../core/userError.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';

interface PublishOptions extends CommonOptions {
	print?: boolean;
	again?: boolean;
}

export async function publish(options: PublishOptions): Promise<number> {
	if (options.again && !options.print) throw new UserError('--again prints once more: give --print too.');
	const workspace = await openWorkspace(options);
	// Commits made a moment ago belong to what is published.
	await observe(workspace);
	if (options.print) return print(options, workspace);
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

async function print(options: PublishOptions, workspace: Workspace): Promise<number> {
	const printed = await printPublish(workspace, options);
	const lines = printed.flatMap(({ session, trailers, commands }) => [
		`Session ${session}: these lines belong at the end of its merge request's description.`,
		...trailers.split('\n').map((line) => `  ${line}`),
		...(commands.length > 0 ? ['GitLab writes them by this push, in place of the description that is there:'] : []),
		...commands.map((command) => `  ${command}`),
	]);
	const nothing = options.again
		? 'There is nothing to publish.'
		: 'There is nothing new to publish. --print --again also prints what was printed in the last two weeks.';
	show(options, { publish: printed }, lines.length > 0 ? lines : [nothing]);
	return 0;
}
