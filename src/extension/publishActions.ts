import * as vscode from 'vscode';
import type { Published } from '../app/publish.ts';
import { UserError } from '../core/userError.ts';
import type { Forge } from '../github/remote.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import { withCancel } from './progress.ts';
import { publishedSentence } from './sentences.ts';
import type { SignIn } from './signIn.ts';
import { l10n } from './words.ts';

/** Publishing for a person who waits for the answer. */
export class PublishActions {
	readonly #signIn: SignIn;
	readonly #log: vscode.LogOutputChannel;
	readonly #notifier: Notifier;

	constructor(signIn: SignIn, log: vscode.LogOutputChannel, notifier: Notifier) {
		this.#signIn = signIn;
		this.#log = log;
		this.#notifier = notifier;
	}

	/** Publishes what there is, with a sign-in if one is needed, and tells what became of it. */
	async publish(repository: OpenRepository): Promise<void> {
		await this.#signIn.ask(await forgeOf(repository));
		// What was sent is sent, and the queue holds the rest: to cancel is to wait no longer for the answer.
		const published = await withCancel(l10n.t('Publishing the session…'), this.#notifier, () => repository.publish());
		if (!published) return;
		if (published.length === 0) {
			const nothing = l10n.t('Nothing is to be published: no session with commits is running and none waits.');
			void vscode.window.showInformationMessage(nothing);
		}
		for (const outcome of published) void this.#say(repository, outcome, publishedSentence(outcome));
	}

	/** Tells what became of one session's trailers, after a sentence of the caller's. */
	async tell(
		repository: OpenRepository,
		session: string,
		published: Promise<Published[]>,
		sentence: string,
	): Promise<void> {
		try {
			const outcome = (await published).find((candidate) => candidate.session === session);
			// Without one, another window was faster.
			if (!outcome) void vscode.window.showInformationMessage(sentence);
			else void this.#say(repository, outcome, `${sentence} ${publishedSentence(outcome, l10n.t('Its trailers'))}`);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			const outcome = { session, pullRequests: [], waits: error.message };
			void this.#say(repository, outcome, `${sentence} ${publishedSentence(outcome, l10n.t('Its trailers'))}`);
		}
	}

	/** Tells that a session waits for the user to publish it. */
	async offer(repository: OpenRepository, sentence: string): Promise<void> {
		const publish = l10n.t('Publish');
		if ((await vscode.window.showInformationMessage(sentence, publish)) === publish) await this.publish(repository);
	}

	/** With a button that helps, where something waits. */
	async #say(repository: OpenRepository, outcome: Published, sentence: string): Promise<void> {
		if (outcome.waits === undefined) {
			await vscode.window.showInformationMessage(sentence);
			return;
		}
		const signIn = l10n.t('Sign In');
		const showLog = l10n.t('Show Log');
		const helps = (await this.#needsSignIn(repository)) ? signIn : showLog;
		const button = await vscode.window.showWarningMessage(sentence, helps);
		if (button === signIn) await vscode.commands.executeCommand('autoPr.publish');
		if (button === showLog) this.#log.show();
	}

	async #needsSignIn(repository: OpenRepository): Promise<boolean> {
		try {
			return (await this.#signIn.find(await forgeOf(repository))) === undefined;
		} catch (error) {
			// Without a remote there is nothing to sign in to.
			if (error instanceof UserError) return false;
			throw error;
		}
	}
}

/** Where a repository's pull requests are. Throws a UserError where there are none. */
async function forgeOf(repository: OpenRepository): Promise<Forge> {
	const { connect } = await import('../app/forge.ts');
	return (await connect(repository.workspace)).forge;
}
