import type { FileChange } from '../commit.ts';

/** One file of a net change, with what scoring reads of it. */
export interface ChangedFile extends FileChange {
	/** Lines added; 0 for a binary file. */
	added: number;
	/** Lines removed; 0 for a binary file. */
	deleted: number;
	/** The added lines, joined by `\n`, without their `+`. */
	addedText: string;
	/** `addedText` was cut: it may even be empty. */
	truncated?: boolean;
	binary?: boolean;
}
