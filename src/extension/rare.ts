import * as vscode from 'vscode';
import { speak } from './words.ts';

// What few windows ever use: built as a file of its own, which the first such command reads. So it has words of its own.
speak(vscode.l10n);

export { readHealth } from '../app/health.ts';
export { exportSessions, readDetails } from './dashboardRequests.ts';
export { createPullRequest, openOnForge } from './pullRequestAction.ts';
export { restoreFromBackup } from './restoreAction.ts';
export { setUpRepository, undoSetUpOf } from './setUpAction.ts';
