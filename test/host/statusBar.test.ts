import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Repositories } from '../../src/extension/repositories.ts';
import type { Standing } from '../../src/extension/standing.ts';
import { StatusBar } from '../../src/extension/statusBar.ts';

describe('the status bar entry', () => {
	it('gives the editor only what is new, for each value costs it a timer', () => {
		const changed = new vscode.EventEmitter<void>();
		const repositories: { standing: Standing; onDidChange: vscode.Event<void> } = {
			standing: { stage: 'failed', sentence: 'git was not found.' },
			onDidChange: changed.event,
		};
		const bar = new StatusBar(repositories as Repositories);
		try {
			const draw = () => timersOf(() => changed.fire());
			assert.notEqual(draw(), 0);
			assert.equal(draw(), 0);
			repositories.standing = { stage: 'failed', sentence: 'git is too old.' };
			assert.notEqual(draw(), 0);
			repositories.standing = { stage: 'no repository', hasFolder: true };
			draw();
			assert.equal(draw(), 0);
		} finally {
			bar.dispose();
			changed.dispose();
		}
	});
});

/** How many timers are set while `work` runs, by the editor too. */
function timersOf(work: () => void): number {
	const { setTimeout: real } = globalThis;
	let count = 0;
	globalThis.setTimeout = Object.assign((...args: Parameters<typeof real>) => {
		count++;
		return real(...args);
	}, real) as typeof real;
	try {
		work();
	} finally {
		globalThis.setTimeout = real;
	}
	return count;
}
