import { backUp, previewBackups } from '../../app/backups.ts';
import type { Workspace } from '../../app/workspace.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';
import { count, isoTime } from '../words.ts';

export async function backup(options: CommonOptions & { list?: boolean }): Promise<number> {
	const workspace = await openWorkspace(options);
	if (options.list) {
		const previews = await previewBackups(workspace);
		const backups = previews.map(({ backup: { name, madeAt, why }, holds, back, gone }) => ({
			name,
			made: isoTime(madeAt),
			why,
			open: holds.open.length,
			completed: holds.completed.length,
			back,
			gone,
		}));
		const lines = backups.map(
			({ name, why, open, completed }) => `${name}  ${open} open, ${completed} completed (${why})`,
		);
		show(options, { backups }, lines.length > 0 ? lines : ['There is no backup yet.']);
		return 0;
	}
	const made = await backUp(workspace, 'asked');
	const sentence = made ? `Backup ${made.name} made: ${count(made.files.length, 'file')}.` : await whyNone(workspace);
	show(options, { backup: made?.name ?? null }, [sentence]);
	return 0;
}

async function whyNone({ store }: Workspace): Promise<string> {
	return (await store.backups()).length > 0
		? 'Nothing changed since the newest backup, so no other was made.'
		: 'Nothing is here yet that could be backed up.';
}
