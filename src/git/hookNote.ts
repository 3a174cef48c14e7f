import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSessionId } from '../core/sessionId.ts';
import { UserError } from '../core/userError.ts';
import { writeFileAtomic } from '../files/atomicFile.ts';
import type { Location } from './location.ts';

/** What the commit hook is to know: which session, until when, and which commits. */
export interface HookNote {
	sessionId: string;
	/** From when on nothing is written, ms UTC: the last activity and the timeout. Each commit moves it on. */
	deadline: number;
	/** ms. */
	timeout: number;
	/** `hand`: every commit belongs to the session. `auto`: those whose subject matches one of `subjects`. */
	kind: 'hand' | 'auto';
	/** Patterns of sh's `case`: `[wW][iI][pP]:*`. */
	subjects: readonly string[];
}

/**
 * Tells the commit hook of this working copy about its session, as a whole or not at all; undefined: there is none.
 * A file of lines, because the hook is plain sh: id, deadline and timeout in seconds, kind, one pattern a line.
 */
export async function writeHookNote(location: Location, note: HookNote | undefined): Promise<void> {
	const file = join(location.gitDir, 'auto-pr', 'hook');
	// Not durably: every change of the session writes it anew, and without it a commit has no trailer at worst.
	if (note) return writeFileAtomic(file, text(note), location.gitDir, undefined, false);
	// What the hook keeps beside it, see `hookScript.ts`.
	await Promise.all([file, `${file}-deadline`, `${file}-pending`].map((path) => rm(path, { force: true })));
}

function text({ sessionId, deadline, timeout, kind, subjects }: HookNote): string {
	if (!parseSessionId(sessionId)) {
		throw new UserError(`"${sessionId}" is not a session id: it has the form alice-20251119-1430.`);
	}
	const broken = subjects.find((pattern) => pattern === '' || /\p{Cc}/u.test(pattern));
	if (broken !== undefined) {
		throw new UserError(`The subject pattern ${JSON.stringify(broken)} is not one line of text: correct it.`);
	}
	const seconds = [deadline, timeout].map((ms) => Math.max(0, Math.floor(ms / 1000)).toFixed(0));
	return `${[sessionId, ...seconds, kind, ...subjects].join('\n')}\n`;
}
