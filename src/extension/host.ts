import type { LogOutputChannel } from 'vscode';
import type { Host } from '../app/host.ts';
import type { SignIn } from './signIn.ts';

/** What the use cases need of the editor. GITHUB_API_URL, if the user's environment has it, says where GitHub's API is. */
export function hostOf(log: LogOutputChannel, signIn: SignIn): Host {
	const apiUrl = process.env.GITHUB_API_URL;
	return {
		now: Date.now,
		log,
		token: (forge) => signIn.require(forge),
		...(apiUrl && { apiUrl }),
	};
}
