import type { Session } from './session.ts';

/**
 * The open sessions and what finds them. Changes in place, since a replay of a hundred thousand commits would
 * otherwise copy it as often.
 */
export class OpenSessions {
	readonly #byId = new Map<string, Session>();
	readonly #byCommit = new Map<string, Session>();
	readonly #byOwner = new Map<string, Session[]>();
	readonly #byForeign = new Map<string, Session>();
	readonly #taken: Set<string>;

	/** `taken`: ids that cannot be given again, since completed sessions have them. */
	constructor(sessions: Iterable<Session>, taken: Iterable<string>) {
		this.#taken = new Set(taken);
		for (const session of sessions) {
			this.add(session);
			for (const { sha } of session.commits) this.#byCommit.set(sha, session);
		}
	}

	all(): Session[] {
		return [...this.#byId.values()];
	}

	get size(): number {
		return this.#byId.size;
	}

	byId(id: string): Session | undefined {
		return this.#byId.get(id);
	}

	byCommit(sha: string): Session | undefined {
		const session = this.#byCommit.get(sha);
		// The old name of a commit that was made anew outlives the session, which lists only the new one.
		return session && this.#byId.get(session.id) === session ? session : undefined;
	}

	/** Those of an author in a place that time may join; not those that another tool's id tells apart. */
	byOwner(identity: string, workingCopy: string | undefined): readonly Session[] {
		return this.#byOwner.get(ownerKey(identity, workingCopy)) ?? [];
	}

	/** The session of an author to which another tool gave this id. */
	byForeign(identity: string, foreign: string): Session | undefined {
		return this.#byForeign.get(foreignKey(identity, foreign));
	}

	/** Whether a session, open or over, has this id. */
	isTaken(id: string): boolean {
		return this.#taken.has(id);
	}

	add(session: Session): void {
		this.#byId.set(session.id, session);
		this.#taken.add(session.id);
		if (session.foreign) {
			this.#byForeign.set(foreignKey(session.identity, session.foreign), session);
			return;
		}
		const key = ownerKey(session.identity, session.workingCopy);
		const owned = this.#byOwner.get(key);
		if (owned) owned.push(session);
		else this.#byOwner.set(key, [session]);
	}

	addCommit(session: Session, sha: string): void {
		this.#byCommit.set(sha, session);
	}

	/** A commit that goes on under another name. */
	renameCommit(from: string, to: string): Session | undefined {
		const session = this.#byCommit.get(from);
		if (!session) return undefined;
		this.#byCommit.delete(from);
		this.#byCommit.set(to, session);
		for (const commit of session.commits) if (commit.sha === from) commit.sha = to;
		return session;
	}

	/** Lets go of a session that is over. Its id stays taken. */
	remove(session: Session): void {
		this.#byId.delete(session.id);
		for (const { sha } of session.commits) if (this.#byCommit.get(sha) === session) this.#byCommit.delete(sha);
		if (session.foreign) {
			const key = foreignKey(session.identity, session.foreign);
			// After a long pause the same foreign id names a newer session.
			if (this.#byForeign.get(key) === session) this.#byForeign.delete(key);
			return;
		}
		const key = ownerKey(session.identity, session.workingCopy);
		const rest = (this.#byOwner.get(key) ?? []).filter((other) => other !== session);
		if (rest.length > 0) this.#byOwner.set(key, rest);
		else this.#byOwner.delete(key);
	}
}

function ownerKey(identity: string, workingCopy: string | undefined): string {
	return `${identity}\n${workingCopy ?? ''}`;
}

function foreignKey(identity: string, foreign: string): string {
	return `${identity}\n${foreign}`;
}
