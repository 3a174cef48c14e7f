import * as vscode from 'vscode';
import { UserError } from '../core/userError.ts';
import { l10n } from './words.ts';

/** Tells the user what went wrong: what they can mend as its sentence, the rest as a short note with the log behind it. */
export class Notifier {
	readonly #log: vscode.LogOutputChannel;
	readonly #told = new Set<string>();

	constructor(log: vscode.LogOutputChannel) {
		this.#log = log;
	}

	/** Something that the user asked for failed: always said. */
	failed(error: unknown): void {
		const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
		const expected = error instanceof UserError;
		this.#told.add(message);
		if (expected) this.#log.warn(message);
		else this.#log.error(stack);
		const sentence = expected ? message : l10n.t('Something went wrong: {0}', message);
		const showLog = l10n.t('Show Log');
		const show = expected ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
		void show(sentence, showLog).then((button) => button === showLog && this.#log.show());
	}

	/** Something that nobody asked for failed: said once in this window. */
	failedInBackground(error: unknown): void {
		const message = error instanceof Error ? error.message : String(error);
		if (this.#told.has(message)) this.#log.debug(message);
		else this.failed(error);
	}

	/** Something that the user should know, such as a file that was set aside: said once in this window. */
	noticed(sentence: string): void {
		if (!this.#told.has(sentence)) this.failed(new UserError(sentence));
	}
}
