import { UserError } from '../core/userError.ts';
import { NewerVersion, UnreadableText } from './json.ts';

/** What is wrong with a file, as a sentence. */
export function damageOf(path: string, { line, message }: UnreadableText): string {
	return `${path}:${line} cannot be read: ${message}.`;
}

/** For a file that is the user's to repair. */
export async function orRepair<T>(path: string, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof UnreadableText)) throw error;
		throw new UserError(`${damageOf(path, error)} Repair the file, or move it away to start a new one.`);
	}
}

/** Says of which file a newer version is. */
export function understood<T>(path: string, parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		if (!(error instanceof NewerVersion)) throw error;
		throw new UserError(`${path} was left untouched: ${error.message}. Update this one.`);
	}
}
