import * as vscode from 'vscode';
import { UserError } from '../core/userError.ts';
import { Notices, type Offer } from './notices.ts';
import { l10n, told } from './words.ts';

/** Where the sentences are kept that the user does not want to see again. */
const SILENCED = 'silenced';

/** Tells the user what went wrong: what they can mend as its sentence, the rest as a short note with the log behind it. */
export class Notifier {
	readonly #log: vscode.LogOutputChannel;
	readonly #notices: Notices;
	/** What the log has of failures in the background: one that comes again is not written out again. */
	readonly #logged = new Set<string>();

	/** `memory`: of this workspace. */
	constructor(log: vscode.LogOutputChannel, memory: vscode.Memento) {
		this.#log = log;
		this.#notices = new Notices({
			show: ({ sentence, severity, offers }) => {
				const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
				return show(told(sentence), ...offers.map(({ label }) => label));
			},
			silenced: {
				read: () => memory.get<string[]>(SILENCED, []),
				write: (sentences) => void memory.update(SILENCED, sentences),
			},
			dontShowAgain: l10n.t("Don't Show Again"),
			failed: (error) => this.failed(error),
		});
	}

	/** Something that the user asked for failed: always said, unless they cancelled it. */
	failed(error: unknown): void {
		if (error instanceof vscode.CancellationError) return;
		const { sentence, severity } = this.#write(error);
		this.#notices.noteTold(sentence);
		const { label, act } = this.#showLog();
		const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
		void show(told(sentence), label).then((button) => button === label && act());
	}

	/** Something failed that the user had cancelled, and nothing is half-done: only the log has it. */
	failedUnheard(error: unknown): void {
		this.#write(error);
	}

	/** Something that nobody asked for failed: said once in this window, one at a time. */
	failedInBackground(error: unknown): void {
		const { sentence, severity } = this.#write(error, { again: 'debug' });
		this.#notices.tell({ sentence, severity, offers: [this.#showLog()] });
	}

	/** Something that the user should know, such as a file that was set aside: said once in this window, one at a time. */
	noticed(sentence: string, offers: readonly Offer[] = [this.#showLog()]): void {
		if (this.#notices.tell({ sentence, severity: 'warning', offers })) this.#log.warn(sentence);
	}

	#write(error: unknown, { again }: { again?: 'debug' } = {}): { sentence: string; severity: 'warning' | 'error' } {
		const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
		const expected = error instanceof UserError;
		const sentence = expected ? message : l10n.t('Something went wrong: {0}', message);
		if (again && this.#logged.has(message)) this.#log.debug(message);
		else if (expected) this.#log.warn(message);
		else this.#log.error(stack);
		this.#logged.add(message);
		return { sentence, severity: expected ? 'warning' : 'error' };
	}

	#showLog(): Offer {
		return { label: l10n.t('Show Log'), act: () => this.#log.show() };
	}
}
