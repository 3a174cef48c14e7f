import assert from 'node:assert/strict';
import { type GitHubServer, startGitHubServer } from './server.ts';

/**
 * Gives each test of the surrounding `describe` a server with the repository octo/demo, and fails the test if a request or
 * answer went against GitHub's description.
 * @returns what gives the running test's server.
 */
export function useGitHubServer(): () => GitHubServer {
	let server: GitHubServer | undefined;
	beforeEach(async () => {
		server = await startGitHubServer();
		server.addRepository({ owner: 'octo', name: 'demo' });
	});
	afterEach(async () => {
		await server?.close();
		assert.deepEqual(server?.violations, []);
	});
	return () => {
		assert.ok(server, 'The server runs only during a test.');
		return server;
	};
}
