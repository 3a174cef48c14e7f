import { basename, dirname } from 'node:path';
import { receiveAgentNotes } from '../app/agentActivity.ts';
import { readAnalytics } from '../app/analytics.ts';
import { discardSession, endSession } from '../app/end.ts';
import { noteActivity, observe } from '../app/observe.ts';
import type { Published } from '../app/publish.ts';
import { takeRecovery } from '../app/recover.ts';
import { type Started, startSession } from '../app/start.ts';
import { readCompleted, readOverview } from '../app/status.ts';
import { type Change, letTimePass } from '../app/transact.ts';
import type { Workspace } from '../app/workspace.ts';
import type { AnalyticsRow } from '../core/analytics/row.ts';
import { nextDue } from '../core/clockwork.ts';
import type { CompletedSession } from '../core/completedSession.ts';
import type { Session } from '../core/session.ts';
import type { Decision, Effect } from '../core/tracker.ts';
import { UserError } from '../core/userError.ts';
import { watchRepository } from '../git/watch.ts';
import { archiveFolderIn, isHistoryName, stateFileIn } from '../store/layout.ts';
import { Alarm } from './alarm.ts';
import { Backups } from './backups.ts';
import { FolderWatch } from './folderWatch.ts';
import { oneAtATime } from './oneAtATime.ts';
import { Publishing } from './publishing.ts';
import { publishedSentence } from './sentences.ts';
import type { RepositoryView } from './standing.ts';
import { WriteWatch } from './writeWatch.ts';

/** Saves within this time of one another are one activity, ms. */
const SAVE_COUNTS_FOR = 60_000;

/** Whoever shows repositories. */
export interface RepositoryListener {
	/** What `view` tells is new. */
	changed(repository: OpenRepository): void;
	/** Something that the user should know, as a sentence; told anew at each reading. */
	noticed(notice: string): void;
	/** Something that nobody asked for did not work out. */
	failed(error: unknown): void;
	/** Its watch is over: it is gone, or it cannot be watched. */
	unwatched(repository: OpenRepository, why: UserError): void;
	publishesByItself(): boolean;
}

/** A session that was ended by hand. */
export interface Ended {
	session: Session;
	/** What becomes of its trailers; undefined when they are not published by themselves. */
	published?: Promise<Published[]>;
}

/** A repository of the window: watches it, lets time have its effect, and owns all that runs for it until `dispose`. */
export class OpenRepository {
	readonly workspace: Workspace;
	/** Takes in new commits and the time that went by. */
	readonly look: () => Promise<void>;
	/** Reads how things stand and shows it. */
	readonly refresh: () => Promise<void>;
	readonly #listener: RepositoryListener;
	readonly #deadline: Alarm;
	readonly #publishing: Publishing;
	readonly #stateWatch: WriteWatch;
	/** Of what figures are made from: a score is recorded after its session completed, and git brings others' sessions. */
	readonly #historyWatch: WriteWatch;
	readonly #backups: Backups;
	#gitWatch: { close(): void } | undefined;
	#agentWatch: FolderWatch | undefined;
	#view: RepositoryView | undefined;
	/** The last commit that was taken in here. */
	#last: Decision | undefined;
	#history: Promise<readonly AnalyticsRow[]> | undefined;
	/** Why nothing can be published, where it is not for a single session to say. */
	#unpublishable: string | undefined;
	/** What the log has of that: each attempt would say it again. */
	#logged: string | undefined;
	/** ms UTC. */
	#savedAt = 0;
	#disposed = false;

	constructor(workspace: Workspace, listener: RepositoryListener) {
		this.workspace = workspace;
		this.#listener = listener;
		this.look = oneAtATime(() => this.#look());
		this.refresh = oneAtATime(() => this.#refresh());
		this.#deadline = new Alarm(() => this.#inBackground(this.look()));
		const { mainWorkTree } = workspace.location;
		const stateFile = stateFileIn(mainWorkTree);
		this.#stateWatch = new WriteWatch(
			dirname(stateFile),
			(name) => name === basename(stateFile),
			() => this.#inBackground(this.refresh()),
		);
		this.#historyWatch = new WriteWatch(archiveFolderIn(mainWorkTree, 'shared'), isHistoryName, () => {
			this.#history = undefined;
			this.#inBackground(this.refresh());
		});
		this.#backups = new Backups(workspace);
		this.#publishing = new Publishing({
			publish: () => this.#publish(),
			automatic: () => listener.publishesByItself(),
			failed: (error) => this.#publishingFailed(error),
		});
	}

	/** Absolute path of the work tree. */
	get workTree(): string {
		return this.workspace.location.workTree;
	}

	get name(): string {
		return basename(this.workTree);
	}

	/** How it stands; undefined until it was looked at once. */
	get view(): RepositoryView | undefined {
		return this.#view;
	}

	/** Begins to watch. Resolves when `view` is there. */
	async open(): Promise<void> {
		this.#gitWatch = watchRepository(this.workspace.location, () => this.#inBackground(this.look()), {
			onError: (why) => this.#listener.unwatched(this, why),
			onConfiguration: () => this.#publishing.helped(),
		});
		await this.watchAgents();
		await this.look();
		// After the look, which completes what a killed window left.
		await this.#backups.own();
	}

	/** From now on takes in what agents' hooks tell, where the repository has the hooks. */
	async watchAgents(): Promise<void> {
		this.#agentWatch?.close();
		const folder = await receiveAgentNotes(this.workspace);
		if (folder === undefined || this.#disposed) return;
		this.#agentWatch = new FolderWatch(folder, undefined, () => this.#inBackground(this.look()));
	}

	dispose(): void {
		this.#disposed = true;
		this.#gitWatch?.close();
		this.#agentWatch?.close();
		this.#stateWatch.close();
		this.#historyWatch.close();
		this.#deadline.set(undefined);
		this.#publishing.stop({ forGood: true });
	}

	async start(title?: string): Promise<Started> {
		return this.#done(await startSession(this.workspace, title));
	}

	/** Ends the session here, or the open one with this id, and publishes it if that happens by itself. */
	async end(id?: string): Promise<Ended> {
		const change = await endSession(this.workspace, id === undefined ? {} : { id });
		const publishes = this.#listener.publishesByItself() && change.result.commits.length > 0;
		const published = publishes ? this.publish() : undefined;
		// Whoever awaits it later still hears of a failure; nobody may have begun to when it comes.
		published?.catch(() => undefined);
		const session = await this.#done(change, { publish: false });
		return { session, ...(published && { published }) };
	}

	async discard(id?: string): Promise<Session> {
		return this.#done(await discardSession(this.workspace, id));
	}

	/** Says that the session here is worked on. */
	async keepGoing(): Promise<void> {
		const here = this.#view?.overview.here;
		if (!here) throw new UserError(`No session is running in ${this.workTree}, so there is none to keep going.`);
		await this.#noteActivity(here);
	}

	/** A file of the work tree was saved. */
	async noteSave(file: string): Promise<void> {
		if (file === this.workspace.configurationFile) await this.refresh();
		const here = this.#view?.overview.here;
		const now = this.workspace.host.now();
		if (!here || (here.status === 'active' && now - this.#savedAt < SAVE_COUNTS_FOR)) return;
		this.#savedAt = now;
		await this.#noteActivity(here);
	}

	/** Publishes now. Throws a UserError where there is nothing to publish to. */
	publish(): Promise<Published[]> {
		return this.#publishing.publish();
	}

	/** What waits may find its pull request now: a person comes back, maybe from having made one. */
	personCameBack(): void {
		if (this.#view && this.#view.overview.queue.length > 0) this.#publishing.again();
		if (this.#view && this.#dueAt() <= this.workspace.host.now()) this.#inBackground(this.look());
	}

	/** Somebody signed in or out. */
	signInChanged(): void {
		this.#publishing.helped();
	}

	/** `autoPr.publish` changed. */
	publishSettingChanged(): void {
		this.#publishing.stop();
		this.#publishing.noteQueue((this.#view?.overview.queue.length ?? 0) > 0);
	}

	/** All completed sessions as figures are made from them, oldest first; the same array until one more completed, or was scored. */
	history(): Promise<readonly AnalyticsRow[]> {
		if (this.#history) return this.#history;
		const reading = readAnalytics(this.workspace).then(({ rows }) => rows);
		this.#history = reading;
		reading.catch(() => {
			if (this.#history === reading) this.#history = undefined;
		});
		return reading;
	}

	/** So many of the newest completed sessions, newest first. */
	newestCompleted(most: number): Promise<CompletedSession[]> {
		return readCompleted(this.workspace, most);
	}

	async #refresh(): Promise<void> {
		const [read, { rules, problems }] = await Promise.all([readOverview(this.workspace), this.workspace.settle()]);
		if (this.#disposed) return;
		const overview = { ...read, queue: read.queue.map((entry) => this.#explained(entry)) };
		const open = new Set(openIn(overview).map(({ id }) => id));
		const before = this.#view ? openIn(this.#view.overview) : [];
		if (before.some(({ id }) => !open.has(id))) this.#history = undefined;
		const last = overview.here && this.#last?.session === overview.here.id ? { because: this.#last.because } : {};
		this.#view = { name: this.name, workTree: this.workTree, overview, rules, problems, ...last };
		this.#stateWatch.open();
		if (this.#historyWatch.open()) this.#history = undefined;
		this.#deadline.set(this.#dueAt());
		this.#publishing.noteQueue(overview.queue.length > 0);
		for (const notice of read.notices) this.#listener.noticed(notice);
		this.#listener.changed(this);
		if (overview.here || before.length > 0) this.#inBackground(this.#backups.keepSafe());
	}

	async #look(): Promise<void> {
		this.#tookIn(await observe(this.workspace));
		const recovered = await takeRecovery(this.workspace);
		if (recovered !== undefined) this.#listener.failed(new UserError(recovered));
		await this.refresh();
		if (this.#disposed || this.#dueAt() > this.workspace.host.now()) return;
		await this.#done(await letTimePass(this.workspace));
	}

	#tookIn({ result: decisions, effects }: Change<Decision[]>): void {
		for (const decision of decisions) {
			const session = decision.session ? `, session ${decision.session}` : '';
			const kind = decision.auto ? 'automatic' : 'not automatic';
			this.workspace.host.log.info(`${decision.sha.slice(0, 7)} is ${kind}: ${decision.because}${session}.`);
			if (decision.session) this.#last = decision;
		}
		if (decisions.some(({ session }) => session)) this.#publishing.soon();
		this.#carryOut(effects);
	}

	async #done<T>({ result, effects }: Change<T>, { publish = true } = {}): Promise<T> {
		this.#carryOut(publish ? effects : effects.filter(({ duty }) => duty !== 'publish'));
		await this.refresh();
		return result;
	}

	#carryOut(effects: readonly Effect[]): void {
		for (const { duty, session } of effects) this.workspace.host.log.info(sentenceOf(duty, session));
		if (effects.some(({ duty }) => duty === 'archive')) this.#history = undefined;
		if (effects.some(({ duty, session }) => duty === 'publish' && session.commits.length > 0)) this.#publishing.now();
	}

	/** As the session's own author: in a working copy with one session, whoever works there works on it. */
	async #noteActivity(here: Session): Promise<void> {
		await this.#done(await noteActivity(this.workspace, { name: here.author, email: here.identity }));
	}

	async #publish(): Promise<Published[]> {
		const [{ publish }, { NoForge }] = await Promise.all([import('../app/publish.ts'), import('../app/forge.ts')]);
		try {
			const published = await publish(this.workspace);
			for (const outcome of published) this.workspace.host.log.info(publishedSentence(outcome));
			this.#unpublishable = undefined;
			return published;
		} catch (error) {
			this.#unpublishable = error instanceof UserError ? error.message : undefined;
			if (error instanceof NoForge) this.#publishing.stuck();
			throw error;
		} finally {
			await this.refresh();
		}
	}

	/** What waits says why. */
	#explained(entry: RepositoryView['overview']['queue'][number]): typeof entry {
		return entry.error !== undefined || !this.#unpublishable ? entry : { ...entry, error: this.#unpublishable };
	}

	/** Nobody asked for it: a repository without a remote, say, is nothing to interrupt somebody for. */
	#publishingFailed(error: unknown): void {
		if (!(error instanceof UserError)) {
			this.#listener.failed(error);
			return;
		}
		if (error.message !== this.#logged) this.workspace.host.log.warn(error.message);
		this.#logged = error.message;
	}

	/** When time alone changes something next, ms UTC. */
	#dueAt(): number {
		if (!this.#view) return Number.POSITIVE_INFINITY;
		const { overview, rules } = this.#view;
		return Math.min(...openIn(overview).map((session) => nextDue(session, rules)));
	}

	#inBackground(work: Promise<unknown>): void {
		work.catch((error: unknown) => {
			if (!this.#disposed) this.#listener.failed(error);
		});
	}
}

function openIn({ here, others }: RepositoryView['overview']): Session[] {
	return here ? [here, ...others] : others;
}

function sentenceOf(duty: Effect['duty'], session: Session): string {
	switch (duty) {
		case 'announce':
			return `Session ${session.id} started.`;
		case 'warn':
			return `Session ${session.id} is idle.`;
		case 'calm':
			return `Session ${session.id} goes on.`;
		case 'archive':
			return `Session ${session.id} completed (${session.ended?.trigger}): ${session.commits.length} commits.`;
		case 'publish':
			return `Session ${session.id} is to be published.`;
		case 'forget':
			return `Session ${session.id} was discarded.`;
	}
}
