import { plainPrefix } from '../core/patterns.ts';
import type { Rules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import { type HookNote, writeHookNote } from '../git/hookNote.ts';
import type { Workspace } from './workspace.ts';

/**
 * Leaves the commit hook word of the session of this working copy: a sh script cannot read the state. In a session that was
 * found rather than started, only titles that a plain prefix marks as automatic get its trailer; the rest is a person's.
 */
export async function noteForHook(workspace: Workspace, session: Session | undefined, rules: Rules): Promise<void> {
	try {
		await writeHookNote(workspace.location, session && noteOf(session, rules));
	} catch (error) {
		workspace.host.log.warn(`The commit hook could not be told of the session: ${(error as Error).message}`);
	}
}

function noteOf(session: Session, rules: Rules): HookNote {
	const timeout = Number.isFinite(rules.timeout) ? rules.timeout : 24 * 60 * 60_000;
	return {
		sessionId: session.id,
		deadline: session.lastActivityAt + timeout,
		timeout,
		kind: session.origin === 'commit' ? 'auto' : 'hand',
		subjects: rules.patterns.flatMap(({ source }) => {
			const prefix = plainPrefix(source);
			return prefix === undefined ? [] : [globOf(prefix)];
		}),
	};
}

/** A `case` pattern of sh that takes every title with this prefix, in any case: `[wW][iI][pP]:*`. */
function globOf(prefix: string): string {
	const parts = [...prefix].map((letter) => {
		const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
		if (/^[a-z]$/.test(lower)) return `[${lower}${upper}]`;
		return /^[\p{L}\p{N}_:=/ -]$/u.test(letter) ? letter : `\\${letter}`;
	});
	return `${parts.join('')}*`;
}
