import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** How often a function of node:fs is called, by whomever, while `work` runs. */
export async function callsOf(name: 'fsyncSync' | 'readdirSync', work: () => Promise<unknown>): Promise<number> {
	const original = fs[name];
	let calls = 0;
	const counting = (...args: unknown[]) => {
		calls++;
		return (original as (...given: unknown[]) => unknown)(...args);
	};
	Object.assign(fs, { [name]: counting });
	syncBuiltinESMExports();
	try {
		await work();
	} finally {
		Object.assign(fs, { [name]: original });
		syncBuiltinESMExports();
	}
	return calls;
}
