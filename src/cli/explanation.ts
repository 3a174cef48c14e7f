import type { ReplayListener } from '../app/replayHistory.ts';
import type { Commit } from '../core/commit.ts';
import { parseMessage } from '../core/message.ts';
import type { Session } from '../core/session.ts';
import type { Decision } from '../core/tracker.ts';
import { UserError } from '../core/userError.ts';
import { rowOf, type SessionRow } from './replaySummary.ts';
import { count, duration, localTime, shortened } from './words.ts';

const MINUTE = 60_000;

/** A commit and its title. */
interface Titled {
	sha: string;
	title: string;
}

/** What a replay says of one commit. */
export interface Explained {
	commit: Titled & Decision;
	/** Its session; undefined when it is in none, or came when that was over. */
	session?: SessionRow;
	/** All of the session, in order. */
	commits: Titled[];
}

/** Whether a text may be a commit's name, or how it begins. */
export function isCommitName(text: string): boolean {
	return /^[0-9a-f]{4,64}$/i.test(text);
}

/** Listens to a replay for one commit, and for the session that it belongs to. */
export class Explanation implements ReplayListener {
	readonly #prefix: string;
	/** Titles of the commits of sessions that are still open, by session. */
	readonly #titles = new Map<string, Map<string, string>>();
	/** Sessions that ended since the last decision: one of them perhaps by the next. */
	#ended: Session[] = [];
	#found: Explained | undefined;

	/**
	 * @param commit A commit's name, or how it begins.
	 * @throws UserError when it is no such name.
	 */
	constructor(commit: string) {
		if (!isCommitName(commit)) {
			throw new UserError(`--explain takes a commit's name, 4 to 64 hex digits, not "${commit}".`);
		}
		this.#prefix = commit.toLowerCase();
	}

	onDecision(decision: Decision, { sha, message }: Commit): void {
		const { session, trigger } = decision;
		// A replay tells of a session's end before it tells of the commit that completed it.
		const completed = this.#ended.find(({ id }) => trigger !== undefined && id === session);
		for (const ended of this.#ended) if (ended !== completed) this.#letGo(ended);
		this.#ended = [];
		this.#note(decision, sha, parseMessage(message).title);
		if (completed) this.#letGo(completed);
	}

	onSession(session: Session): void {
		this.#ended.push(session);
	}

	#note(decision: Decision, sha: string, title: string): void {
		if (decision.session !== undefined) {
			const titles = this.#titles.get(decision.session) ?? new Map<string, string>();
			this.#titles.set(decision.session, titles.set(sha, title));
		}
		if (!sha.startsWith(this.#prefix)) return;
		if (this.#found) throw new UserError(`Several commits begin with ${this.#prefix}: give more of the name.`);
		this.#found = { commit: { ...decision, title }, commits: [] };
	}

	#letGo(session: Session): void {
		const titles = this.#titles.get(session.id);
		this.#titles.delete(session.id);
		if (!this.#found || this.#found.commit.session !== session.id || !titles?.has(this.#found.commit.sha)) return;
		this.#found.session = rowOf(session);
		this.#found.commits = session.commits.map(({ sha }) => ({ sha, title: titles.get(sha) ?? '' }));
	}

	/** @throws UserError when the history has no such commit. */
	result(): Explained {
		for (const ended of this.#ended) this.#letGo(ended);
		this.#ended = [];
		if (!this.#found) throw new UserError(`No commit of this history begins with ${this.#prefix}.`);
		return this.#found;
	}
}

/** An explanation as a JSON document has it. */
export function explanationJson({ commit, session, commits }: Explained) {
	const { sha, title, auto, rule: reason, because, session: named = null, trigger = null } = commit;
	return {
		commit: { sha, title, auto, reason, because, session: named, trigger },
		session: session ? { ...session, commits } : null,
	};
}

/** An explanation for a person. `now`: ms UTC. */
export function describeExplanation({ commit, session, commits }: Explained, now: number): string[] {
	const lines = [
		titleLine(commit),
		`${commit.auto ? 'Automatic' : 'Not automatic'}: ${commit.because} (rule: ${commit.rule}).`,
	];
	if (commit.session === undefined) return [...lines, 'It is in no session.'];
	if (!session) return [...lines, `It names session ${commit.session}, which was over by then.`];
	const from = localTime(Date.parse(session.started), now);
	const took = duration(session.durationMinutes * MINUTE);
	return [
		...lines,
		`Session ${session.id}: from ${from}, ${took}, ${count(session.files, 'file')}${session.trigger ? `, ended by ${session.trigger}` : ''}.`,
		`Its ${count(commits.length, 'commit')}:`,
		...commits.map((each) => `${each.sha === commit.sha ? '>' : ' '} ${titleLine(each)}`),
	];
}

function titleLine({ sha, title }: Titled): string {
	return `${sha.slice(0, 10)} ${shortened(title, 72)}`;
}
