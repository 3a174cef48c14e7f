import assert from 'node:assert/strict';
import path from 'node:path';
import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import { until } from '../editor/until.ts';
import type { TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the API, as another extension uses it', () => {
	let repository: TestRepository;
	let editor: Editor;
	let workbench: Workbench;

	before(async () => {
		repository = await makeShop();
		editor = await startEditor({
			folders: [repository.root],
			neighbour: path.join(import.meta.dirname, 'neighbour'),
		});
		workbench = await openWorkbench(editor);
	});

	after(async () => {
		await workbench?.close();
		await editor?.stop();
		await repository?.dispose();
	});

	/** Waits for what the other extension shows; returns how often it had heard of a session by then. */
	const shows = async (wanted: RegExp): Promise<number> => {
		const item = workbench.page.locator('.statusbar-item[id="octo.neighbour.neighbour"]');
		const text = await until(
			async () => (await item.allInnerTexts()).join().replaceAll('\u00a0', ' '),
			(shown) => wanted.test(shown),
		);
		return Number(/heard (\d+)$/.exec(text.trim())?.[1]);
	};

	it('says at first that no session runs, whichever of the two started sooner', async () => {
		assert.equal(await shows(/^no session/), 0);
	});

	it('tells of a session when it starts, when it goes on and when it ends', async () => {
		await repository.commit('wip: cart', { 'src/cart.ts': '1' });
		const begun = await shows(/^alice-\S+, commits: 1,/);
		await repository.commit('wip: prices', { 'src/price.ts': '1' });
		const on = await shows(/^alice-\S+, commits: 2,/);
		await workbench.screenshot('api-neighbour');
		await workbench.runCommand('Auto-PR: End Session');
		const ended = await shows(/^no session/);
		assert.ok(0 < begun && begun < on && on < ended, `${begun}, ${on}, ${ended}`);
	});
});
