import { type Draft, draftPullRequest, updateSummary } from '../core/pullRequestDraft.ts';
import type { Session } from '../core/session.ts';
import { sessionBranch } from '../core/sessionBranch.ts';
import { readSessionMark, writeSessionTrailers } from '../core/trailers.ts';
import { UserError } from '../core/userError.ts';
import { type Branch, readBranch, readRemote, readTip } from '../git/branch.ts';
import { readCommits } from '../git/history.ts';
import { push } from '../git/push.ts';
import type { PullRequest } from '../github/types.ts';
import { connect } from './forge.ts';
import { hereIn } from './here.ts';
import { observe } from './observe.ts';
import { readTemplate } from './pullRequestTemplate.ts';
import { transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** What is going to happen, for the user to say yes to. Nothing was sent or changed yet. */
export interface PullRequestPlan extends Draft {
	session: string;
	remote: string;
	/** The branch on the remote that the pull request is from. */
	branch: string;
	/** The branch that it goes into. */
	base: string;
	/** Full name of the commit that is pushed. */
	head: string;
	/** How many commits of the session it has. */
	commits: number;
	/** Its net change by path. */
	files: Session['files'];
	/** The open pull request from that branch: it is brought up to date instead of another being made. */
	existing?: PullRequest;
}

/**
 * Drafts the pull request of the session here, or of another open one of the repository by its id, which may be of another work tree
 * or author: from its branch, or with `rolling_pull_request` from a branch of the session's own.
 * @throws UserError where there is no session, no commit, or nowhere to send it.
 */
export async function planPullRequest(workspace: Workspace, id?: string): Promise<PullRequestPlan> {
	await observe(workspace);
	const { sessions } = await workspace.store.read();
	const here = hereIn(sessions, workspace.location.workTree);
	const session = chosen(workspace, sessions, id ?? here?.id);
	const [{ github }, remote, current, { configuration, rules }, template] = await Promise.all([
		connect(workspace),
		readRemote(workspace.location),
		session === here ? readBranch(workspace.location) : readLastBranch(workspace, session),
		workspace.settle(),
		readTemplate(workspace),
	]);
	if (!current.head) throw new UserError(`${workspace.location.workTree} has no commit yet.`);
	const base = remote?.trunk ?? 'main';
	const own = configuration.rolling_pull_request || current.name === undefined || current.name === base;
	const branch = own ? sessionBranch(session.id) : current.name!;
	const existing = (await github.pullRequestsOf(branch)).find(({ state }) => state === 'open');
	if (existing) refuseAnothers(existing, session, sessions);
	const commits = await readCommits(
		workspace.location,
		session.commits.map(({ sha }) => sha),
	);
	const { files, title } = session;
	const draft = draftPullRequest({
		...(title !== undefined && { title }),
		...(current.name !== undefined && current.name !== base && { branch: current.name }),
		messages: commits.map(({ message }) => message),
		files,
		template,
		rules,
	});
	return {
		...draft,
		session: session.id,
		remote: remote!.name,
		branch,
		base: existing?.baseRef ?? base,
		head: current.head,
		commits: commits.length,
		files,
		...(existing && { existing }),
	};
}

function chosen({ location }: Workspace, open: readonly Session[], id: string | undefined): Session {
	if (id === undefined) throw new UserError(`No session is running in ${location.workTree}: start one first.`);
	const session = open.find((candidate) => candidate.id === id);
	if (!session) throw new UserError(`No open session is called ${id}, so there is none to make a pull request of.`);
	if (session.commits.length === 0) throw new UserError(`Session ${id} has no commit yet: commit something first.`);
	return session;
}

/** Where a session that is not the one here stands: its last branch, or its last commit where it was made on no branch. */
async function readLastBranch({ location }: Workspace, { id, branches, commits }: Session): Promise<Branch> {
	const name = [...branches.keys()].at(-1);
	if (name === undefined) return { head: commits.at(-1)!.sha };
	const head = await readTip(location, name);
	if (head !== undefined) return { name, head };
	throw new UserError(
		`Branch ${name}, on which session ${id} was made, is gone from this repository, so there is nothing to push.`,
	);
}

/** Two sessions may run on one branch, and its pull request speaks for one of them. */
function refuseAnothers({ number, body }: PullRequest, { id }: Session, open: readonly Session[]): void {
	const named = readSessionMark(body)?.id;
	if (named === undefined || named === id || !open.some((session) => session.id === named)) return;
	throw new UserError(
		`Pull request #${number} from the same branch is of session ${named}, which runs: end that one first.`,
	);
}

/**
 * Carries a plan out: pushes, never by force, and makes the pull request or brings its summary up to date, its trailers in place.
 * @param signal Ends the push, or keeps the pull request from being made.
 * @returns undefined when the signal came after the push: the branch is there, and nothing else was done.
 * @throws the signal's reason when it ended the push.
 */
export async function openPullRequest(
	workspace: Workspace,
	plan: PullRequestPlan,
	{ draft = false, signal }: { draft?: boolean; signal?: AbortSignal } = {},
): Promise<PullRequest | undefined> {
	const { branch, base, head, remote, title, session, files } = plan;
	await push(workspace.location, { remote, head, branch, ...(signal && { signal }) });
	if (signal?.aborted) return undefined;
	const { github } = await connect(workspace);
	if (plan.existing) {
		const { number } = plan.existing;
		await github.updateBody(number, (body) => writeSessionTrailers(updateSummary(body, files), session));
	}
	const pullRequest = plan.existing
		? await github.pullRequest(plan.existing.number)
		: await github.createPullRequest({
				title,
				body: writeSessionTrailers(plan.body, session),
				head: branch,
				base,
				draft,
			});
	await transact(workspace, ({ tracker }) => {
		const open = tracker.byId(session);
		if (open) remember(open, branch, pullRequest.number);
	});
	return pullRequest;
}

function remember(session: Session, branch: string, number: number): void {
	session.branches.set(branch, number);
	session.pullRequests = [...new Set([...session.pullRequests, number])].sort((a, b) => a - b);
}
