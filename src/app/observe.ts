import type { Commit, Person } from '../core/commit.ts';
import type { Decision } from '../core/tracker.ts';
import { hasAgentNotes, takeAgentNotes } from '../git/agentNotes.ts';
import { readBranch } from '../git/branch.ts';
import { readCommits } from '../git/history.ts';
import { readIdentity } from '../git/identity.ts';
import type { Location } from '../git/location.ts';
import { isMade, type ReflogEntry, readReflog } from '../git/reflog.ts';
import { branchesOf } from '../git/reflogBranches.ts';
import type { ReflogCursor } from '../store/state.ts';
import { eventOf, isBefore } from './agentActivity.ts';
import { measured } from './measure.ts';
import { isSame } from './news.ts';
import { type Change, placeOf, type Transaction, transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** How often a reading that another window overtook is begun again. */
const ROUNDS = 5;

/** New lines of a reflog, with the commits that they tell of. */
interface Reading {
	from: ReflogCursor | undefined;
	to: ReflogCursor | undefined;
	entries: ReflogEntry[];
	commits: Map<string, Commit>;
	/** The branch that each entry was made on. */
	branches: (string | undefined)[];
	/** Whose the notes of agents are; undefined when there are none. */
	author: Person | undefined;
}

/**
 * Takes in what happened in this working copy since it was last looked at: the commits that any tool made, which are in git's HEAD reflog, and the
 * notes that agents' hooks left. Reads a file and a folder, and starts one git process when there are new commits, however many. Returns
 * what became of each commit.
 */
export function observe(workspace: Workspace): Promise<Change<Decision[]>> {
	const tookIn = ({ result, effects }: Change<Decision[]>) => result.length + effects.length > 0;
	return measured(workspace, 'observe', () => catchUp(workspace), tookIn);
}

async function catchUp(workspace: Workspace): Promise<Change<Decision[]>> {
	for (let round = 1; ; round++) {
		const reading = await read(workspace);
		if (isSame(reading.from, reading.to) && !reading.author) return { result: [], effects: [] };
		const change = await transact(workspace, (transaction) => takeIn(workspace, reading, transaction));
		const { result } = change;
		if (result !== undefined) return { ...change, result };
		if (round === ROUNDS) throw new Error('Other windows keep overtaking this one; the next commit tries again.');
	}
}

async function read(workspace: Workspace): Promise<Reading> {
	const { location, store, host } = workspace;
	const from = (await store.read()).workingCopies.get(location.workTree)?.reflog;
	const { entries, cursor: to, lost } = readReflog(location, from);
	if (lost)
		host.log.warn('git dropped the part of its reflog that was read last; commits in between may be missing here.');
	const made = entries.filter(isMade).map((entry) => entry.new);
	const commits = made.length === 0 ? [] : await readCommits(location, made);
	const author = hasAgentNotes(location) ? await readIdentity(location) : undefined;
	const branches = made.length === 0 ? [] : await branchesAt(location, entries, to);
	return { from, to, entries, commits: new Map(commits.map((commit) => [commit.sha, commit])), branches, author };
}

/** The branch that each entry was made on. An agent may switch on while its last commit is read, so what came since is asked too. */
async function branchesAt(
	location: Location,
	entries: readonly ReflogEntry[],
	cursor: ReflogCursor | undefined,
): Promise<(string | undefined)[]> {
	const { name } = await readBranch(location);
	const since = readReflog(location, cursor);
	return branchesOf(entries, since.entries, name);
}

/** Undefined when another window took in the same lines first. */
async function takeIn(
	workspace: Workspace,
	reading: Reading,
	{ state, reduce }: Transaction,
): Promise<Decision[] | undefined> {
	const { location, host } = workspace;
	const known = state.workingCopies.get(location.workTree) ?? {};
	if (!isSame(known.reflog, reading.from)) return undefined;
	if (reading.to) state.workingCopies.set(location.workTree, { ...known, reflog: reading.to });
	const { author } = reading;
	const notes = author ? await takeAgentNotes(location) : [];
	const place = placeOf(workspace, undefined);
	const takeNotes = (entry?: ReflogEntry) => {
		while (author && notes[0] && isBefore(notes[0], entry)) reduce(eventOf(notes.shift()!, author, place, host.now()));
	};
	const decisions: Decision[] = [];
	for (const [index, entry] of reading.entries.entries()) {
		takeNotes(entry);
		if (entry.action === 'amend') reduce({ type: 'rewrite', from: entry.old, to: entry.new });
		const commit = isMade(entry) ? reading.commits.get(entry.new) : undefined;
		// A commit that is gone again (amended twice within a moment and collected) has nothing left to track.
		if (!commit) continue;
		const { decision } = reduce({
			type: 'commit',
			commit,
			at: entry.at,
			place: placeOf(workspace, reading.branches[index]),
			remade: entry.action === 'rebase' || entry.action === 'cherry-pick',
		});
		if (decision) decisions.push(decision);
	}
	takeNotes();
	return decisions;
}

/** A save, or "keep going": keeps the session here going. */
export async function noteActivity(workspace: Workspace, author: Person): Promise<Change<void>> {
	return transact(workspace, ({ reduce }) => {
		const at = workspace.host.now();
		const place = placeOf(workspace, undefined);
		reduce({ type: 'activity', author, at, place });
	});
}
