import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useGitHubServer } from '../../test/github-server/useGitHubServer.ts';
import { createClient } from './client.ts';
import type { ConnectionOptions } from './connection.ts';
import type { GitHubError } from './errors.ts';
import type { GitHub } from './types.ts';

interface Setting extends Partial<ConnectionOptions> {
	apiUrl?: string;
}

describe('a connection to GitHub', () => {
	const server = useGitHubServer();

	function client({ apiUrl = server().url, ...given }: Setting = {}): GitHub {
		const forge = { host: 'github.com', owner: 'octo', repository: 'demo', apiUrl };
		const patience = { second: 1, ...given.patience };
		return createClient({ forge, token: async () => server().token, userAgent: 'test', ...given, patience });
	}

	/** What an operation rejected with. */
	async function errorOf(work: Promise<unknown>): Promise<GitHubError> {
		try {
			await work;
		} catch (error) {
			return error as GitHubError;
		}
		assert.fail('It was expected to fail.');
	}

	const stored = () => [...server().state.repositories.values()][0]?.issues.get(1)?.body;

	describe('without an answer from GitHub', () => {
		it('says that it could not be reached, and works when it is back', async () => {
			server().addPullRequest({ body: 'Text' });
			const github = client();
			server().goOffline();
			const error = await errorOf(github.updateBody(1, (body) => `${body}!`));
			assert.deepEqual([error.kind, error.temporary], ['offline', true]);
			assert.match(error.message, /^Could not reach github\.com to read pull request #1 in octo\/demo: .+\.$/);
			server().goOnline();
			assert.deepEqual(await github.updateBody(1, (body) => `${body}!`), { changed: true });
		});

		it('says so when nothing listens there', async () => {
			const unused = createServer();
			await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
			const { port } = unused.address() as AddressInfo;
			await new Promise((resolve) => unused.close(resolve));
			const error = await errorOf(client({ apiUrl: `http://127.0.0.1:${port}` }).pullRequest(1));
			assert.equal(error.kind, 'offline');
			assert.match(error.message, /ECONNREFUSED/);
		});

		it('gives up on an answer that does not come', async () => {
			server().failNext({ status: 'timeout', times: 3 });
			const error = await errorOf(client({ patience: { answerWithin: 50 } }).pullRequest(1));
			assert.equal(error.kind, 'offline');
			assert.match(error.message, /no answer within 0\.05 s/);
		});

		it('asks again after a broken connection', async () => {
			server().addPullRequest();
			server().failNext({ status: 'reset' });
			assert.equal((await client().pullRequest(1)).number, 1);
		});

		it('does not take an answer that breaks off for an empty one', async () => {
			const half = createServer((_, response) => {
				response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
				response.write('[');
				setTimeout(() => response.destroy(), 10);
			});
			await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve));
			const { port } = half.address() as AddressInfo;
			const error = await errorOf(client({ apiUrl: `http://127.0.0.1:${port}` }).comments(1));
			half.close();
			assert.equal(error.kind, 'offline');
		});

		it('does not take the page of a network that wants a sign-in for an answer', async () => {
			server().failNext({ status: 200, text: '<h1>Welcome to our hotel</h1>', times: 3 });
			const error = await errorOf(client().contents('a.md', 'main'));
			assert.equal(error.kind, 'offline');
			assert.match(error.message, /the answer is text\/html, not from GitHub's API/);
		});
	});

	describe('a failure of GitHub', () => {
		it('is tried again, and then forgotten', async () => {
			server().addPullRequest({ body: 'Text' });
			server().failNext({ status: 503, times: 2, match: /^PATCH/ });
			assert.deepEqual(await client().updateBody(1, () => 'New'), { changed: true });
			assert.equal(stored(), 'New');
		});

		it('is said when it stays, after three requests', async () => {
			server().failNext({ status: 502, times: 10 });
			const error = await errorOf(client().pullRequest(7));
			assert.deepEqual([error.kind, error.temporary], ['server', true]);
			assert.equal(
				error.message,
				'Could not read pull request #7 in octo/demo: github.com failed with 502: Bad Gateway.',
			);
			assert.equal(server().requests.length, 3);
		});

		it('never makes two comments or issues of one', async () => {
			server().addPullRequest();
			const github = client();
			server().failNext({ status: 502, applied: true });
			assert.equal((await errorOf(github.createComment(1, 'Score'))).kind, 'server');
			assert.equal((await github.comments(1)).length, 1);
			server().failNext({ status: 'reset', applied: true });
			assert.equal(
				(await errorOf(github.createIssue({ title: 'Orphans', body: '', labels: ['health'] }))).kind,
				'offline',
			);
			assert.equal((await github.issuesWithLabel('health')).length, 1);
		});

		it('after which the body was written all the same leaves it written once', async () => {
			server().addPullRequest({ body: 'Text' });
			server().failNext({ status: 502, applied: true, match: /^PATCH/ });
			assert.deepEqual(await client().updateBody(1, (body) => `${body}!`), { changed: true });
			assert.equal(stored(), 'Text!');
		});
	});

	describe('a rate limit', () => {
		it('that ends soon is waited for, also where a request is sent only once', async () => {
			server().addPullRequest();
			server().failNext({ status: 429, headers: { 'retry-after': '2' } });
			assert.equal((await client().createComment(1, 'Score')).body, 'Score');
			server().failNext({ status: 403, message: 'API rate limit exceeded', headers: limit(inSeconds(3)) });
			assert.equal((await client().pullRequest(1)).number, 1);
			assert.equal(server().requests.length, 4);
		});

		it('that ends later is said with its end, and not waited for', async () => {
			const reset = inSeconds(1800);
			server().failNext({ status: 403, message: 'API rate limit exceeded for user ID 1.', headers: limit(reset) });
			const error = await errorOf(client().pullRequest(1));
			assert.deepEqual([error.kind, error.temporary, error.retryAt], ['rateLimit', true, reset * 1000]);
			const until = new Date(reset * 1000).toISOString();
			assert.equal(
				error.message,
				`github.com takes no more requests until ${until}: could not read pull request #1 in octo/demo.`,
			);
			assert.equal(server().requests.length, 1);
		});

		it('that stays after the wait is said', async () => {
			server().failNext({ status: 429, headers: { 'retry-after': '1' }, times: 5 });
			assert.equal((await errorOf(client().pullRequest(1))).kind, 'rateLimit');
			assert.equal(server().requests.length, 2);
		});

		it('without a time ends in a minute', async () => {
			const before = Date.now();
			server().failNext({ status: 403, message: 'You have exceeded a secondary rate limit.' });
			const { kind, retryAt = 0 } = await errorOf(client().pullRequest(1));
			assert.equal(kind, 'rateLimit');
			assert.ok(retryAt >= before + 60_000 && retryAt <= Date.now() + 60_000);
		});

		const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1000) + seconds;
		const limit = (reset: number) => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) });
	});

	describe('a refusal', () => {
		it('without a token says to sign in', async () => {
			server().addPullRequest();
			const github = client({ token: async () => undefined });
			assert.equal((await github.pullRequest(1)).number, 1);
			const error = await errorOf(github.updateBody(1, () => 'New'));
			assert.deepEqual([error.kind, error.temporary], ['unauthorized', false]);
			assert.equal(
				error.message,
				'Could not write the body of pull request #1 in octo/demo: sign in to github.com, or set GITHUB_TOKEN.',
			);
		});

		it('of a token says so, and is not tried again', async () => {
			const error = await errorOf(client({ token: async () => 'ghp_revoked' }).pullRequest(1));
			assert.equal(error.kind, 'unauthorized');
			assert.match(error.message, /github\.com refuses the token, sign in again or renew it\.$/);
			assert.equal(server().requests.length, 1);
		});

		it('for want of write access says what the token needs', async () => {
			server().addPullRequest({ body: 'Text', author: 'alice' });
			server().setPermission('bob', 'read');
			const token = server().addToken('bob');
			const error = await errorOf(client({ token: async () => token }).updateBody(1, () => 'New'));
			assert.deepEqual([error.kind, error.temporary, error.retryAt], ['forbidden', false, undefined]);
			assert.match(error.message, /^You may not write the body of pull request #1 in octo\/demo: .+write access/);
			assert.equal(stored(), 'Text');
		});

		it('for want of single sign-on says so', async () => {
			const headers = { 'x-github-sso': 'required; url=https://github.com/orgs/octo/sso?authorization_request=A' };
			server().failNext({ status: 403, message: 'Resource protected by organization SAML enforcement.', headers });
			const error = await errorOf(client().pullRequest(1));
			assert.equal(error.kind, 'forbidden');
			assert.match(error.message, /SAML enforcement\. Authorize the token for the organization/);
		});

		it('of what does not exist, or is hidden, says both', async () => {
			assert.equal((await errorOf(client().pullRequest(99))).kind, 'notFound');
			server().addRepository({ owner: 'octo', name: 'demo', private: true });
			const error = await errorOf(client({ token: async () => undefined }).pullRequestsOf('topic'));
			assert.equal(
				error.message,
				'Could not list the pull requests from octo:topic in octo/demo: github.com has no such thing, or it needs a sign-in.',
			);
		});
	});

	describe('a token', () => {
		it('is asked for before each operation, so that a new sign-in counts at once', async () => {
			server().addPullRequest();
			let token = 'ghp_old';
			const github = client({ token: async () => token });
			assert.equal((await errorOf(github.pullRequest(1))).kind, 'unauthorized');
			token = server().token;
			assert.equal((await github.pullRequest(1)).number, 1);
		});

		it('is in no message, even if GitHub or the network repeats it', async () => {
			const token = server().token;
			server().failNext({ status: 422, message: `bad token ${token}` });
			const refused = await errorOf(client().pullRequest(1));
			const broken = await errorOf(
				client({ fetch: () => Promise.reject(new Error(`cannot send Bearer ${token}`)) }).pullRequest(1),
			);
			for (const error of [refused, broken]) {
				assert.doesNotMatch(`${error.message}${error.stack}${JSON.stringify(error)}`, new RegExp(token));
				assert.equal(error.cause, undefined);
			}
		});

		it('that cannot be one is refused without being sent or repeated', async () => {
			const error = await errorOf(client({ token: async () => 'ghp_se\ncret' }).pullRequest(1));
			assert.equal(error.kind, 'unauthorized');
			assert.doesNotMatch(error.message, /cret/);
			assert.equal(server().requests.length, 0);
		});

		it('goes to no other server, even if an answer sends us there', async () => {
			const seen: (string | undefined)[] = [];
			const other = createServer((request, response) => {
				seen.push(request.headers.authorization);
				response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
			});
			await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
			const { port } = other.address() as AddressInfo;
			const link = `<http://127.0.0.1:${port}/next>; rel="next"`;
			const headers = { 'content-type': 'application/json', link };
			server().failNext({ status: 200, text: '[]', headers });
			await client().comments(1);
			server().failNext({ status: 302, headers: { location: `http://127.0.0.1:${port}/moved` } });
			await client().comments(1);
			other.close();
			assert.deepEqual(seen, [undefined, undefined]);
		});
	});

	describe('while it is open', () => {
		it('names this program and the version of the API that it was written for', async () => {
			server().addPullRequest();
			await client({ userAgent: 'auto-pr-sessions/0.1.0' }).pullRequest(1);
			const [{ headers } = assert.fail()] = server().requests;
			assert.match(String(headers['user-agent']), /^auto-pr-sessions\/0\.1\.0 /);
			assert.equal(headers['x-github-api-version'], '2022-11-28');
		});

		it('ends at once when it is told to, also while it waits to ask again', async () => {
			const controller = new AbortController();
			server().failNext({ status: 503, times: 10 });
			const github = client({ signal: controller.signal, patience: { second: 500 } });
			const reason = new Error('The window closes.');
			const pending = github.pullRequest(1);
			while (server().requests[0]?.status === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
			controller.abort(reason);
			assert.equal(await errorOf(pending), reason);
			assert.equal(await errorOf(github.pullRequest(1)), reason);
			assert.equal(server().requests.length, 1);
		});

		it('ends a request that is under way', async () => {
			const controller = new AbortController();
			server().failNext({ status: 'timeout' });
			const pending = client({ signal: controller.signal }).pullRequest(1);
			while (server().requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
			controller.abort();
			assert.equal((await errorOf(pending)).name, 'AbortError');
		});

		it('works with the path of GitHub Enterprise Server', async () => {
			for (let index = 0; index < 101; index += 1) server().addIssue({ labels: ['health'] });
			assert.equal((await client({ apiUrl: `${server().url}/api/v3` }).issuesWithLabel('health')).length, 101);
		});
	});
});
