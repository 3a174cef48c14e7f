import assert from 'node:assert/strict';
import fc from 'fast-check';
import { useGitHubServer } from '../../test/github-server/useGitHubServer.ts';
import { UserError } from '../core/userError.ts';
import { createClient } from './client.ts';
import type { GitHub } from './types.ts';

describe('a client of GitHub', () => {
	const server = useGitHubServer();

	/** A client of octo/demo, signed in as its administrator. */
	function client(token = server().token): GitHub {
		const forge = { host: 'github.com', owner: 'octo', repository: 'demo', apiUrl: server().url };
		return createClient({
			forge,
			token: async () => token,
			userAgent: 'test',
			patience: { second: 1 },
		});
	}

	const at = (text: string) => Date.parse(text);

	describe('pull requests', () => {
		it('are found by their branch, open or not, newest first', async () => {
			const day = (number: number) => at(`2025-11-${10 + number}T12:00:00Z`);
			server().addPullRequest({ headRef: 'topic', state: 'closed', createdAt: day(1) });
			server().addPullRequest({ headRef: 'other', createdAt: day(2) });
			server().addPullRequest({ headRef: 'topic', createdAt: day(3) });
			const found = await client().pullRequestsOf('topic');
			assert.deepEqual(
				found.map(({ number, state }) => [number, state]),
				[
					[3, 'open'],
					[1, 'closed'],
				],
			);
		});

		it('of another branch on the same commit are not taken for those of the branch', async () => {
			const { pull } = server().addPullRequest({ headRef: 'topic' });
			const [repository] = server().state.repositories.values();
			repository?.branches.set('octo:twin', pull.headSha);
			assert.deepEqual(await client().pullRequestsOf('twin'), []);
		});

		it('of a fork are found by its owner, whatever the case of the name', async () => {
			server().addPullRequest({ headRef: 'main', headOwner: 'Bob', headRepository: 'Bob/demo' });
			assert.deepEqual(await client().pullRequestsOf('main'), []);
			const [found] = await client().pullRequestsOf('main', 'bob');
			assert.equal(found?.headRepository, 'Bob/demo');
		});

		it('are found by a branch whose name needs encoding', async () => {
			server().addPullRequest({ headRef: 'feature/ünï & 100%+#1' });
			assert.equal((await client().pullRequestsOf('feature/ünï & 100%+#1')).length, 1);
		});

		it('tell what a session needs of them', async () => {
			server().addPullRequest({
				title: 'feat: login',
				body: 'Text',
				author: 'copilot-swe-agent[bot]',
				state: 'closed',
				closedAt: at('2025-11-19T15:00:00Z'),
				mergedAt: at('2025-11-19T15:00:00Z'),
				labels: ['session'],
				headRef: 'login',
				headSha: 'a'.repeat(40),
				baseSha: 'b'.repeat(40),
				createdAt: at('2025-11-19T14:00:00Z'),
				updatedAt: at('2025-11-19T15:00:00Z'),
			});
			assert.deepEqual(await client().pullRequest(1), {
				number: 1,
				title: 'feat: login',
				body: 'Text',
				state: 'closed',
				merged: true,
				draft: false,
				author: 'copilot-swe-agent[bot]',
				authorType: 'Bot',
				headRef: 'login',
				headSha: 'a'.repeat(40),
				headRepository: 'octo/demo',
				baseRepository: 'octo/demo',
				baseRef: 'main',
				baseSha: 'b'.repeat(40),
				labels: ['session'],
				createdAt: at('2025-11-19T14:00:00Z'),
				updatedAt: at('2025-11-19T15:00:00Z'),
				url: `${server().url}/octo/demo/pull/1`,
			});
		});

		it('outlive their fork and its owner', async () => {
			server().addPullRequest({ headOwner: null, headRepository: null });
			assert.equal('headRepository' in (await client().pullRequest(1)), false);
			assert.deepEqual(await client().pullRequestsOf('topic'), []);
		});

		it('list their commits over several pages, oldest first', async () => {
			const commits = Array.from({ length: 230 }, (_, index) => commit(index));
			server().addPullRequest({ commits });
			const found = await client().pullRequestCommits(1);
			assert.deepEqual(
				found.map(({ sha }) => sha),
				commits.map(({ sha }) => sha),
			);
			assert.deepEqual(found[1], {
				sha: commit(1).sha,
				parents: [commit(0).sha],
				author: { name: 'Alice', email: 'alice@example.com' },
				committer: { name: 'GitHub', email: 'noreply@github.com' },
				authoredAt: commit(1).author.at,
				committedAt: commit(1).committer.at,
				message: 'wip: 1\n\nSession-Id: alice-20251119-1430\n',
				authorLogin: 'alice',
			});
		});

		it('list their files over several pages, with what happened to them', async () => {
			const many = Array.from({ length: 120 }, (_, index) => ({ path: `lib/${index}.ts`, status: 'added' as const }));
			server().addPullRequest({
				files: [
					...many,
					{ path: 'new name.md', from: 'old.md', status: 'renamed', additions: 2, deletions: 3 },
					{ path: 'gone', status: 'removed' },
					{ path: 'mode', status: 'changed' },
				],
			});
			const found = await client().pullRequestFiles(1);
			assert.equal(found.length, 123);
			assert.deepEqual(found[120], { kind: 'R', path: 'new name.md', from: 'old.md', additions: 2, deletions: 3 });
			assert.deepEqual(
				found.slice(121).map(({ kind }) => kind),
				['D', 'M'],
			);
		});
	});

	/** The nth of a chain of commits. */
	function commit(index: number) {
		const sha = (number: number) => String(number).padStart(40, '0');
		return {
			sha: sha(index),
			parents: [sha(index - 1)],
			message: `wip: ${index}\n\nSession-Id: alice-20251119-1430\n`,
			author: { name: 'Alice', email: 'alice@example.com', at: at('2025-11-19T14:30:00Z') + index * 1000 },
			committer: { name: 'GitHub', email: 'noreply@github.com', at: at('2025-11-19T14:31:00Z') + index * 1000 },
			login: 'alice',
		};
	}

	describe('the pull requests of a session', () => {
		it('are all found by its label: 1,000 of them, open or not, and no issue among them', async () => {
			for (let index = 0; index < 1000; index += 1) {
				const session = index % 2 === 0 ? { labels: ['Alice-20251119-1430'] } : { labels: ['other'] };
				server().addPullRequest({ headRef: `b${index}`, state: index % 4 === 0 ? 'open' : 'closed', ...session });
				server().addPullRequest({ headRef: `c${index}`, labels: ['alice-20251119-1430'] });
			}
			server().addIssue({ labels: ['alice-20251119-1430'] });
			const found = await client().pullRequestsWithLabel('alice-20251119-1430');
			assert.equal(found.length, 1500);
			assert.equal(new Set(found.map(({ number }) => number)).size, 1500);
			assert.equal(server().requests.length, 16);
		});

		it('are found by the trailers of what changed since it began', async () => {
			const trailer = 'Text\n\nSession-Id: alice-20251119-1430';
			server().addPullRequest({ createdAt: at('2025-11-18T10:00:00Z'), updatedAt: at('2025-11-18T11:00:00Z') });
			server().addPullRequest({
				createdAt: at('2025-11-18T10:00:00Z'),
				updatedAt: at('2025-11-19T14:40:00Z'),
				body: trailer,
			});
			server().addPullRequest({
				createdAt: at('2025-11-19T14:50:00Z'),
				state: 'closed',
				mergedAt: at('2025-11-19T14:55:00Z'),
				draft: true,
				body: trailer,
			});
			server().addIssue({ createdAt: at('2025-11-19T15:00:00Z') });
			const found = await client().pullRequestsUpdatedSince(at('2025-11-19T14:30:00Z'));
			assert.deepEqual(
				found.map(({ number, merged, draft, body }) => [number, merged, draft, body]),
				[
					[2, false, false, trailer],
					[3, true, true, trailer],
				],
			);
		});

		it('cannot be asked for by a label that GitHub reads as two', async () => {
			await assert.rejects(client().pullRequestsWithLabel('a,b'), UserError);
		});
	});

	describe('the body of a pull request', () => {
		const trailer = 'Session-Id: alice-20251119-1430';
		const append = (body: string) => (body.includes(trailer) ? body : `${body}\n\n${trailer}`);
		const stored = (number = 1) => [...server().state.repositories.values()][0]?.issues.get(number)?.body;
		const writes = () => server().requests.filter(({ method }) => method === 'PATCH');

		it('is changed by the edit, and nothing else of the pull request is sent', async () => {
			server().addPullRequest({ body: 'Text', title: 'Title' });
			assert.deepEqual(await client().updateBody(1, append), { changed: true });
			assert.equal(stored(), `Text\n\n${trailer}`);
			assert.deepEqual(
				writes().map(({ body }) => body),
				[{ body: `Text\n\n${trailer}` }],
			);
		});

		it('is the same after the same edit again, and not written', async () => {
			server().addPullRequest({ body: 'Text' });
			await client().updateBody(1, append);
			assert.deepEqual(await client().updateBody(1, append), { changed: false });
			assert.equal(writes().length, 1);
		});

		it('is empty where GitHub has none', async () => {
			server().addPullRequest({ body: null });
			let seen: string | undefined;
			await client().updateBody(1, (body) => {
				seen = body;
				return trailer;
			});
			assert.equal(seen, '');
			assert.equal(stored(), trailer);
		});

		it('can be emptied', async () => {
			server().addPullRequest({ body: trailer });
			assert.deepEqual(await client().updateBody(1, () => ''), { changed: true });
			assert.equal(stored(), null);
		});

		it('keeps CRLF, emoji, blanks and whatever else stood there, byte for byte', async () => {
			server().addPullRequest();
			const [repository] = server().state.repositories.values();
			const issue = repository?.issues.get(1);
			assert.ok(issue);
			const part = fc.oneof(
				fc.string({ unit: 'grapheme' }),
				fc.constantFrom(
					'\r\n',
					'\n',
					'\t',
					'  ',
					'👩‍👩‍👧',
					'🤖',
					'é',
					'é',
					'\u2028',
					'\u0000',
					'123n',
					'"12345678901234567890n"',
					'\\',
					'\\u0041',
					'<!-- -->',
				),
			);
			const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
			await fc.assert(
				fc.asyncProperty(text, text, async (before, after) => {
					issue.body = before;
					await client().updateBody(1, (body) => {
						assert.equal(body, before);
						return after;
					});
					assert.equal(issue.body ?? '', after);
				}),
				{
					numRuns: 60,
					examples: [
						['', 'its value is "123n'],
						['\r\n', '\r\n\r\n'],
					],
				},
			);
		});

		it('is read anew for each edit, so that edits made at once by one client all arrive', async () => {
			server().addPullRequest({ body: '' });
			const github = client();
			await Promise.all(Array.from({ length: 8 }, (_, index) => github.updateBody(1, (body) => `${body}${index};`)));
			assert.equal(stored(), '0;1;2;3;4;5;6;7;');
		});

		it('keeps what a person wrote since the last edit', async () => {
			const issue = server().addPullRequest({ body: 'Text' });
			const github = client();
			await github.updateBody(1, append);
			issue.body = `A person's words\r\n\r\n${issue.body}`;
			await github.updateBody(1, (body) => `${body}\nSession-End: explicit 2025-11-19T15:12:00Z`);
			assert.equal(stored(), `A person's words\r\n\r\nText\n\n${trailer}\nSession-End: explicit 2025-11-19T15:12:00Z`);
		});

		it('stays as it is when the edit refuses, and the next edit goes on', async () => {
			server().addPullRequest({ body: 'Text' });
			const github = client();
			const refusal = new UserError('The trailers do not fit.');
			const refused = github.updateBody(1, () => {
				throw refusal;
			});
			const next = github.updateBody(1, append);
			await assert.rejects(refused, refusal);
			assert.deepEqual(await next, { changed: true });
			assert.equal(writes().length, 1);
		});

		it('may have 65,536 characters, emoji counted as one, and not one more', async () => {
			server().addPullRequest({ body: 'Text' });
			const full = `${'🤖'.repeat(1000)}${'x'.repeat(64_536)}`;
			assert.deepEqual(await client().updateBody(1, () => full), { changed: true });
			await assert.rejects(
				client().updateBody(1, (body) => `${body}x`),
				{
					kind: 'invalid',
					message:
						'Could not write the body of pull request #1 in octo/demo: github.com refused it with 422: Validation Failed; body is too long (maximum is 65536 characters).',
				},
			);
			assert.equal(stored(), full);
		});

		it('is not said to be written when GitHub stored something else', async () => {
			server().addPullRequest({ body: 'Text' });
			// GitHub has no lone surrogates.
			await assert.rejects(
				client().updateBody(1, () => 'half an emoji: \ud83e'),
				{ kind: 'invalid' },
			);
		});
	});

	describe('labels, comments and issues', () => {
		it('labels a pull request, once', async () => {
			server().addPullRequest({ labels: ['bug'] });
			await client().addLabel(1, 'session');
			await client().addLabel(1, 'session');
			assert.deepEqual((await client().pullRequest(1)).labels, ['bug', 'session']);
		});

		it('says which label is too long', async () => {
			server().addPullRequest();
			await assert.rejects(client().addLabel(1, 'x'.repeat(51)), {
				kind: 'invalid',
				message: /maximum is 50 characters/,
			});
		});

		it('lists all comments, oldest first, and creates and changes one', async () => {
			server().addPullRequest();
			for (let index = 0; index < 101; index += 1) server().addComment(1, `comment ${index}`, 'github-actions[bot]');
			const github = client();
			const created = await github.createComment(1, 'Score: 7\r\n🤖');
			assert.equal((await github.updateComment(created.id, 'Score: 8')).body, 'Score: 8');
			const all = await github.comments(1);
			assert.equal(all.length, 102);
			assert.deepEqual([all[0]?.body, all[0]?.author, all[0]?.authorType], ['comment 0', 'github-actions[bot]', 'Bot']);
			assert.deepEqual(all.at(-1), { ...created, body: 'Score: 8', updatedAt: all.at(-1)?.updatedAt });
		});

		it('deletes a comment, and is content where somebody was faster', async () => {
			server().addPullRequest();
			const { id } = await client().createComment(1, 'x');
			await client().deleteComment(id);
			await client().deleteComment(id);
			assert.deepEqual(await client().comments(1), []);
		});

		it('tells who put the eyes on a comment first', async () => {
			server().addPullRequest();
			const { id } = await client().createComment(1, 'x');
			const both = await Promise.all([client().watchComment(id), client().watchComment(id)]);
			assert.deepEqual(both.map(({ mine }) => mine).sort(), [false, true]);
			assert.equal(both[0].id, both[1].id);
			assert.equal(await client().unwatchComment(id, both[0].id), true);
			assert.equal(await client().unwatchComment(id, both[0].id), false);
			assert.equal((await client().watchComment(id)).mine, true);
		});

		it('opens, finds and closes an issue', async () => {
			const github = client();
			server().addPullRequest({ labels: ['health'] });
			const opened = await github.createIssue({ title: 'Orphans', body: '3 sessions', labels: ['health'] });
			assert.deepEqual(
				(await github.issuesWithLabel('health')).map(({ number }) => number),
				[opened.number],
			);
			const closed = await github.updateIssue(opened.number, { state: 'closed', body: 'none left' });
			assert.deepEqual([closed.state, closed.body, closed.title], ['closed', 'none left', 'Orphans']);
			assert.deepEqual(await github.issuesWithLabel('health'), []);
			assert.equal((await github.issuesWithLabel('health', 'all'))[0]?.number, opened.number);
		});
	});

	describe('the repository', () => {
		it('tells what an account may do', async () => {
			server().setPermission('bob', 'write');
			assert.equal(await client().permissionOf('alice'), 'admin');
			assert.equal(await client().permissionOf('bob'), 'write');
			assert.equal(await client().permissionOf('stranger'), 'read');
			assert.equal(await client().permissionOf('dependabot[bot]'), 'none');
		});

		it('counts the runs of a workflow that are complete, and those that failed', async () => {
			const [repository] = server().state.repositories.values();
			const since = Date.UTC(2025, 10, 19);
			const run = (conclusion?: 'success' | 'failure' | 'timed_out' | 'cancelled', workflow = 'ci.yml', at = since) =>
				repository!.runs.push({ workflow, createdAt: at, ...(conclusion && { conclusion }) });
			for (let times = 0; times < 150; times++) run('failure');
			for (const conclusion of ['success', 'cancelled', 'timed_out', undefined] as const) run(conclusion);
			run('failure', 'other.yml');
			run('failure', 'ci.yml', since - 1);
			assert.deepEqual(await client().workflowRuns('ci.yml', since), { completed: 153, failed: 151 });
			assert.equal(await client().workflowRuns('missing.yml', since), undefined);
		});

		it('gives the text of a file at a ref, and nothing where no file is', async () => {
			server().addRepository({
				owner: 'octo',
				name: 'demo',
				files: { 'docs/größe 1.yaml': 'a: "ü🤖"\r\n', empty: '' },
			});
			const github = client();
			assert.equal(await github.contents('docs/größe 1.yaml', 'main'), 'a: "ü🤖"\r\n');
			assert.equal(await github.contents('empty', 'main'), '');
			assert.equal(await github.contents('absent', 'main'), undefined);
			assert.equal(await github.contents('empty', 'no-such-branch'), undefined);
			assert.equal(await github.contents('docs', 'main'), undefined);
		});

		for (const path of ['../demo2/contents/secret', 'a/../../b', '..', '', '/etc/passwd', 'a//b', './a']) {
			it(`asks nothing for ${JSON.stringify(path)}, which is no path in it`, async () => {
				await assert.rejects(client().contents(path, 'main'), UserError);
				assert.equal(server().requests.length, 0);
			});
		}
	});
});
