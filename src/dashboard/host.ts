import { type Action, isState, readToDashboard, type ToDashboard, type ToExtension } from './protocol.ts';

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

/**
 * Calls back with each state: first with the one that was shown last, since a hidden webview is thrown away and drawn
 * anew, then with what the extension sends.
 */
export function onState(show: (message: ToDashboard) => void): void {
	const kept = editor().getState();
	if (isState(kept)) show({ type: 'state', state: kept, now: Date.now() });
	window.addEventListener('message', ({ data }) => {
		const message = readToDashboard(data);
		if (!message) return;
		editor().setState(message.state);
		show(message);
	});
	editor().postMessage({ type: 'ready' });
}
