import { previewBackups, restore as restoreBackup } from '../../app/backups.ts';
import { UserError } from '../../core/userError.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show } from '../output.ts';

export async function restore(name: string, options: CommonOptions & { dryRun?: boolean }): Promise<number> {
	const workspace = await openWorkspace(options);
	const preview = (await previewBackups(workspace)).find(({ backup }) => backup.name === name);
	if (!preview) {
		throw new UserError(`There is no whole backup "${name}": "auto-pr backup --list" lists what there is.`);
	}
	const { back, gone } = preview;
	const changes = [...back.map((id) => `back  ${id}`), ...gone.map((id) => `gone  ${id}`)];
	if (options.dryRun) {
		show(options, { backup: name, back, gone }, changes.length > 0 ? changes : ['It would change no session.']);
		return 0;
	}
	const { undo } = await restoreBackup(workspace, name);
	const sentence = `Backup ${name} is restored.`;
	const hint = undo ? ` To undo it: "auto-pr restore ${undo.name}".` : '';
	show(options, { backup: name, back, gone, undo: undo?.name ?? null }, [...changes, sentence + hint]);
	return 0;
}
