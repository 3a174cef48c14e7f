import { parseMessage } from '../message.ts';
import { isDocs } from '../paths.ts';
import type { ChangedFile } from './changedFile.ts';
import { codeLines } from './codeLines.ts';
import { isProduct, isProductCode, isTestCode } from './pathKinds.ts';

/** A net change, sorted by what scoring asks of it. Every list is in the order of the paths. */
export interface Evidence {
	/** All of it. */
	files: readonly ChangedFile[];
	/** Tests that gained program text. */
	tests: readonly ChangedFile[];
	/** Files of the product that changed in content, settings included; removed ones too. */
	product: readonly ChangedFile[];
	/** Program text of the product that gained lines. */
	code: readonly ChangedFile[];
	/** Documentation that gained lines. */
	docs: readonly ChangedFile[];
	/** The titles of the session's commits. */
	titles: readonly string[];
	/** The added program text of a file, line by line: see `codeLines.ts`. */
	linesOf(file: ChangedFile): readonly string[];
	/** Whether a file is there and gained program text. */
	gainedCode(file: ChangedFile): boolean;
}

/** Sorts a net change once, for all rules. */
export function gatherEvidence(changed: readonly ChangedFile[], messages: readonly string[]): Evidence {
	const files = changed.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
	const known = new Map<ChangedFile, string[]>();
	const linesOf = (file: ChangedFile): string[] => {
		let lines = known.get(file);
		if (!lines) {
			lines = codeLines(file);
			known.set(file, lines);
		}
		return lines;
	};
	const gainedCode = (file: ChangedFile): boolean => {
		if (!gainedLines(file)) return false;
		// Of a file whose text was cut away altogether, only the count is known.
		return linesOf(file).length > 0 || (file.truncated === true && file.addedText === '');
	};
	return {
		files,
		tests: files.filter((file) => isTestCode(file.path) && gainedCode(file)),
		product: files.filter((file) => isProduct(file.path) && !file.binary && file.added + file.deleted > 0),
		code: files.filter((file) => isProductCode(file.path) && gainedCode(file)),
		docs: files.filter((file) => isDocs(file.path) && gainedLines(file)),
		titles: messages.map((message) => parseMessage(message).title),
		linesOf,
		gainedCode,
	};
}

function gainedLines(file: ChangedFile): boolean {
	return file.kind !== 'D' && !file.binary && file.added > 0;
}

/** The paths of files, for a reason. */
export function pathsOf(files: readonly ChangedFile[]): string[] {
	return files.map((file) => file.path);
}
