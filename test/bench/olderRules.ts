import type { Commit } from '../../src/core/commit.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import type { Answer, Answers } from './accuracy.ts';

const MINUTE = 60_000;

/**
 * The older system's rules as its documents tell them, to measure ours against: automatic by title pattern or by fewer than five
 * files; a session is an author's commits within thirty minutes; any completion marker anywhere in the message ends it.
 */
export function answerByOlderRules(commits: readonly Commit[]): Answers {
	const { auto_pr_patterns, completion_markers, min_files_for_manual, timeout_minutes } = defaultConfiguration();
	const patterns = auto_pr_patterns.map((source) => new RegExp(source, 'i'));
	const open = new Map<string, { id: string; last: number }>();
	let sessions = 0;
	const answers = commits.map((commit): Answer => {
		const small = commit.files.length < min_files_for_manual;
		if (!small && !patterns.some((pattern) => pattern.test(commit.message))) return { auto: false };
		const author = commit.author.name;
		let session = open.get(author);
		if (!session || commit.committedAt - session.last > timeout_minutes * MINUTE) {
			session = { id: `older-${++sessions}`, last: commit.committedAt };
			open.set(author, session);
		}
		session.last = commit.committedAt;
		const text = commit.message.toLowerCase();
		const completes = completion_markers.some((marker) => text.includes(marker));
		if (completes) open.delete(author);
		return { auto: true, session: session.id, completes };
	});
	// It closed a session that had timed out only when its author came back.
	return { answers, sessions, open: open.size, peopleMinutes: undefined };
}
