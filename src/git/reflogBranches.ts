import type { ReflogEntry } from './reflogLine.ts';

/** The words of a switch of branches, as git's `builtin/checkout.c` writes them. */
const SWITCHED = /^checkout: moving from (\S+) to \S+$/;

/**
 * The branch that each entry was made on; undefined where HEAD was detached. Before each switch it is the one that was
 * left. `since`: the entries that came after these, up to when HEAD was on `current` or later.
 */
export function branchesOf(
	entries: readonly Pick<ReflogEntry, 'message'>[],
	since: readonly Pick<ReflogEntry, 'message'>[],
	current: string | undefined,
): (string | undefined)[] {
	const branches: (string | undefined)[] = [];
	let branch = current;
	for (const { message } of [...entries, ...since].toReversed()) {
		branches.push(branch);
		const left = SWITCHED.exec(message)?.[1];
		// A commit's name in place of a branch: HEAD was detached.
		if (left !== undefined) branch = /^[0-9a-f]{40,64}$/.test(left) ? undefined : left;
	}
	return branches.reverse().slice(0, entries.length);
}
