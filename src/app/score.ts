import type { ChangeKind, Commit } from '../core/commit.ts';
import { foldChanges } from '../core/netChange.ts';
import type { ChangedFile } from '../core/scoring/changedFile.ts';
import { round } from '../core/scoring/round.ts';
import { BUILT_IN_RUBRIC, type Rubric } from '../core/scoring/rubric.ts';
import { type Score, type ScoreInput, scoreSession } from '../core/scoring/score.ts';
import type { ParsedAnswer } from '../core/scoring/scorerAnswer.ts';
import type { Scored } from '../core/scoring/scorerQuestion.ts';
import { UserError } from '../core/userError.ts';
import { type NetFile, readNetChange, readNetChanges } from '../git/change.ts';
import { readCommits, readHistory } from '../git/history.ts';
import type { Location } from '../git/location.ts';
import { resolveCommit } from '../git/revision.ts';
import { hereIn } from './here.ts';
import type { OwnScorer } from './ownScorer.ts';
import { replayRepository } from './replayHistory.ts';
import { type Reports, readReports } from './scoreReports.ts';
import type { Workspace } from './workspace.ts';

/** The rubric's place below the top of the work tree. */
const RUBRIC_FILE = '.cursor/reward_rubric.yaml';

/** What is to be scored: a session by its id, or all commits of `base..head`, which may be a session's. Neither: the session here. */
export interface ScoreTarget {
	session?: string;
	range?: { base: string; head: string };
	/** Numbers, oldest first, where the forge has told them. */
	pullRequests?: readonly number[];
	/** Where the commits of a session are looked for that is on no record here, as git takes them. Default: HEAD. */
	heads?: readonly string[];
}

/** What there is beside the commits. */
export interface ScoreGiven {
	reports?: Reports;
	ciFailed?: boolean;
	/** Scores in the built-in rubric's place. */
	scorer?: OwnScorer & {
		/** The folder that it runs in, absolute. */
		cwd: string;
	};
}

/** A score, and what it is of. */
export interface SessionScore extends Score {
	/** The session's id; undefined for a range. */
	session?: string;
	/** As git has it. */
	author?: string;
	/** Numbers, oldest first, as far as they are known. */
	pullRequests: readonly number[];
	/** How many commits it has. */
	commits: number;
	/** How far coverage rose, in percentage points, where reports from before and after tell. */
	coverageDelta?: number;
	/** What in the rubric's file or the scorer's answer could not be used: a sentence each. */
	problems: string[];
}

/** The commits that are asked for are not there. */
export class NothingToScore extends UserError {
	override name = 'NothingToScore';
}

/** What a score is of, as it is found. */
export interface Subject {
	session?: string;
	author?: string;
	pullRequests: readonly number[];
	commits: Commit[];
}

/** A line of work: commits that follow one another, with nothing of the session before or after them. */
interface Chain {
	/** The parent of the first commit; undefined for a root. */
	base: string | undefined;
	head: string;
}

/**
 * Scores a session once, on its net change: each file once, however many commits and branches touched it.
 * @throws UserError when there is no such session or range, or nothing in it; when a report cannot be used, or the scorer fails.
 */
export async function score(workspace: Workspace, target: ScoreTarget, given: ScoreGiven = {}): Promise<SessionScore> {
	const subject = await subjectOf(workspace, target);
	if (subject.commits.length === 0) {
		throw new NothingToScore(
			`There is no commit in ${describe(target, subject.session)}, so there is nothing to score.`,
		);
	}
	return scoreSubject(workspace, subject, given, target.range);
}

/**
 * The same for commits that were read already: one at least.
 * @param range Where all of its change counts, and not only that of the commits.
 * @throws UserError when a report cannot be used, or the scorer fails.
 */
export async function scoreSubject(
	workspace: Workspace,
	{ commits, ...found }: Subject,
	given: ScoreGiven = {},
	range?: ScoreTarget['range'],
): Promise<SessionScore> {
	const last = commits.at(-1)!;
	const subject = { author: last.author.name, ...found, commits };
	const [files, { rubric, problems }, measured] = await Promise.all([
		range ? wholeRange(workspace, range) : netFiles(workspace, commits),
		readRubric(workspace),
		given.reports ? readReports(given.reports) : {},
	]);
	const messages = commits.map(({ message }) => message);
	const ciFailed = given.ciFailed === undefined ? {} : { ciFailed: given.ciFailed };
	const input: ScoreInput = { files, messages, endedAt: last.committedAt, ...measured, ...ciFailed };
	const builtIn = scoreSession(input, rubric);
	const own = given.scorer && (await askScorer(workspace, given.scorer, { ...subject, input }, builtIn, rubric));
	const { coverage, coverageBefore } = input;
	return {
		...(own?.score ?? builtIn),
		...subject,
		commits: commits.length,
		...(coverage && coverageBefore && { coverageDelta: round(coverage.percentage - coverageBefore.percentage, 2) }),
		problems: [...problems, ...(own?.problems ?? [])],
	};
}

async function askScorer(
	{ host }: Workspace,
	scorer: NonNullable<ScoreGiven['scorer']>,
	scored: Scored,
	builtIn: Score,
	rubric: Rubric,
): Promise<ParsedAnswer> {
	const [{ runScorer }, { scorerQuestion, scorerVariables }, { parseScorerAnswer }] = await Promise.all([
		import('./ownScorer.ts'),
		import('../core/scoring/scorerQuestion.ts'),
		import('../core/scoring/scorerAnswer.ts'),
	]);
	const question = scorerQuestion(scored, builtIn);
	const given = { question, variables: scorerVariables(scored), cwd: scorer.cwd };
	const answer = await runScorer(scorer, given, (line) => host.log.info(`The scorer says: ${line}`));
	const paths = scored.input.files.map(({ path }) => path);
	return parseScorerAnswer(answer, paths, rubric);
}

async function subjectOf(
	workspace: Workspace,
	{ session: id, range, pullRequests, heads }: ScoreTarget,
): Promise<Subject> {
	const { location, store } = workspace;
	if (range) {
		const [base, head] = await Promise.all([range.base, range.head].map((name) => resolveCommit(location, name)));
		const commits: Commit[] = [];
		for await (const more of readHistory(location, { revisions: [`${base}..${head}`] })) commits.push(...more);
		return { ...(id !== undefined && { session: id }), commits, pullRequests: pullRequests ?? [] };
	}
	const open = (await store.read()).sessions;
	const running =
		id === undefined ? hereIn(open, workspace.location.workTree) : open.find((candidate) => candidate.id === id);
	if (running) {
		const shas = running.commits.map(({ sha }) => sha);
		const { author } = running;
		return {
			session: running.id,
			author,
			pullRequests: pullRequests ?? running.pullRequests,
			commits: await readCommits(location, shas),
		};
	}
	if (id === undefined) {
		throw new UserError(`No session is running in ${location.workTree}: name one, or a range with --base and --head.`);
	}
	const completed = await store.findCompleted(id);
	const commits = completed ? await readCommits(location, completed.commits) : [];
	return {
		session: id,
		...(completed && { author: completed.author }),
		pullRequests: pullRequests ?? completed?.pullRequests ?? [],
		// Where the record is not at hand, as in CI, or its commits were rewritten since, the history itself tells.
		commits: commits.length > 0 ? commits : await commitsInHistory(workspace, id, heads),
	};
}

async function commitsInHistory(workspace: Workspace, id: string, heads: readonly string[] = []): Promise<Commit[]> {
	const { rules } = await workspace.settle();
	const commits: Commit[] = [];
	await replayRepository(workspace.location, heads, rules, {
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
	for (const file of await changesOf(location, chainsOf(commits))) {
		const kind = net.get(file.path);
		if (kind === undefined) continue;
		const before = files.get(file.path);
		files.set(file.path, before ? joined(before, asChangedFile(file)) : { ...asChangedFile(file), kind });
	}
	return [...files.values()];
}

/** With one git process for all that begin somewhere, and one for each that begins with the repository: there is hardly ever one. */
async function changesOf(location: Location, chains: readonly Chain[]): Promise<NetFile[]> {
	const pairs = chains.flatMap(({ base, head }) => (base === undefined ? [] : [{ base, head }]));
	const roots = chains.filter(({ base }) => base === undefined);
	const diffs = await Promise.all([
		...roots.map(({ head }) => readNetChange(location, undefined, head)),
		...(pairs.length > 0 ? [readNetChanges(location, pairs)] : []),
	]);
	return diffs.flatMap(({ files }) => files);
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
