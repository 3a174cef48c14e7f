import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './atomicFile.ts';
import { fileError } from './fileError.ts';
import { makePlaceInside } from './place.ts';
import { whileBusy } from './whileBusy.ts';

const LF = 10;

/**
 * Appends whole lines to a file, durably, at a cost that does not grow with it. A crash may leave the last line in part; the next
 * call then begins on a line of its own, so that nothing else is lost with it. Throws a UserError as `writeFileAtomic` does.
 */
export async function appendLines(path: string, lines: readonly string[], within: string): Promise<void> {
	const target = await makePlaceInside(path, within);
	try {
		const file = await whileBusy(() => open(target, 'a+'));
		let isNew = false;
		try {
			const { size } = await file.stat();
			isNew = size === 0;
			const gap = isNew || (await endsLine(file, size)) ? '' : '\n';
			await file.writeFile(`${gap}${lines.join('\n')}\n`, 'utf8');
			await file.sync();
		} finally {
			await file.close();
		}
		if (isNew) await syncFolder(dirname(target));
	} catch (error) {
		throw fileError(error, 'write', path);
	}
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
	const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
	return buffer[0] === LF;
}
