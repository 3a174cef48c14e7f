import type { Person } from '../core/commit.ts';

/**
 * What moved HEAD. `rebase` made a commit again, `rebase-other` only moved (start, finish, abort, fast-forward);
 * `merge-commit` made a merge, `merge` and `pull` moved to what was there.
 */
type ReflogAction =
	| 'commit'
	| 'amend'
	| 'initial'
	| 'merge-commit'
	| 'cherry-pick'
	| 'revert'
	| 'rebase'
	| 'rebase-other'
	| 'pull'
	| 'merge'
	| 'reset'
	| 'checkout'
	| 'am'
	| 'clone'
	| 'other';

/** One movement of HEAD. */
export interface ReflogEntry {
	/** Full object names; all zeros where there was no commit. */
	old: string;
	new: string;
	/** ms UTC. */
	at: number;
	/** Who moved it, as in `committer`. */
	person: Person;
	action: ReflogAction;
	/** As git wrote it: `commit (amend): subject`. */
	message: string;
}

const LINE = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^<>\n]*)<([^>\n]*)> (\d+) [+-]\d{4,}(?:\t(.*))?$/;

/** Reads one line, without its line break. Undefined for a damaged one, which git itself passes over too. */
export function parseReflogLine(line: string): ReflogEntry | undefined {
	const match = LINE.exec(line);
	const [, old, now, name, email, seconds, message = ''] = match ?? [];
	if (!match || old!.length !== now!.length) return undefined;
	const person = { name: name!.trim(), ...(email ? { email } : {}) };
	return { old: old!, new: now!, at: Number(seconds) * 1000, person, action: actionOf(message), message };
}

const MADE: ReadonlySet<ReflogAction> = new Set<ReflogAction>([
	'commit',
	'amend',
	'initial',
	'merge-commit',
	'cherry-pick',
	'revert',
	'rebase',
	'am',
]);

/** Whether the entry's new commit was made here and now, rather than fetched, checked out or moved to. */
export function isMade(entry: ReflogEntry): boolean {
	return MADE.has(entry.action);
}

const MERGED = /^Merge made by /;
/** Steps of a rebase that make a commit: `rebase (pick)`, `rebase -i (fixup)`, `pull --rebase origin main (squash)`. */
const REBASE_STEP = /^(?:rebase|pull)\b[^:]*\((pick|fixup|squash|reword|edit|continue|merge)\)$/;

/**
 * The words are those of git's `builtin/commit.c`, `sequencer.c`, `builtin/rebase.c`, `builtin/merge.c`, `builtin/pull.c`
 * and `builtin/am.c`: `<command and its arguments>[ (<step>)]: <text>`.
 */
function actionOf(message: string): ReflogAction {
	const colon = message.indexOf(': ');
	const command = colon < 0 ? message : message.slice(0, colon);
	const text = colon < 0 ? '' : message.slice(colon + 2);
	const word = /^[\w-]*/.exec(command)![0];
	switch (word) {
		case 'commit':
			return commitAction(command);
		case 'cherry-pick':
		case 'revert':
			return text === 'fast-forward' ? 'other' : word;
		case 'rebase':
			return rebaseAction(command, text);
		case 'pull':
			if (MERGED.test(text)) return 'merge-commit';
			return /\((?:\w+)\)$/.test(command) ? rebaseAction(command, text) : 'pull';
		case 'merge':
			return MERGED.test(text) ? 'merge-commit' : 'merge';
		case 'reset':
		case 'checkout':
		case 'am':
		case 'clone':
			return word;
		default:
			return 'other';
	}
}

function commitAction(command: string): ReflogAction {
	if (command === 'commit (initial)') return 'initial';
	if (command === 'commit (amend)') return 'amend';
	if (command === 'commit (merge)') return 'merge-commit';
	if (command === 'commit (cherry-pick)') return 'cherry-pick';
	if (command === 'commit (rebase)') return 'rebase';
	return 'commit';
}

function rebaseAction(command: string, text: string): ReflogAction {
	return REBASE_STEP.test(command) && text !== 'fast-forward' ? 'rebase' : 'rebase-other';
}
