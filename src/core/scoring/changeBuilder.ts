import type { ChangedFile } from './changedFile.ts';

/** Test data: an added file with this text, unless told otherwise. */
export function change(path: string, text = 'const answer = 42;', more: Partial<ChangedFile> = {}): ChangedFile {
	const added = text === '' ? 0 : text.split('\n').length;
	return { kind: 'A', path, added, deleted: 0, addedText: text, ...more };
}

/** Test data: a removed file that had this many lines. */
export function removal(path: string, deleted = 40): ChangedFile {
	return { kind: 'D', path, added: 0, deleted, addedText: '' };
}
