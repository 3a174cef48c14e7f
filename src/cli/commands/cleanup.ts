import { cleanUp } from '../../app/cleanUp.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';
import { count } from '../words.ts';

export async function cleanup(options: CommonOptions): Promise<number> {
	const completed = (await cleanUp(await openWorkspace(options))).map(({ id, ended }) => ({
		id,
		trigger: ended?.trigger ?? null,
	}));
	const lines = completed.map(({ id, trigger }) => `Session ${id} completed (${trigger}).`);
	show(options, { completed }, [...lines, `${count(completed.length, 'session')} completed.`]);
	return 0;
}
