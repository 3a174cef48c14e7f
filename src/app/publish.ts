import type { Session } from '../core/session.ts';
import { sessionBranch } from '../core/sessionBranch.ts';
import { writeSessionTrailers } from '../core/trailers.ts';
import { GitHubError } from '../github/errors.ts';
import type { GitHub, PullRequest } from '../github/types.ts';
import type { QueuedPublish } from '../store/state.ts';
import { notePullRequests } from '../store/stateFile.ts';
import { connect } from './forge.ts';
import { measured } from './measure.ts';
import { enqueue, waitingIn } from './publishQueue.ts';
import { transact } from './transact.ts';
import type { Workspace } from './workspace.ts';

/** What became of one session's trailers. */
export interface Published {
	/** The session's id. */
	session: string;
	/** The pull requests that carry the trailers now, oldest first. */
	pullRequests: number[];
	/** Why some of it waits in the queue, as a sentence; undefined when all is there. */
	waits?: string;
	/** It waits for a sign-in, without which every other attempt finds the same. */
	needsSignIn?: true;
}

/** What was found and written for one session. */
interface Attempt extends Published {
	/** The pull request of each branch that has one. */
	found: Map<string, number>;
}

/**
 * Puts trailers into pull requests: those of the session that runs here, and all that are queued. What cannot go now (no
 * network, no sign-in, no pull request yet) stays in the queue.
 * @throws NoForge when something is to be published and the repository has no remote on a forge.
 */
export function publish(workspace: Workspace): Promise<Published[]> {
	return measured(
		workspace,
		'publish',
		() => publishAll(workspace),
		(published) => published.length > 0,
	);
}

async function publishAll(workspace: Workspace): Promise<Published[]> {
	// What was printed is a person's to write. It is written here all the same where that works out, but nothing waits for it.
	if (!(await hasAny(workspace))) return [];
	// First, so that where there is no forge nothing is written.
	const { github } = await connect(workspace);
	const queue = await queueOf(workspace);
	const published: Published[] = [];
	for (const entry of queue) {
		const { found, ...outcome } = await attempt(github, entry);
		await record(workspace, entry, { found, ...outcome });
		if (!entry.printed || outcome.waits === undefined) published.push(outcome);
	}
	return published;
}

/** What is to be published: of the session that runs here, and all that waits. */
export async function queueOf(workspace: Workspace): Promise<QueuedPublish[]> {
	const { result } = await transact(workspace, ({ state, tracker }) => {
		for (const session of tracker.open()) {
			if (isPublished(session, workspace)) enqueue(state, session, workspace.host.now());
		}
		return state.publishQueue.map((entry) => ({ ...entry, branches: [...entry.branches] }));
	});
	return result;
}

/** Whether there is something to publish. */
async function hasAny(workspace: Workspace): Promise<boolean> {
	const state = await workspace.store.read();
	return waitingIn(state).length > 0 || state.sessions.some((session) => isPublished(session, workspace));
}

/** A running session is published too where it is the one that runs here. */
function isPublished({ workingCopy, commits }: Session, { location }: Workspace): boolean {
	return workingCopy === location.workTree && commits.length > 0;
}

async function attempt(github: GitHub, entry: QueuedPublish): Promise<Attempt> {
	const outcome: Attempt = { session: entry.session, pullRequests: [], found: new Map() };
	try {
		const pullRequests = await pullRequestsOf(github, entry, outcome.found);
		for (const { number } of pullRequests) {
			// The last one speaks for the session: one end, so that CI scores once.
			const ending = number === pullRequests.at(-1)?.number ? entry.ending : undefined;
			await github.updateBody(number, (body) => writeSessionTrailers(body, entry.session, ending));
			outcome.pullRequests.push(number);
		}
		// A rolling pull request has the work of all of them.
		const rolling = outcome.found.has(sessionBranch(entry.session));
		const missing = rolling ? [] : entry.branches.filter((branch) => !outcome.found.has(branch));
		if (pullRequests.length === 0 || missing.length > 0) outcome.waits = waitFor(missing);
	} catch (error) {
		// A refusal is the user's to mend, and the trailers wait meanwhile; a fault of our own is not to be hidden.
		if (!(error instanceof GitHubError)) throw error;
		outcome.waits = error.message;
		if (error.kind === 'unauthorized') outcome.needsSignIn = true;
	}
	return outcome;
}

/** The session's pull requests, oldest first: of each of its branches, those that are open or came after it began. */
async function pullRequestsOf(
	github: GitHub,
	entry: QueuedPublish,
	found: Map<string, number>,
): Promise<PullRequest[]> {
	const all = new Map<number, PullRequest>();
	for (const branch of entry.branches) {
		for (const pullRequest of await github.pullRequestsOf(branch)) {
			if (pullRequest.state === 'closed' && pullRequest.createdAt < entry.startedAt) continue;
			all.set(pullRequest.number, pullRequest);
			found.set(branch, Math.max(pullRequest.number, found.get(branch) ?? 0));
		}
	}
	return [...all.values()].sort((a, b) => a.number - b.number);
}

function waitFor(missing: string[]): string {
	return missing.length === 0
		? 'It was made on no branch, so there is no pull request to find.'
		: `No pull request yet for ${missing.join(', ')}.`;
}

async function record(workspace: Workspace, entry: QueuedPublish, outcome: Attempt): Promise<void> {
	if (outcome.pullRequests.length > 0) await rememberInArchive(workspace, outcome);
	await transact(workspace, ({ state, tracker }) => {
		const session = tracker.byId(entry.session);
		if (session) remember(session, outcome);
		else notePullRequests(state, entry.session, outcome.pullRequests);
		const queued = state.publishQueue.find((waiting) => waiting.session === entry.session);
		if (!queued) return;
		const overtaken = queued.ending !== undefined && entry.ending === undefined;
		if (outcome.waits === undefined && !overtaken) {
			state.publishQueue = state.publishQueue.filter((waiting) => waiting !== queued);
			return;
		}
		queued.attempts++;
		if (outcome.waits !== undefined) queued.error = outcome.waits;
	});
}

/** A pull request that was opened after the session completed belongs into its record too. */
async function rememberInArchive({ store }: Workspace, { session: id, pullRequests }: Attempt): Promise<void> {
	const session = await store.findCompleted(id);
	if (!session || pullRequests.every((number) => session.pullRequests.includes(number))) return;
	await store.archive([{ ...session, pullRequests: joined(session.pullRequests, pullRequests) }]);
}

function joined(a: readonly number[], b: readonly number[]): number[] {
	return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function remember(session: Session, { found, pullRequests }: Attempt): void {
	for (const [branch, number] of found) if (session.branches.has(branch)) session.branches.set(branch, number);
	session.pullRequests = joined(session.pullRequests, pullRequests);
}
