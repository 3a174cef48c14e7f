import * as vscode from 'vscode';

/** How long work may take before it is shown, ms: most of it is over by then, and a message that flashes up disturbs. */
const PATIENCE = 500;

/**
 * Does work that may take a while: after half a second a notification with a Cancel button says so. Returns undefined when the
 * user cancelled; the work itself goes on, unheard: only for what keeps what it could not do, or changes nothing.
 */
export async function untilCancelled<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
	const result = work();
	const waited = new Promise<true>((resolve) => setTimeout(resolve, PATIENCE, true));
	const slow = await Promise.race([result.then(() => false), waited]);
	if (!slow) return result;
	const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return vscode.window.withProgress(shown, (_, token) => {
		const cancelled = new Promise<undefined>((resolve) => {
			token.onCancellationRequested(() => resolve(undefined));
		});
		return Promise.race([result, cancelled]);
	});
}
