import type { ChangeKind, Commit } from '../core/commit.ts';
import { foldChanges } from '../core/netChange.ts';
import type { ChangedFile } from '../core/scoring/changedFile.ts';
import { BUILT_IN_RUBRIC, type Rubric } from '../core/scoring/rubric.ts';
import { type Score, scoreSession } from '../core/scoring/score.ts';
import { UserError } from '../core/userError.ts';
import { type NetFile, readNetChange } from '../git/change.ts';
import { readCommits, readHistory } from '../git/history.ts';
import { resolveCommit } from '../git/revision.ts';
import { replayRepository } from './replayHistory.ts';
import { hereIn } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** The rubric's place below the top of the work tree. */
const RUBRIC_FILE = '.cursor/reward_rubric.yaml';

/** What is to be scored: a session by its id, or all commits of `base..head`. Neither: the session here. */
export interface ScoreTarget {
	session?: string;
	range?: { base: string; head: string };
}

/** A score, and what it is of. */
export interface SessionScore extends Score {
	/** The session's id; undefined for a range. */
	session?: string;
	/** How many commits it has. */
	commits: number;
	/** What in the rubric's file could not be used: a sentence each. */
	problems: string[];
}

/** A line of work: commits that follow one another, with nothing of the session before or after them. */
interface Chain {
	/** The parent of the first commit; undefined for a root. */
	base: string | undefined;
	head: string;
}

/**
 * Scores a session once, on its net change: each file once, however many commits and branches touched it.
 * @throws UserError when there is no such session or range, or nothing in it.
 */
export async function score(workspace: Workspace, target: ScoreTarget): Promise<SessionScore> {
	const { session, commits } = await commitsOf(workspace, target);
	const last = commits.at(-1);
	if (!last) throw new UserError(`There is no commit in ${describe(target, session)}, so there is nothing to score.`);
	const [files, { rubric, problems }] = await Promise.all([
		target.range ? wholeRange(workspace, target.range) : netFiles(workspace, commits),
		readRubric(workspace),
	]);
	const messages = commits.map(({ message }) => message);
	const scored = scoreSession({ files, messages, endedAt: last.committedAt }, rubric);
	return { ...scored, ...(session !== undefined && { session }), commits: commits.length, problems };
}

async function commitsOf(
	workspace: Workspace,
	{ session: id, range }: ScoreTarget,
): Promise<{ session?: string; commits: Commit[] }> {
	const { location, store } = workspace;
	if (range) {
		const [base, head] = await Promise.all([range.base, range.head].map((name) => resolveCommit(location, name)));
		const commits: Commit[] = [];
		for await (const commit of readHistory(location, { revisions: [`${base}..${head}`] })) commits.push(commit);
		return { commits };
	}
	const open = (await store.read()).sessions;
	const running = id === undefined ? hereIn(open, workspace) : open.find((candidate) => candidate.id === id);
	if (running) {
		return {
			session: running.id,
			commits: await readCommits(
				location,
				running.commits.map(({ sha }) => sha),
			),
		};
	}
	if (id === undefined) {
		throw new UserError(`No session is running in ${location.workTree}: name one, or a range with --base and --head.`);
	}
	const completed = await store.findCompleted(id);
	const commits = completed ? await readCommits(location, completed.commits) : [];
	// Where the record is not at hand, as in CI, or its commits were rewritten since, the history itself tells.
	return { session: id, commits: commits.length > 0 ? commits : await commitsInHistory(workspace, id) };
}

async function commitsInHistory(workspace: Workspace, id: string): Promise<Commit[]> {
	const { rules } = await workspace.settle();
	const commits: Commit[] = [];
	await replayRepository(workspace.location, [], rules, {
		onDecision: (decision, commit) => {
			if (decision.session === id) commits.push(commit);
		},
		onSession: () => {},
	});
	return commits;
}

async function wholeRange({ location }: Workspace, range: { base: string; head: string }): Promise<ChangedFile[]> {
	const [base, head] = await Promise.all([range.base, range.head].map((name) => resolveCommit(location, name)));
	return (await readNetChange(location, base, head!)).files.map(asChangedFile);
}

/** What the session's own commits changed, and no one else's that lie between them. */
async function netFiles({ location }: Workspace, commits: readonly Commit[]): Promise<ChangedFile[]> {
	const net = new Map<string, ChangeKind>();
	for (const commit of commits) foldChanges(net, commit.files);
	const files = new Map<string, ChangedFile>();
	for (const { base, head } of chainsOf(commits)) {
		for (const file of (await readNetChange(location, base, head)).files) {
			const kind = net.get(file.path);
			if (kind === undefined) continue;
			const before = files.get(file.path);
			files.set(file.path, before ? joined(before, asChangedFile(file)) : { ...asChangedFile(file), kind });
		}
	}
	return [...files.values()];
}

/** One for each branch that the session worked on: most have one. */
export function chainsOf(commits: readonly Commit[]): Chain[] {
	const chains = new Map<string, Chain>();
	for (const { sha, parents } of commits) {
		const [parent] = parents;
		const before = parent === undefined ? undefined : chains.get(parent);
		if (before) chains.delete(parent!);
		chains.set(sha, { base: before ? before.base : parent, head: sha });
	}
	return [...chains.values()];
}

function asChangedFile({ kind, path: file, from, added, deleted, binary, addedText }: NetFile): ChangedFile {
	return { kind, path: file, ...(from !== undefined && { from }), added, deleted, binary, addedText };
}

function joined(a: ChangedFile, b: ChangedFile): ChangedFile {
	return {
		...a,
		added: a.added + b.added,
		deleted: a.deleted + b.deleted,
		addedText: `${a.addedText}\n${b.addedText}`,
	};
}

async function readRubric(workspace: Workspace): Promise<{ rubric: Rubric; problems: string[] }> {
	const text = await workspace.readTeamFile(RUBRIC_FILE);
	if (text === undefined) return { rubric: BUILT_IN_RUBRIC, problems: [] };
	const [{ parse }, { parseRubric }] = await Promise.all([import('yaml'), import('../core/scoring/rubricFile.ts')]);
	try {
		const { rubric, problems } = parseRubric(parse(text));
		return { rubric, problems: problems.map((problem) => `${RUBRIC_FILE}: ${problem}`) };
	} catch (error) {
		const [reason] = (error as Error).message.split('\n');
		return {
			rubric: BUILT_IN_RUBRIC,
			problems: [`${RUBRIC_FILE} is no YAML, so the built-in rubric is used: ${reason}`],
		};
	}
}

function describe({ range }: ScoreTarget, session: string | undefined): string {
	return range ? `${range.base}..${range.head}` : `session ${session}`;
}
