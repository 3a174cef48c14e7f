import * as vscode from 'vscode';

/** The settings `autoPr.*`, as package.json declares them. */
interface Settings {
	publish: 'automatic' | 'manual';
	idleWarning: 'notification' | 'statusBar' | 'off';
	'statusBar.whenIdle': 'show' | 'hide';
}

/** A setting as it is now. */
export function setting<Key extends keyof Settings>(key: Key): Settings[Key] {
	// The manifest's default is always there.
	return vscode.workspace.getConfiguration('autoPr').get(key) as Settings[Key];
}

/** Changes a setting for the user, in every window. */
export async function changeSetting<Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> {
	await vscode.workspace.getConfiguration('autoPr').update(key, value, vscode.ConfigurationTarget.Global);
}
