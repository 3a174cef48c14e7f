import type { AnalyticsRow } from '../core/analytics/row.ts';
import { detailsOf, type SessionDetails } from '../core/analytics/sessionDetails.ts';
import { UserError } from '../core/userError.ts';
import { readCommits } from '../git/history.ts';
import { type Subject, scoreSubject } from './score.ts';
import type { Workspace } from './workspace.ts';

/** As much as a report may weigh more for the pages of its sessions, characters. */
const ROOM = 1_000_000;
/** As many sessions as a report has pages of: each costs git a moment. */
const MOST = 50;

/** The details of the newest sessions, by id: as many as a page may weigh. `rows`: oldest first. */
export async function newestDetails(
	workspace: Workspace,
	rows: readonly AnalyticsRow[],
): Promise<Record<string, SessionDetails>> {
	const found: [string, SessionDetails][] = [];
	let room = ROOM;
	for (const { id } of rows.slice(-MOST).reverse()) {
		const details = await readSessionDetails(workspace, id);
		room -= JSON.stringify(details).length;
		if (room < 0) break;
		found.push([id, details]);
	}
	return Object.fromEntries(found);
}

/**
 * What the page of a completed session shows: its commits, and its score as it is computed now, with one git process each. Where this
 * clone has none of the commits, there are neither.
 * @throws UserError when no such session is recorded.
 */
export async function readSessionDetails(workspace: Workspace, id: string): Promise<SessionDetails> {
	const session = await workspace.store.findCompleted(id);
	if (!session) throw new UserError(`No completed session ${id} is recorded here.`);
	const commits = await readCommits(workspace.location, session.commits);
	const details = detailsOf(commits, session.commits.length - commits.length);
	const { author, pullRequests } = session;
	return commits.length === 0 ? details : scored(workspace, { session: id, author, pullRequests, commits }, details);
}

async function scored(workspace: Workspace, subject: Subject, details: SessionDetails): Promise<SessionDetails> {
	try {
		const { total, decision, breakdown, reasons, files, blocker, problems } = await scoreSubject(workspace, subject);
		const points = new Map(files.map((file) => [file.path, file.score]));
		return {
			...details,
			files: details.files.map((file) => {
				const its = points.get(file.path);
				return its === undefined ? file : { ...file, score: its };
			}),
			score: { total, decision, breakdown, reasons, ...(blocker !== undefined && { blocker }) },
			problems,
		};
	} catch (error) {
		// The commits are worth showing without.
		if (!(error instanceof UserError)) throw error;
		return { ...details, problems: [error.message] };
	}
}
