import assert from 'node:assert/strict';
import { type GitHubServer, startGitHubServer } from './server.ts';

let server: GitHubServer;

interface Answer {
	status: number;
	link: string | null;
	// biome-ignore lint/suspicious/noExplicitAny: whatever the server answers
	data: any;
}

/** @param target `METHOD /path` below the repository octo/demo. */
async function ask(target: string, body?: object | string, token: string | undefined = server.token): Promise<Answer> {
	const [method = '', path = ''] = target.split(/ (.*)/s);
	const response = await fetch(`${server.url}/repos/octo/demo${path}`, {
		method,
		headers: { ...(token && { authorization: `Bearer ${token}` }), accept: 'application/vnd.github+json' },
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, link: response.headers.get('link'), data: text && JSON.parse(text) };
}

describe('the GitHub server of the tests', () => {
	beforeEach(async () => {
		server = await startGitHubServer();
		server.addRepository({ files: { 'docs/a.md': 'Ä\n' } });
	});
	afterEach(() => server.close());

	for (const [what, target, body] of [
		['a path that GitHub does not have', 'GET /pull/1', undefined],
		['a method that GitHub does not have', 'PUT /pulls/1', {}],
		['an unknown query parameter', 'GET /pulls?branch=topic', undefined],
		['a query value outside its list', 'GET /pulls?state=merged', undefined],
		['a number that is none', 'GET /pulls/one', undefined],
		['a body of the wrong type', 'PATCH /pulls/1', { body: 1 }],
		['an unknown field', 'PATCH /pulls/1', { text: 'New' }],
		['a missing field', 'POST /issues/1/comments', {}],
		['a missing body', 'POST /issues/1/comments', undefined],
		['a body where none is taken', 'DELETE /issues/comments/1', {}],
	] as const) {
		it(`records ${what} as a violation`, async () => {
			server.addPullRequest();
			const { status, data } = await ask(target, body);
			assert.equal(status, 500);
			assert.equal(server.violations.length, 1);
			assert.ok(data.message.endsWith(server.violations[0]));
		});
	}

	it('records an answer of its own that GitHub would not give', async () => {
		server.addPullRequest({ headSha: 7 as unknown as string });
		assert.equal((await ask('GET /pulls/1')).status, 500);
		assert.deepEqual(server.violations, ['answer of pulls/get: answer/head/sha must be string']);
	});

	it('refuses what is no JSON', async () => {
		assert.equal((await ask('POST /issues', '{')).status, 400);
	});

	it('refuses a wrong token, and hides a private repository from who may not read it', async () => {
		assert.equal((await ask('GET /pulls', undefined, 'wrong')).status, 401);
		server.addRepository({ private: true });
		assert.equal((await ask('GET /pulls', undefined, '')).status, 404);
		const stranger = server.addToken('mallory');
		assert.equal((await ask('GET /pulls', undefined, stranger)).status, 404);
		server.setPermission('mallory', 'read');
		assert.equal((await ask('GET /pulls', undefined, stranger)).status, 200);
	});

	it('lets an author edit, a reader comment, and neither label', async () => {
		const token = server.addToken('bob');
		server.addPullRequest({ author: 'bob' });
		assert.equal((await ask('PATCH /pulls/1', { body: 'New' }, token)).status, 200);
		assert.equal((await ask('POST /issues/1/comments', { body: 'Hello' }, token)).status, 201);
		assert.equal((await ask('POST /issues/1/labels', { labels: ['session'] }, token)).status, 403);
		assert.equal((await ask('GET /collaborators/alice/permission', undefined, token)).status, 403);
	});

	it('serves lists in pages that point at each other by the number of the repository', async () => {
		for (let index = 0; index < 5; index += 1) server.addIssue();
		const first = await ask('GET /issues?per_page=2');
		assert.deepEqual(
			first.data.map((it: { number: number }) => it.number),
			[5, 4],
		);
		const [repository] = server.state.repositories.values();
		const base = `${server.url}/repositories/${repository?.id}/issues?per_page=2`;
		assert.equal(first.link, `<${base}&page=2>; rel="next", <${base}&page=3>; rel="last"`);
		const last = await fetch(`${base}&page=3`);
		assert.deepEqual(
			((await last.json()) as { number: number }[]).map(({ number }) => number),
			[1],
		);
		assert.equal(last.headers.get('link'), `<${base}&page=2>; rel="prev", <${base}&page=1>; rel="first"`);
	});

	it('opens a pull request, but not a second one of the same branch', async () => {
		const opened = await ask('POST /pulls', { title: 'feat', head: 'topic', base: 'main', body: '' });
		assert.deepEqual([opened.status, opened.data.number, opened.data.body], [201, 1, null]);
		const again = await ask('POST /pulls', { title: 'feat', head: 'octo:topic', base: 'main' });
		assert.equal(again.status, 422);
		assert.equal(again.data.errors[0].message, 'A pull request already exists for octo:topic.');
		await ask('PATCH /pulls/1', { state: 'closed' });
		assert.equal((await ask('POST /pulls', { title: 'feat', head: 'topic', base: 'main' })).status, 201);
	});

	it('ignores a head without an owner, as GitHub does', async () => {
		server.addPullRequest({ headRef: 'topic' });
		assert.equal((await ask('GET /pulls?head=other')).data.length, 1);
		assert.equal((await ask('GET /pulls?head=octo:other')).data.length, 0);
	});

	it('keeps labels, comments and the state of an issue', async () => {
		server.addIssue({ labels: ['a'] });
		await ask('POST /issues/1/labels', { labels: ['b', 'A'] });
		await ask('DELETE /issues/1/labels/a');
		assert.deepEqual(
			(await ask('GET /issues/1/labels')).data.map((it: { name: string }) => it.name),
			['b'],
		);
		assert.equal((await ask('DELETE /issues/1/labels/a')).status, 404);
		const { data } = await ask('POST /issues/1/comments', { body: 'Hello' });
		assert.equal((await ask(`GET /issues/comments/${data.id}`)).data.body, 'Hello');
		assert.equal((await ask(`DELETE /issues/comments/${data.id}`)).status, 204);
		assert.equal((await ask(`GET /issues/comments/${data.id}`)).status, 404);
		await ask('PATCH /issues/1', { state: 'closed', labels: [] });
		const issue = (await ask('GET /issues/1')).data;
		assert.deepEqual([issue.state, issue.labels, issue.comments], ['closed', [], 0]);
		assert.deepEqual(server.violations, []);
	});

	it('compares the two ends of a pull request', async () => {
		const at = { name: 'Alice', email: 'a@example.com', at: 0 };
		const commit = { sha: 'c'.repeat(40), parents: ['b'.repeat(40)], message: 'wip', author: at, committer: at };
		server.addPullRequest({ headRef: 'topic', commits: [commit], files: [{ path: 'a', status: 'added' }] });
		const { data } = await ask('GET /compare/main...topic');
		assert.deepEqual([data.total_commits, data.commits[0].sha, data.files[0].filename], [1, commit.sha, 'a']);
		assert.equal((await ask('GET /compare/main...other')).status, 404);
		assert.deepEqual(server.violations, []);
	});

	it('gives a file as a document or as its text, and a folder as a list', async () => {
		const file = (await ask('GET /contents/docs%2Fa.md')).data;
		assert.equal(Buffer.from(file.content, 'base64').toString(), 'Ä\n');
		assert.deepEqual(
			(await ask('GET /contents/docs')).data.map((it: { path: string }) => it.path),
			['docs/a.md'],
		);
		const headers = { accept: 'application/vnd.github.raw+json' };
		const raw = await fetch(`${server.url}/repos/octo/demo/contents/docs/a.md`, { headers });
		assert.equal(await raw.text(), 'Ä\n');
		assert.deepEqual(server.violations, []);
	});

	it('logs what was asked and answered', async () => {
		server.addPullRequest();
		await ask('PATCH /pulls/1', { body: 'New' });
		const [{ method, path, body, status } = assert.fail()] = server.requests;
		assert.deepEqual([method, path, body, status], ['PATCH', '/repos/octo/demo/pulls/1', { body: 'New' }, 200]);
	});
});
