import { format } from 'node:util';
import { remoteUri, startEditor } from '../editor/editor.ts';
import { root } from '../editor/paths.ts';
import type { HostRun } from './hostRun.ts';

/** A suite that takes longer than this hangs, ms. */
const limit = 300_000;

/** What the workbench itself says through the tests' log. */
const chatter =
	/^(Creating a socket|Resolv(ing|ed) connection token|\[reconnection-grace-time\]|Updating additional builtin|\[AgentHost|\[AccountPolicyGate\]|\[Service Worker\]|getaddrinfo ENOTFOUND|Timed out waiting for authentication provider|Creation of workbench contribution|An unknown error occurred)/;

/** Runs tests in the extension host of a VS Code server, which a browser window starts. Returns its exit code. */
export async function runInWorkbench(run: HostRun): Promise<number> {
	const { folders, settings, env } = run;
	const editor = await startEditor({ extension: 'development', folders, settings, env });
	try {
		const page = await (await editor.browser()).newPage();
		const exit = new Promise<number>((resolve, reject) => {
			const fail = (why: string) => reject(new Error(`${why}:\n${editor.log()}`));
			setTimeout(() => fail(`The tests did not end within ${limit / 1000} s`), limit).unref();
			page.once('crash', () => fail('The page of the workbench crashed'));
			editor.ended.then(() => fail('The VS Code server ended'));
			// The two functions that VS Code's web workbench calls for tests.
			page.exposeFunction('codeAutomationExit', resolve).catch(reject);
		});
		await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
			const text = format(...args);
			if (!chatter.test(text)) {
				console.log(text);
			}
		});
		await page.goto(
			editor.url(folders, [
				['extensionDevelopmentPath', remoteUri(editor.base, root)],
				['extensionTestsPath', remoteUri(editor.base, run.tests)],
			]),
		);
		return await exit;
	} finally {
		await editor.stop();
	}
}
