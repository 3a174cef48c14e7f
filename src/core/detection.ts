import { agentOf, agentOfBranch, agentOfCommitter, botOf } from './agents.ts';
import type { Commit, Person } from './commit.ts';
import { type Message, parseMessage } from './message.ts';
import type { Pattern } from './patterns.ts';
import type { Verdict } from './reason.ts';
import { readForeignSession, readSessionMark, type SessionMark } from './trailers.ts';

/** What the configuration has to say to detection. */
export interface DetectionRules {
	patterns: readonly Pattern[];
	/** The team's own agents, by name or address. */
	agents: readonly string[];
	/** `enable_small_pr_heuristic`: off unless a team asks for it. */
	smallHeuristic: boolean;
	/** `min_files_for_manual`: with the heuristic on, fewer files than this count as automatic. */
	minFilesForManual: number;
}

/** What a commit is, and what was read from its message on the way. */
export interface CommitReading {
	verdict: Verdict;
	message: Message;
	/** The known agent whose account made it. */
	agent?: string;
	mark?: SessionMark;
	/** Another tool's session: `entire-session: 7ad3…`. */
	foreign?: string;
}

/** The line that `git revert` writes (git-revert(1)). */
const REVERTED = /^This reverts commit ([0-9a-f]{40,64})/m;

/** GitHub's web commits, squash merges among them, are committed by this account. */
const WEB_COMMITTER = 'noreply@github.com';

/** The number that GitHub puts behind the title of a squash merge. */
const LANDED = / \(#\d+\)$/;

/** What is known of the place where a commit was made. */
export interface CommitContext {
	/** Its author has a session running that a person started. */
	startedByHand: boolean;
	/** Whether a session that is open has this commit. */
	isKnown(sha: string): boolean;
	/** Whether the session that a commit names may have it: a trailer that somebody else typed is refused. */
	accepts(mark: SessionMark, agent: string | undefined): boolean;
}

/** Whether a commit is automatic. The first rule that speaks decides; size alone never does. */
export function readCommit(commit: Commit, rules: DetectionRules, context: CommitContext): CommitReading {
	const message = parseMessage(commit.message);
	const agent = agentOf(commit.author, rules.agents) ?? agentOfCommitter(commit.committer, rules.agents);
	// Not the raw message: `commit -v` may leave a diff below the scissors, and that of a test names sessions.
	const text = `${message.title}\n${message.body}`;
	const named = readSessionMark(text);
	const mark = named && context.accepts(named, agent) ? named : undefined;
	const foreign = readForeignSession(text);
	const reading = {
		message,
		...(agent !== undefined && { agent }),
		...(mark && { mark }),
		...(foreign !== undefined && { foreign }),
	};
	return { ...reading, verdict: judge(commit, rules, reading, context) };
}

function judge(
	commit: Commit,
	rules: DetectionRules,
	{ message, agent, mark }: Omit<CommitReading, 'verdict'>,
	context: CommitContext,
): Verdict {
	if (commit.parents.length > 1) return no('merge', 'it is a merge');
	const bot = botOf(commit.author);
	if (bot && !agent) return no('bot', `its author, ${bot}, is a bot that makes no sessions`);
	if (mark) return marked(mark);
	const pattern = rules.patterns.find((candidate) => candidate.test(message.title));
	if (pattern) return yes('pattern', `the title matches ${pattern.source}`);
	if (agent && isLanding(commit, message.title)) {
		return no('landing', `it lands a pull request of ${agent}, whose work was on its branch`);
	}
	if (agent) return yes('agent', `it was made by ${agent}, a coding agent`);
	if (context.startedByHand) {
		return revertsSomethingElse(commit, context)
			? no('revert', 'it reverts a commit from outside the session')
			: yes('started-by-hand', 'its author has a session running that was started by hand');
	}
	return rules.smallHeuristic ? judgeSize(commit.files.length, rules) : no('person', 'nothing marks it as automatic');
}

/** A pull request as a forge tells it, as far as detection asks. */
export interface PullRequestFacts {
	title: string;
	body: string;
	author: Person;
	/** How many files it changes, where known. */
	fileCount?: number;
	/** The branch that it is from, where known. */
	branch?: string;
	/** Its commits, where known. */
	commits?: readonly { author: Person; message: string }[];
}

/** Whether a pull request is automatic, by the same rules. Its title counts; its body only for trailers. */
export function readPullRequest(
	facts: PullRequestFacts,
	rules: DetectionRules,
): { verdict: Verdict; mark?: SessionMark } {
	const mark = readSessionMark(facts.body);
	const agent = agentOf(facts.author, rules.agents) ?? agentBehind(facts, rules);
	const bot = botOf(facts.author);
	const found = mark ? { mark } : {};
	if (bot && !agent) {
		return { verdict: no('bot', `its author, ${bot}, is a bot that makes no sessions`), ...found };
	}
	if (mark) return { verdict: marked(mark), mark };
	const title = parseMessage(facts.title).title;
	const pattern = rules.patterns.find((candidate) => candidate.test(title));
	if (pattern) return { verdict: yes('pattern', `the title matches ${pattern.source}`) };
	if (agent) return { verdict: yes('agent', `it was made by ${agent}, a coding agent`) };
	if (rules.smallHeuristic && facts.fileCount !== undefined) return { verdict: judgeSize(facts.fileCount, rules) };
	return { verdict: no('person', 'nothing marks it as automatic') };
}

/**
 * A person opens the pull request of a cloud agent, or has it opened. The branch's name alone is no proof, since people name
 * branches too: the agent must have committed there.
 */
function agentBehind({ branch, commits }: PullRequestFacts, rules: DetectionRules): string | undefined {
	const agent = branch === undefined ? undefined : agentOfBranch(branch);
	return agent && commits?.some(({ author }) => agentOf(author, rules.agents) === agent) ? agent : undefined;
}

function marked(mark: SessionMark): Verdict {
	return mark.form === 'trailer'
		? yes('session-trailer', `it carries the trailer Session-Id: ${mark.id}`)
		: yes('older-marker', `it carries the older system's marker of session ${mark.id}`);
}

function judgeSize(files: number, rules: DetectionRules): Verdict {
	return files < rules.minFilesForManual
		? yes('small', `it changes ${files} files, fewer than min_files_for_manual (${rules.minFilesForManual})`)
		: no('person', 'nothing marks it as automatic');
}

/** A squash merge that GitHub's web made: the agent's commits were on the branch, this one lands them. */
function isLanding(commit: Commit, title: string): boolean {
	const web = commit.committer.email
		? commit.committer.email.toLowerCase() === WEB_COMMITTER
		: commit.committer.name !== commit.author.name;
	return web && LANDED.test(title);
}

/** A person who undoes an earlier commit does so for its own sake, also while a session runs. */
function revertsSomethingElse(commit: Commit, context: CommitContext): boolean {
	const reverted = REVERTED.exec(commit.message)?.[1];
	return reverted !== undefined && !context.isKnown(reverted);
}

function yes(rule: Verdict['rule'], because: string): Verdict {
	return { auto: true, rule, because };
}

function no(rule: Verdict['rule'], because: string): Verdict {
	return { auto: false, rule, because };
}
