import type { LogOutputChannel } from 'vscode';
import type { Host } from '../app/host.ts';
import type { Notifier } from './notifier.ts';
import type { SignIn } from './signIn.ts';
import { l10n } from './words.ts';

/** What the use cases need of the editor. GITHUB_API_URL, if the user's environment has it, says where GitHub's API is. */
export function hostOf(log: LogOutputChannel, signIn: SignIn, notifier: Notifier, packageFolder: string): Host {
	const apiUrl = process.env.GITHUB_API_URL;
	return {
		now: Date.now,
		packageFolder,
		log,
		token: (forge) => signIn.require(forge),
		trouble: (sentence) => {
			if (sentence === undefined) log.info(l10n.t('What was tracked in memory is on disk.'));
			else notifier.noticed(sentence);
		},
		...(apiUrl && { apiUrl }),
	};
}
