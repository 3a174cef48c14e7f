import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the editor calls inside its extension host (`extensionTestsPath`): runs the suites beside this file.
 * The outcome goes to the file AUTO_PR_TEST_RESULT, with the run's AUTO_PR_TEST_TOKEN, since an editor that was
 * killed also reports success.
 */
export async function run(): Promise<void> {
	// Mocha is an ES module, and this file a CommonJS one.
	const { default: Mocha } = await import('mocha');
	const mocha = new Mocha({ timeout: 30_000, color: false, reporter: 'spec', forbidOnly: Boolean(process.env.CI) });
	for (const file of readdirSync(__dirname).sort()) {
		if (file.endsWith('.test.js')) {
			mocha.addFile(path.join(__dirname, file));
		}
	}
	await mocha.loadFilesAsync();
	const failures = await new Promise<number>((resolve) => {
		const runner = mocha.run(resolve);
		runner.once('end', () => {
			const { passes, failures, pending } = runner.stats!;
			const token = process.env.AUTO_PR_TEST_TOKEN;
			writeFileSync(process.env.AUTO_PR_TEST_RESULT!, JSON.stringify({ token, passes, failures, pending }));
		});
	});
	if (failures > 0) {
		throw new Error(`${failures} tests failed in the extension host.`);
	}
}
