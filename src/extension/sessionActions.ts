import * as vscode from 'vscode';
import type { Session } from '../core/session.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import type { PublishActions } from './publishActions.ts';
import { endedSentence } from './sentences.ts';
import { l10n } from './words.ts';

/** What a person does with the session of a repository. Each throws a UserError when it cannot be done. */
export class SessionActions {
	readonly #publishing: PublishActions;
	readonly #notifier: Notifier;

	constructor(publishing: PublishActions, notifier: Notifier) {
		this.#publishing = publishing;
		this.#notifier = notifier;
	}

	/** Starts a session; returns its id. */
	async start(repository: OpenRepository, title?: string): Promise<string> {
		const { session, already } = await repository.start(title);
		if (already) {
			const sentence = l10n.t('Session {0} was running. It goes on, from now on until you end it.', session.id);
			void vscode.window.showInformationMessage(sentence);
		}
		return session.id;
	}

	/** Ends the session here, or the one with this id; returns its id. Tells what became of it once it is published. */
	async end(repository: OpenRepository, id?: string): Promise<string> {
		const { session, published } = await repository.end(id);
		// The session is over; the network may take its time, and its failures have their own words.
		this.#tellEnd(repository, session, published).catch((error: unknown) => this.#notifier.failed(error));
		return session.id;
	}

	async keepGoing(repository: OpenRepository): Promise<void> {
		await repository.keepGoing();
	}

	/** Discards the session here, or the one with this id, if the user says yes. */
	async discard(repository: OpenRepository, id?: string): Promise<void> {
		const overview = repository.view?.overview;
		const open = overview ? [...(overview.here ? [overview.here] : []), ...overview.others] : [];
		const session = id === undefined ? overview?.here : open.find((candidate) => candidate.id === id);
		if (session && !(await this.#confirmsDiscard(session))) return;
		await repository.discard(session?.id ?? id);
	}

	async #confirmsDiscard(session: Session): Promise<boolean> {
		const discard = l10n.t('Discard');
		const record = l10n.t('It leaves no record and is not scored.');
		const { length } = session.commits;
		const detail = length === 0 ? record : l10n.t('{0} Its commits ({1}) stay as they are.', record, length);
		const question = l10n.t('Discard session {0}?', session.id);
		return (await vscode.window.showWarningMessage(question, { modal: true, detail }, discard)) === discard;
	}

	async #tellEnd(
		repository: OpenRepository,
		session: Session,
		published: ReturnType<OpenRepository['publish']> | undefined,
	): Promise<void> {
		const ended = endedSentence(session);
		if (session.commits.length === 0) {
			void vscode.window.showInformationMessage(ended);
		} else if (published) {
			await this.#publishing.tell(repository, session.id, published, ended);
		} else {
			await this.#publishing.offer(repository, ended);
		}
	}
}
