// `npm run pictures`: takes media/session.png, the README's picture, from the running product.
import path from 'node:path';
import { startEditor } from '../editor/editor.ts';
import { root } from '../editor/paths.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { makePictureShop } from './pictureShop.ts';

/** What an agent did in the picture: message and files of each commit. */
const commits: readonly (readonly [string, readonly string[]])[] = [
	['Auto-PR: src (1 files)', ['src/cart.ts']],
	['wip: prices in cents', ['src/cart.ts', 'src/price.ts']],
	['checkpoint: tests for the cart', ['test/cart.test.ts']],
	['checkpoint: describe the cart', ['docs/cart.md']],
];

async function take(): Promise<void> {
	const repository = await makePictureShop();
	const editor = await startEditor({
		folders: [repository.root],
		settings: { 'workbench.colorTheme': 'Default Dark Modern' },
	});
	try {
		const workbench = await openWorkbench(editor, { width: 1100, height: 860 });
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await workbench.openFile('README.md');
		await workbench.openView('Auto-PR Sessions');
		for (const [message, files] of commits) {
			await repository.commit(message, Object.fromEntries(files.map((file) => [file, `${message}\n`])));
		}
		await workbench.statusText('autoPr.status', (text) => text.includes(`${commits.length} commits`));
		await workbench.webview().getByText('alice-').first().waitFor();
		// The pointer rests on the activity bar, whose own hover would be in the picture.
		await workbench.page.mouse.move(600, 300);
		await workbench.statusItem('autoPr.status').locator('a').hover();
		await workbench.page.locator('.monaco-hover').getByText('alice-').first().waitFor();
		const file = path.join(root, 'media', 'session.png');
		await workbench.page.screenshot({ path: file, animations: 'disabled' });
		await workbench.close();
		console.log(file);
	} finally {
		await editor.stop();
		await repository.dispose();
	}
}

take().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
