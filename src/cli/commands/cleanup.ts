import { cleanUp, forgetBefore } from '../../app/cleanUp.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';
import { count } from '../words.ts';

interface CleanupOptions extends CommonOptions {
	forgetBefore?: string;
}

export async function cleanup(options: CleanupOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	const forgotten =
		options.forgetBefore === undefined ? [] : await forgetBefore(workspace, Number(options.forgetBefore));
	const completed = (await cleanUp(workspace)).map(({ id, ended }) => ({ id, trigger: ended?.trigger ?? null }));
	const lines = [
		...completed.map(({ id, trigger }) => `Session ${id} completed (${trigger}).`),
		`${count(completed.length, 'session')} completed.`,
		...(forgotten.length > 0
			? [`Forgotten: ${forgotten.join(', ')}. "auto-pr restore" brings them back for a week.`]
			: []),
	];
	show(options, { completed, forgotten }, lines);
	return 0;
}
