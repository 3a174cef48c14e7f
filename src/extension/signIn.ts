import * as vscode from 'vscode';
import type { Forge } from '../github/remote.ts';

/** What reading and editing pull requests needs, private repositories included: docs.github.com, "Scopes for OAuth apps". */
const SCOPES = ['repo'];

/** The user's sign-in to a forge: the editor's own, else a token of the environment or of GitHub's command line. */
export class SignIn {
	readonly #log: vscode.LogOutputChannel;

	constructor(log: vscode.LogOutputChannel) {
		this.#log = log;
	}

	/** A token, without asking the user for anything. */
	async find(forge: Forge): Promise<string | undefined> {
		const session = await this.#editorSession(forge, { silent: true });
		if (session) return session.accessToken;
		const { findToken } = await import('../github/token.ts');
		return findToken(forge.host, process.env);
	}

	/**
	 * As `find`, but without a token nothing is sent: a request that can only be refused says less than this.
	 * @throws GitHubError when nobody is signed in
	 */
	async require(forge: Forge): Promise<string> {
		const token = await this.find(forge);
		if (token) return token;
		const { GitHubError } = await import('../github/errors.ts');
		throw new GitHubError('unauthorized', `Sign in to ${forge.host} to publish.`);
	}

	/** Has the user sign in, unless there is a token. Resolves to whether there is one then. */
	async ask(forge: Forge): Promise<boolean> {
		if (await this.find(forge)) return true;
		return (await this.#editorSession(forge, { createIfNone: true })) !== undefined;
	}

	async #editorSession(
		{ host }: Forge,
		options: vscode.AuthenticationGetSessionOptions,
	): Promise<vscode.AuthenticationSession | undefined> {
		const provider = providerOf(host);
		if (!provider) return undefined;
		try {
			return await vscode.authentication.getSession(provider, SCOPES, options);
		} catch (error) {
			// The user said no, or this editor has no such provider.
			this.#log.info(`No sign-in to ${host} from the editor: ${(error as Error).message}`);
			return undefined;
		}
	}
}

/** The editor's provider of sign-ins to a host: one for github.com, one for the server that the user's setting names. */
function providerOf(host: string): string | undefined {
	if (host === 'github.com') return 'github';
	const server = vscode.workspace.getConfiguration('github-enterprise').get<string>('uri');
	return server && URL.canParse(server) && new URL(server).host === host ? 'github-enterprise' : undefined;
}
