// `npm run pictures`: takes the pictures of the walkthrough, media/walkthrough/*.png, from the running product.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startEditor } from '../editor/editor.ts';
import { root } from '../editor/paths.ts';
import { startGitHubServer } from '../github-server/server.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { makePictureShop } from './pictureShop.ts';

/** Small enough for a step, in CSS pixels. */
const size = { width: 760, height: 480 };

async function take(): Promise<void> {
	const github = await startGitHubServer();
	github.addRepository({ owner: 'octo', name: 'demo' });
	const repository = await makePictureShop();
	await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
	const editor = await startEditor({
		folders: [repository.root],
		settings: { 'workbench.colorTheme': 'Default Dark Modern' },
		env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token },
	});
	const folder = path.join(root, 'media', 'walkthrough');
	mkdirSync(folder, { recursive: true });
	try {
		const workbench = await openWorkbench(editor, size);
		const { page } = workbench;
		const picture = (name: string) =>
			page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
		await workbench.statusText('autoPr.status', (text) => /No session/.test(text));
		await workbench.runCommand('Auto-PR: Set Up Repository');
		await page.getByText('nothing is written yet').first().waitFor();
		await workbench.picks();
		// Away from the list, whose hover would lie over its title.
		await page.mouse.move(500, 400);
		await page.locator('.monaco-hover').waitFor({ state: 'hidden' });
		await picture('setUp');
		await workbench.press('Escape');
		await workbench.runCommand('Auto-PR: Start Session');
		await workbench.openFile('README.md');
		await repository.git('switch', '--quiet', '--create', 'cart');
		await repository.commit('wip: cart', {
			'src/cart.ts': 'export const cart = [];\n',
			'src/shop.ts': "export { cart } from './cart.ts';\n\nexport const open = true;\n",
		});
		await repository.commit('wip: tests for the cart', {
			'test/cart.test.ts': "import { cart } from '../src/cart.ts';\n",
		});
		await workbench.statusText('autoPr.status', (text) => text.includes('2 commits'));
		await workbench.statusItem('autoPr.status').locator('a').hover();
		await page.locator('.monaco-hover').getByText('alice-').first().waitFor();
		await picture('session');
		await page.mouse.move(500, 200);
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
		await workbench.runCommand('Auto-PR: Open Dashboard in Editor');
		await workbench.webview().locator('#sessions', { hasText: '5 sessions' }).waitFor();
		await page.mouse.move(500, 200);
		await picture('follow');
		await workbench.runCommand('Auto-PR: Show Session Changes');
		await page.locator('.editor-instance').getByText('cart').first().waitFor();
		await picture('changes');
		await workbench.runCommand('Auto-PR: Create Pull Request…');
		await page.getByText('The title of the pull request').first().waitFor();
		await workbench.answer('The cart');
		await page.locator('.monaco-dialog-box').waitFor();
		await picture('pullRequest');
		await workbench.close();
		console.log(folder);
	} finally {
		await editor.stop();
		await repository.dispose();
		await github.close();
	}
}

take().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
