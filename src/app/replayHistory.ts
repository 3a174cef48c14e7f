import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Commit } from '../core/commit.ts';
import { parseHistoryLine } from '../core/historyFile.ts';
import { Replay } from '../core/replay.ts';
import type { Rules } from '../core/rules.ts';
import type { Session } from '../core/session.ts';
import type { Decision } from '../core/tracker.ts';
import { longestChain } from '../core/trunk.ts';
import { UserError } from '../core/userError.ts';
import { readHistory, readTrunk } from '../git/history.ts';
import type { Location } from '../git/location.ts';

/** Whoever listens to a replay, commit by commit: nothing is kept for them. */
export interface ReplayListener {
	onDecision(decision: Decision, commit: Commit): void;
	onSession(session: Session): void;
}

/** Runs the rules over a repository's history, oldest commit first. `revisions` as git takes them; default HEAD. */
export async function replayRepository(
	location: Location,
	revisions: readonly string[],
	rules: Rules,
	listener: ReplayListener,
): Promise<void> {
	const replay = new Replay(rules, (session) => listener.onSession(session));
	// Both lists name parents before children, so the trunk can be followed step by step beside the history.
	const trunk = readTrunk(location, revisions[0] ?? 'HEAD');
	let names = (await trunk.next()).value ?? [];
	let at = 0;
	for await (const commits of readHistory(location, { revisions })) {
		for (const commit of commits) {
			while (at === names.length) {
				const next = await trunk.next();
				if (next.done) break;
				names = next.value;
				at = 0;
			}
			const onTrunk = names[at] === commit.sha;
			if (onTrunk) at++;
			listener.onDecision(replay.push(commit, onTrunk), commit);
		}
	}
	await trunk.return();
	replay.finish();
}

/** Runs the rules over a history file: a JSON object a line, oldest commit first. */
export async function replayFile(file: string, rules: Rules, listener: ReplayListener): Promise<void> {
	const commits = await readHistoryFile(file);
	const trunk = longestChain(commits);
	const replay = new Replay(rules, (session) => listener.onSession(session));
	for (const commit of commits) listener.onDecision(replay.push(commit, trunk.has(commit.sha)), commit);
	replay.finish();
}

async function readHistoryFile(file: string): Promise<Commit[]> {
	const commits: Commit[] = [];
	let line = 0;
	try {
		for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
			line++;
			if (text.trim() !== '') commits.push(parseHistoryLine(text, line));
		}
	} catch (error) {
		if (error instanceof UserError) throw new UserError(`${file}: ${error.message}`);
		throw new UserError(`The history ${file} cannot be read: ${(error as Error).message}.`);
	}
	return commits;
}
