import { coAuthorAgent } from './agents.ts';
import { dueAt, nextDue } from './clockwork.ts';
import type { Commit, Person } from './commit.ts';
import { findMarker } from './completion.ts';
import { type CommitReading, readCommit } from './detection.ts';
import { type Moment, mayJoinNamed, nearest, type Place, sessionFor, sessionHere, startedHere } from './joining.ts';
import { type Duty, type Happening, step } from './lifecycle.ts';
import { foldChanges } from './netChange.ts';
import { OpenSessions } from './openSessions.ts';
import { identityOf } from './person.ts';
import type { Verdict } from './reason.ts';
import type { Rules } from './rules.ts';
import type { Session, Trigger } from './session.ts';
import { mintSessionId } from './sessionId.ts';
import { readCoAuthors } from './trailers.ts';

/** What the tracker is told. `at` is ms UTC. */
export type TrackerEvent =
	/** `remade`: a rebase or cherry-pick made it from one that was there. It stays where it was, and is no new work. */
	| { type: 'commit'; commit: Commit; at: number; place: Place; remade?: boolean }
	/** A save, an agent's hook, "keep going". `starts`: begins a session where none is open. */
	| {
			type: 'activity';
			author: Person;
			at: number;
			place: Place;
			starts?: boolean;
			agent?: string;
			conversation?: string;
	  }
	/** An agent's conversation is over. */
	| { type: 'farewell'; author: Person; at: number; place: Place; conversation?: string }
	| { type: 'start'; author: Person; at: number; place: Place; title?: string }
	| { type: 'end'; session: string; at: number; trigger: Trigger }
	| { type: 'discard'; session: string }
	/** A commit that was rewritten in place (amend): its session keeps it under its new name. */
	| { type: 'rewrite'; from: string; to: string }
	/** Time went by. */
	| { type: 'tick'; at: number };

/** What became of a commit. */
export interface Decision extends Verdict {
	sha: string;
	/** The id of its session; undefined when it is in none. */
	session?: string;
	/** Set on the commit that completed its session. */
	trigger?: Trigger;
}

/** What a session's change obliges the caller to. */
export interface Effect {
	duty: Duty;
	session: Session;
}

/** What an event led to. */
export interface Outcome {
	/** For a commit. */
	decision?: Decision;
	/** The session that the event was about, as it is now. */
	session?: Session;
	effects: Effect[];
}

/**
 * The one place where sessions change: the editor, the command line, CI and the replay of a history all go through
 * `reduce`, so that a session means the same everywhere. It knows no clock: every event says when it happened.
 */
export class Tracker {
	readonly #sessions: OpenSessions;
	readonly #rules: Rules;
	readonly #slack: number;

	/**
	 * Goes on from `open` sessions. `taken`: ids of completed ones. `slack` (ms): how long past its end a session waits
	 * for commits that come out of order, as those of a history do.
	 */
	constructor(
		rules: Rules,
		{ open = [], taken = [], slack = 0 }: { open?: Iterable<Session>; taken?: Iterable<string>; slack?: number } = {},
	) {
		this.#rules = rules;
		this.#slack = slack;
		this.#sessions = new OpenSessions(open, taken);
	}

	/** The open sessions, oldest first. */
	open(): Session[] {
		return this.#sessions.all();
	}

	/** The open session with this id. */
	byId(id: string): Session | undefined {
		return this.#sessions.byId(id);
	}

	/** The open session that a person or agent in this place is working on. */
	here(author: Person, at: number, place: Place): Session | undefined {
		return sessionHere({ identity: identityOf(author), at, place }, this.#sessions, this.#rules);
	}

	/** When the next `tick` would change something, ms UTC; undefined when none would. */
	nextDeadline(): number | undefined {
		const next = Math.min(...this.open().map((session) => nextDue(session, this.#rules)));
		return Number.isFinite(next) ? next : undefined;
	}

	/** Takes one event and says what came of it. */
	reduce(event: TrackerEvent): Outcome {
		switch (event.type) {
			case 'commit':
				return this.#onCommit(event);
			case 'activity':
				return this.#onActivity(event);
			case 'farewell':
				return this.#onFarewell(event);
			case 'start':
				return this.#onStart(event);
			case 'end':
				return this.#onEnd(event);
			case 'discard':
				return this.#onDiscard(event.session);
			case 'rewrite': {
				const session = this.#sessions.renameCommit(event.from, event.to);
				return { ...(session && { session }), effects: [] };
			}
			case 'tick': {
				const effects: Effect[] = [];
				for (const session of this.open()) this.#settle(session, event.at, effects);
				return { effects };
			}
		}
	}

	#onCommit({ commit, at, place, remade }: Extract<TrackerEvent, { type: 'commit' }>): Outcome {
		const effects: Effect[] = [];
		const moment: Moment = { identity: identityOf(commit.author), at, place };
		this.#settleOwned(moment, effects);
		const reading = readCommit(commit, this.#rules, {
			startedByHand: startedHere(moment, this.#sessions, this.#rules) !== undefined,
			isKnown: (sha) => this.#sessions.byCommit(sha) !== undefined,
			accepts: (mark, agent) => mayJoinNamed(mark, agent, commit, place, this.#sessions),
		});
		const decision: Decision = { sha: commit.sha, ...reading.verdict };
		if (!decision.auto) {
			const session = decision.rule === 'person' ? nearest(moment, this.#sessions, this.#rules) : undefined;
			if (session) touch(session, at, effects);
			return { decision, ...(session && { session }), effects };
		}
		const named = reading.mark?.id;
		if (named && this.#sessions.isTaken(named) && !this.#sessions.byId(named)) {
			// Its session is over: a rebase or cherry-pick that comes late changes nothing there.
			return { decision: { ...decision, session: named }, effects };
		}
		const known = sessionFor(commit, reading, moment, this.#sessions, this.#rules);
		// Work of a session that is over, made anew from commits without a trailer: there is nothing to add it to.
		if (remade && (!known || (!reading.mark && madeAnew(known, commit) < 0))) return { decision, effects };
		const session = known ?? this.#begin(commit, reading, moment, effects);
		this.#addCommit(session, commit, place);
		touch(session, at, effects);
		decision.session = session.id;
		if (findMarker(commit.message, this.#rules.markers)) {
			decision.trigger = 'explicit';
			this.#advance(session, 'explicit', session.lastActivityAt, effects);
		}
		return { decision, session, effects };
	}

	#begin(commit: Commit, { mark, foreign, agent }: CommitReading, moment: Moment, effects: Effect[]): Session {
		const { place } = moment;
		const onOwnBranch = agent !== undefined && !place.workingCopy && !place.onTrunk;
		return this.#open(moment, commit.author, effects, {
			...(mark && { id: mark.id }),
			seed: commit.sha,
			origin: 'commit',
			anchored: onOwnBranch || foreign !== undefined || (mark !== undefined && !place.workingCopy),
			...(agent !== undefined && { agent }),
			...(foreign !== undefined && { foreign }),
		});
	}

	#addCommit(session: Session, commit: Commit, place: Place): void {
		noteBranch(session, place.branch);
		const known = this.#sessions.byCommit(commit.sha) === session;
		const again = known ? session.commits.findIndex(({ sha }) => sha === commit.sha) : madeAnew(session, commit);
		// An older form of a commit that was made anew since.
		if (known && again < 0) return;
		this.#sessions.addCommit(session, commit.sha);
		if (again === 0 || session.commits.length === 0) setBase(session, commit.parents[0]);
		const entry = { sha: commit.sha, authoredAt: commit.authoredAt };
		if (again < 0) {
			session.commits.push(entry);
			foldChanges(session.files, commit.files);
			if (readCoAuthors(commit.message).some((person) => coAuthorAgent(person))) session.assisted++;
			return;
		}
		session.commits[again] = entry;
		if (again < session.commits.length - 1) return;
		// An amend of the last commit: what it added is new, the rest is known.
		const added = commit.files.filter(({ kind }) => kind !== 'D');
		foldChanges(session.files, added);
	}

	#onActivity({ author, at, place, ...rest }: Extract<TrackerEvent, { type: 'activity' }>): Outcome {
		const { starts, agent, conversation } = rest;
		const effects: Effect[] = [];
		const moment: Moment = { identity: identityOf(author), at, place };
		this.#settleOwned(moment, effects);
		let session = sessionHere(moment, this.#sessions, this.#rules);
		if (!session && starts) {
			const seed = `${place.workingCopy}@${at}`;
			session = this.#open(moment, author, effects, { seed, origin: 'agent', ...(agent !== undefined && { agent }) });
		}
		if (session && conversation !== undefined) session.conversation = conversation;
		if (session) touch(session, at, effects);
		return { ...(session && { session }), effects };
	}

	/**
	 * A goodbye ends the session that the agent worked on last. What a person started, they end; where another conversation goes on, so does the
	 * session; and one without commits waits for them, since many agents leave the commit to the person.
	 */
	#onFarewell({ author, at, place, conversation }: Extract<TrackerEvent, { type: 'farewell' }>): Outcome {
		const effects: Effect[] = [];
		const moment: Moment = { identity: identityOf(author), at, place };
		this.#settleOwned(moment, effects);
		const session = sessionHere(moment, this.#sessions, this.#rules);
		if (!session) return { effects };
		touch(session, at, effects);
		const ends = session.origin !== 'hand' && session.conversation === conversation && session.commits.length > 0;
		if (ends) this.#advance(session, 'explicit', session.lastActivityAt, effects);
		return { session, effects };
	}

	#onStart({ author, at, place, title }: Extract<TrackerEvent, { type: 'start' }>): Outcome {
		const effects: Effect[] = [];
		const moment: Moment = { identity: identityOf(author), at, place };
		this.#settleOwned(moment, effects);
		const session =
			sessionHere(moment, this.#sessions, this.#rules) ??
			this.#open(moment, author, effects, { seed: `${place.workingCopy}@${at}`, origin: 'hand' });
		// One that was found running goes on, from now on by hand: what it has already is the same piece of work.
		session.origin = 'hand';
		if (title) session.title = title;
		touch(session, at, effects);
		return { session, effects };
	}

	#onEnd({ session: id, at, trigger }: Extract<TrackerEvent, { type: 'end' }>): Outcome {
		const effects: Effect[] = [];
		const session = this.#sessions.byId(id);
		if (!session) return { effects };
		// Ending by hand is itself activity; every other trigger ends at the last there was.
		if (trigger === 'explicit') touch(session, at, effects);
		this.#advance(session, trigger, session.lastActivityAt, effects);
		return { session, effects };
	}

	#onDiscard(id: string): Outcome {
		const effects: Effect[] = [];
		const session = this.#sessions.byId(id);
		if (!session) return { effects };
		this.#advance(session, 'discard', session.lastActivityAt, effects);
		return { session, effects };
	}

	#open(
		{ identity, at, place }: Moment,
		author: Person,
		effects: Effect[],
		given: { id?: string; seed: string } & Partial<Session> & Pick<Session, 'origin'>,
	): Session {
		const { seed, ...known } = given;
		const session: Session = {
			id: mintedFor(given, author, at, this.#sessions),
			author: author.name,
			identity,
			status: 'active',
			startedAt: at,
			lastActivityAt: at,
			anchored: false,
			commits: [],
			files: new Map(),
			pullRequests: [],
			assisted: 0,
			...(place.workingCopy !== undefined && { workingCopy: place.workingCopy }),
			branches: new Map(place.branch === undefined ? [] : [[place.branch, undefined]]),
			...known,
		};
		this.#sessions.add(session);
		for (const duty of step('none', 'activity')!.duties) effects.push({ duty, session });
		return session;
	}

	/** Completes what this author left open here, before anything new joins it. */
	#settleOwned({ identity, at, place }: Moment, effects: Effect[]): void {
		for (const session of [...this.#sessions.byOwner(identity, place.workingCopy)]) {
			// Nobody is warned of being idle at the moment that they are at work.
			if (dueAt(session, at, this.#rules, this.#slack) !== 'idle') this.#settle(session, at, effects);
		}
	}

	/** Lets the time until `at` have its effect. */
	#settle(session: Session, at: number, effects: Effect[]): void {
		const due = dueAt(session, at, this.#rules, this.#slack);
		// The end is the last activity, whenever it is noticed: a laptop that slept all night adds nothing.
		if (!due) return;
		// An agent's hook began it, and nothing was committed: there is no work to keep a record of.
		const nothing = due !== 'idle' && session.origin === 'agent' && session.commits.length === 0;
		this.#advance(session, nothing ? 'discard' : due, session.lastActivityAt, effects);
	}

	/** Takes the step that a happening asks for, and lets go of a session that is over. */
	#advance(session: Session, happening: Happening, endedAt: number, effects: Effect[]): void {
		const transition = step(session.status, happening);
		if (!transition) return;
		for (const duty of transition.duties) effects.push({ duty, session });
		if (transition.to === 'active' || transition.to === 'warning') {
			session.status = transition.to;
			return;
		}
		if (transition.to === 'completed') {
			session.status = 'completed';
			session.ended = { trigger: happening as Trigger, at: endedAt };
		}
		this.#sessions.remove(session);
	}
}

function mintedFor(given: { id?: string; seed: string }, author: Person, at: number, sessions: OpenSessions): string {
	return given.id ?? mintSessionId(author, at, (id) => sessions.isTaken(id), given.seed);
}

function setBase(session: Session, parent: string | undefined): void {
	if (parent === undefined) delete session.base;
	else session.base = parent;
}

/** Keeps the current branch last. */
function noteBranch(session: Session, branch: string | undefined): void {
	if (branch === undefined) return;
	const pullRequest = session.branches.get(branch);
	session.branches.delete(branch);
	session.branches.set(branch, pullRequest);
}

/**
 * Where a session has this change under another name, or -1: an amend, rebase or cherry-pick made it anew, with the author
 * time that it had. Author times are whole seconds, in which an agent makes several commits: what stands at or before the
 * parent is no older form of its child.
 */
function madeAnew({ commits }: Session, { authoredAt, parents }: Commit): number {
	const parent = commits.findLastIndex(({ sha }) => sha === parents[0]);
	return commits.findIndex((known, index) => index > parent && known.authoredAt === authoredAt);
}

function touch(session: Session, at: number, effects: Effect[]): void {
	session.startedAt = Math.min(session.startedAt, at);
	session.lastActivityAt = Math.max(session.lastActivityAt, at);
	const transition = step(session.status, 'activity');
	if (transition?.to !== 'active') return;
	session.status = 'active';
	for (const duty of transition.duties) effects.push({ duty, session });
}
