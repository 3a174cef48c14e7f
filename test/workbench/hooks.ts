import type { Context } from 'mocha';
import { openWorkbenches } from './workbench.ts';

/** Run around every workbench test: a failed one leaves a picture of each open window in `test-results/`. */
export const mochaHooks = {
	async afterEach(this: Context): Promise<void> {
		if (this.currentTest?.state !== 'failed') {
			return;
		}
		let number = 0;
		for (const workbench of openWorkbenches()) {
			number += 1;
			console.error(`See ${await workbench.screenshot(`failed ${this.currentTest.fullTitle()} ${number}`)}`);
		}
	},
};
