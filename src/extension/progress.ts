import * as vscode from 'vscode';
import { untilCancelled } from './cancellable.ts';
import type { Notifier } from './notifier.ts';

/** How long work may take before it is shown, ms. */
const PATIENCE = 500;

/** Does work that may take a while: after half a second a notification with a Cancel button says so. See `untilCancelled`. */
export function withCancel<T>(title: string, notifier: Notifier, work: () => Promise<T>): Promise<T | undefined> {
	return untilCancelled(work, {
		patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE)),
		show: (over) =>
			new Promise((resolve) => {
				const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
				void vscode.window.withProgress(shown, (_, token) => {
					const cancelled = new Promise<void>((cancel) => token.onCancellationRequested(() => cancel()));
					void cancelled.then(resolve);
					return Promise.race([over, cancelled]);
				});
			}),
		failedUnheard: (error) => notifier.failedUnheard(error),
	});
}
