import path from 'node:path';
import type { Host } from '../app/host.ts';
import { tell } from './output.ts';

/** A terminal, or a CI job's shell: the machine's clock, stderr, and the environment's tokens. */
export function terminalHost(): Host {
	const { GITHUB_API_URL: apiUrl } = process.env;
	return {
		packageFolder: path.join(__dirname, '..', '..'),
		now: Date.now,
		log: { info: tell, warn: tell, error: tell },
		async token({ host }) {
			const { findToken } = await import('../github/token.ts');
			return findToken(host, process.env);
		},
		...(apiUrl && { apiUrl }),
	};
}
