import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../../src/core/userError.ts';
import { findBrowser } from './paths.ts';

/** Starts a Chromium without a window. Ends with this process. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = findBrowser();
	if (!executablePath) {
		throw new UserError('No Chromium was found: install the package "chromium", or set CHROMIUM_PATH.');
	}
	return chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
