import type { Host } from '../../src/app/host.ts';

/** A face for measures: the machine's clock, no words and no sign-in. */
export const quietHost: Host = {
	packageFolder: process.cwd(),
	now: Date.now,
	log: { info() {}, warn() {}, error() {} },
	token: async () => undefined,
};
