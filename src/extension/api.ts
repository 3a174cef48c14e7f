import type { Disposable, Event } from 'vscode';
import type { Session } from '../core/session.ts';

/** A running session, as other extensions see it. Told anew when something of it changes; never changed in place. */
export interface CurrentSession {
	readonly id: string;
	readonly author: string;
	readonly title?: string;
	/** `warning`: idle, and about to complete. */
	readonly status: 'active' | 'warning';
	/** ms UTC. */
	readonly startedAt: number;
	/** ms UTC. */
	readonly lastActivityAt: number;
	/** Full names of its commits, in the order in which they were made. */
	readonly commits: readonly string[];
	/** Paths of the net change, from the top of the repository, with `/`. */
	readonly files: readonly string[];
	/** Numbers of its pull requests, oldest first. */
	readonly pullRequests: readonly number[];
}

/** What other extensions can use: docs/api.md. */
export interface AutoPrApi {
	/** Grows when something is added; what is there stays. */
	readonly version: 1;
	/** Resolves when the repositories of the window's folders have been looked at. */
	whenReady(): Promise<void>;
	/** The session of the active repository; undefined while none runs. */
	getCurrentSession(): CurrentSession | undefined;
	/** The session of the active repository began, changed or ended, or another repository became the active one. */
	readonly onDidChangeSession: Event<CurrentSession | undefined>;
}

/** What the API is made of. */
interface Source {
	ready: Promise<void>;
	/** The session of the active repository, as it is now. */
	current(): Session | undefined;
	onDidChange(listener: () => void): Disposable;
}

/** Makes the API, and what ends it. `emitter`: brings the changes to whoever listens. */
export function createApi(
	{ ready, current, onDidChange }: Source,
	emitter: { event: Event<CurrentSession | undefined>; fire(session: CurrentSession | undefined): void },
): { api: AutoPrApi; subscription: Disposable } {
	let told = '';
	const subscription = onDidChange(() => {
		const session = currentSession(current());
		const now = JSON.stringify(session) ?? '';
		if (now === told) return;
		told = now;
		emitter.fire(session);
	});
	return {
		api: {
			version: 1,
			whenReady: () => ready,
			getCurrentSession: () => currentSession(current()),
			onDidChangeSession: emitter.event,
		},
		subscription,
	};
}

function currentSession(session: Session | undefined): CurrentSession | undefined {
	if (!session) return undefined;
	const { id, author, title, status, startedAt, lastActivityAt, commits, files, pullRequests } = session;
	return Object.freeze({
		id,
		author,
		...(title !== undefined && { title }),
		status: status === 'warning' ? ('warning' as const) : ('active' as const),
		startedAt,
		lastActivityAt,
		commits: Object.freeze(commits.map(({ sha }) => sha)),
		files: Object.freeze([...files.keys()]),
		pullRequests: Object.freeze([...pullRequests]),
	});
}
