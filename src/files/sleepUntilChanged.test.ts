import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleepUntilChanged } from './sleepUntilChanged.ts';

/** Longer than any test may take: only a change ends it. */
const FOREVER = { watched: 3_600_000, unwatched: 3_600_000 };

describe('sleeping until a file changes', () => {
	let folder: string;
	let file: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'auto-pr-change-'));
		file = join(folder, 'ticket');
		writeFileSync(file, '');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('wakes when it is removed', async () => {
		const sleeping = sleepUntilChanged(file, FOREVER);
		rmSync(file);
		assert.ok((await sleeping) < FOREVER.watched);
	});

	it('wakes when it is written', async () => {
		const sleeping = sleepUntilChanged(file, FOREVER);
		writeFileSync(file, 'x');
		assert.ok((await sleeping) < FOREVER.watched);
	});

	it('wakes by itself when nothing happens, and tells how long it slept', async () => {
		const slept = await sleepUntilChanged(file, { watched: 20, unwatched: 3_600_000 });
		assert.ok(slept > 0 && slept <= 20, `${slept}`);
	});

	it('does not wait for a file that is gone already', async () => {
		rmSync(file);
		assert.ok((await sleepUntilChanged(file, FOREVER)) <= 1);
	});

	it('looks oftener where nothing can be watched', async () => {
		const slept = await sleepUntilChanged('/no\0name', { watched: 3_600_000, unwatched: 10 });
		assert.ok(slept <= 10);
	});
});
