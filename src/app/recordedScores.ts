import type { KnownScore } from '../core/analytics/row.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import { UserError } from '../core/userError.ts';
import { scoreFileIn } from '../store/layout.ts';
import { appendScore, type RecordedScore, readScoreFile } from '../store/scoreFile.ts';
import type { SessionScore } from './score.ts';
import type { Workspace } from './workspace.ts';

/**
 * The scores of completed sessions that `docs/metrics/reward_scores.json` tells, by session id: by the session itself where we
 * wrote it, else the newest of its pull requests' (the older scorer knew pull requests alone). A file that cannot be read is said, and
 * tells none.
 * @param sessions Read from the store where they are not at hand.
 */
export async function readRecordedScores(
	workspace: Workspace,
	sessions?: readonly CompletedSession[],
): Promise<Map<string, KnownScore>> {
	const recorded = await readOrSay(workspace);
	if (recorded.length === 0) return new Map();
	const bySession = new Map<string, RecordedScore>();
	const byPullRequest = new Map<number, RecordedScore>();
	for (const score of recorded) {
		if (score.session !== undefined) keepNewer(bySession, score.session, score);
		else if (score.pullRequest !== undefined) keepNewer(byPullRequest, score.pullRequest, score);
	}
	const scores = new Map<string, KnownScore>();
	for (const { id, pullRequests } of sessions ?? (await workspace.store.completed())) {
		const score = bySession.get(id) ?? newest(pullRequests.map((number) => byPullRequest.get(number)));
		if (!score) continue;
		const { points, categories } = score;
		scores.set(id, { points, ...(Object.keys(categories).length > 0 && { categories }) });
	}
	return scores;
}

/**
 * Appends a session's score to that file, or brings it up to date there.
 * @returns the file's place, absolute.
 * @throws UserError where it cannot be read or written; then it stays as it is.
 */
export async function recordScore(workspace: Workspace, scored: SessionScore): Promise<string> {
	const { total, commits: _, problems: __, reasons: ___, files, ...rest } = scored;
	const { mainWorkTree } = workspace.location;
	await workspace.hideFiles();
	const score = { ...rest, points: total, files, filesChanged: files.length };
	await appendScore(mainWorkTree, score, workspace.host.now());
	return scoreFileIn(mainWorkTree);
}

async function readOrSay({ location, host }: Workspace): Promise<RecordedScore[]> {
	try {
		return await readScoreFile(location.mainWorkTree);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		host.log.warn(error.message);
		return [];
	}
}

function newest(scores: readonly (RecordedScore | undefined)[]): RecordedScore | undefined {
	return scores.reduce((best, score) => (score && (!best || score.at >= best.at) ? score : best), undefined);
}

/** Of two that tell the same time, or none, the later in the file. */
function keepNewer<K>(scores: Map<K, RecordedScore>, key: K, score: RecordedScore): void {
	const before = scores.get(key);
	if (!before || score.at >= before.at) scores.set(key, score);
}
