import { type Action, type Kept, readKept, readToDashboard, type ToDashboard, type ToExtension } from './protocol.ts';

/** What the editor gives a webview: code.visualstudio.com/api/extension-guides/webview. */
interface EditorApi {
	postMessage(message: ToExtension): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

let acquired: EditorApi | undefined;

/** It may be asked for once; in a report there is none. */
function editor(): EditorApi {
	acquired ??= acquireVsCodeApi();
	return acquired;
}

/** Asks the extension for something. */
export function act(action: Action, session?: string): void {
	editor().postMessage(session === undefined ? { type: 'act', action } : { type: 'act', action, session });
}

/** Shows a pull request on its forge. */
export function openPullRequest(number: number): void {
	ask({ type: 'pullRequest', number });
}

/** Tells the extension that something else is wanted. */
export function ask(message: ToExtension): void {
	editor().postMessage(message);
}

/** Calls back with each message of the extension, which is asked for them. */
export function onMessage(show: (message: ToDashboard) => void): void {
	window.addEventListener('message', ({ data }) => {
		const message = readToDashboard(data);
		if (message) show(message);
	});
	editor().postMessage({ type: 'ready' });
}

/** What was shown last: a hidden webview is thrown away and drawn anew. */
export function kept(): Kept {
	return readKept(editor().getState());
}

export function keep(value: Kept): void {
	editor().setState(value);
}
