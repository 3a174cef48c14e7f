import * as vscode from 'vscode';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import type { Repositories } from './repositories.ts';
import type { SessionActions } from './sessionActions.ts';
import { changeSetting, setting } from './settings.ts';
import { l10n } from './words.ts';

/** Asks once when a session goes idle. Never two questions at a time. */
export class IdleWarning implements vscode.Disposable {
	readonly #repositories: Repositories;
	readonly #actions: SessionActions;
	readonly #notifier: Notifier;
	readonly #subscription: vscode.Disposable;
	/** The sessions that were active when last seen: what was idle before this window knew it is not asked about. */
	readonly #active = new WeakMap<OpenRepository, string>();
	#asking = false;

	constructor(repositories: Repositories, actions: SessionActions, notifier: Notifier) {
		this.#repositories = repositories;
		this.#actions = actions;
		this.#notifier = notifier;
		this.#subscription = repositories.onDidChange(() => this.#lookAround());
	}

	dispose(): void {
		this.#subscription.dispose();
	}

	#lookAround(): void {
		for (const repository of this.#repositories.all) {
			const here = repository.view?.overview.here;
			const wasActive = here !== undefined && this.#active.get(repository) === here.id;
			if (here?.status === 'active') this.#active.set(repository, here.id);
			else this.#active.delete(repository);
			if (here?.status !== 'warning' || !wasActive) continue;
			if (this.#asking || setting('idleWarning') !== 'notification') continue;
			this.#ask(repository, here).catch((error: unknown) => this.#notifier.failed(error));
		}
	}

	async #ask(
		repository: OpenRepository,
		{ id, lastActivityAt }: { id: string; lastActivityAt: number },
	): Promise<void> {
		const keepGoing = l10n.t('Keep going');
		const endNow = l10n.t('End now');
		const neverAgain = l10n.t("Don't ask again");
		const minutes = Math.floor((Date.now() - lastActivityAt) / 60_000);
		const sentence =
			minutes === 1
				? l10n.t('Session {0} has been idle for 1 minute.', id)
				: l10n.t('Session {0} has been idle for {1} minutes.', id, minutes);
		this.#asking = true;
		let answer: string | undefined;
		try {
			answer = await vscode.window.showWarningMessage(sentence, keepGoing, endNow, neverAgain);
		} finally {
			this.#asking = false;
		}
		if (answer === keepGoing) await this.#actions.keepGoing(repository);
		if (answer === endNow) await this.#actions.end(repository, id);
		if (answer === neverAgain) await changeSetting('idleWarning', 'statusBar');
	}
}
