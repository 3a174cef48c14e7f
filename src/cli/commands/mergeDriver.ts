import { writeFile } from 'node:fs/promises';
import { UserError } from '../../core/userError.ts';
import { fileError } from '../../files/fileError.ts';
import { NewerVersion, UnreadableText } from '../../store/json.ts';
import { mergeArchives } from '../../store/mergeArchives.ts';
import { readWhole } from '../input.ts';

/** Bytes; the record holds at most 400 sessions of ours. */
const MOST = 64 * 1024 * 1024;

/**
 * Merges two versions of the analytics record into `ours`, as git calls it. On an error `ours` stays as it is, and git's own merge
 * takes over.
 */
export async function mergeDriver(base: string, ours: string, theirs: string): Promise<number> {
	const [from, left, right] = await Promise.all([base, ours, theirs].map((file) => readWhole(file, MOST)));
	let merged: string;
	try {
		merged = mergeArchives(from!, left!, right!);
	} catch (error) {
		if (error instanceof NewerVersion) {
			throw new UserError(`The analytics record was not merged by session: ${error.message}. Update this one.`);
		}
		if (!(error instanceof UnreadableText)) throw error;
		throw new UserError(`The analytics record cannot be merged by session, line ${error.line}: ${error.message}.`);
	}
	await writeFile(ours, merged).catch((error: unknown) => {
		throw fileError(error, 'write', ours);
	});
	return 0;
}
