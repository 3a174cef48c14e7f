import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hooks from '@octokit/webhooks-examples';
import { build, run } from '../../src/action/testing.ts';
import { type GitHubServer, startGitHubServer } from '../github-server/server.ts';
import type { Comment, Issue, NewPullRequest, Repository } from '../github-server/state.ts';
import { readOutputs } from './outputs.ts';
import { makeRepository, type TestRepository } from './repository.ts';

export const ID = 'alice-20251119-1430';
/** When its session began, ms UTC. */
export const START = Date.UTC(2025, 10, 19, 14, 30);
export const ALICE = { name: 'Alice', email: 'alice@example.com', at: START };
/** The body of a pull request that ends it. */
export const ENDED = `Session-Id: ${ID}\nSession-End: explicit 2025-11-19T15:12:00Z`;
export const BOT = 'github-actions[bot]';

/** How a run of the action ended. */
export interface Acted {
	code: number | null;
	log: string;
	outputs: Record<string, string>;
	summary: string;
}

type Pull = Issue & { pull: NonNullable<Issue['pull']> };

export const examplesOf = (name: string) => hooks.find((hook) => hook.name === name)!.examples as object[];

/**
 * Builds the action for the surrounding `describe` and gives each of its tests a stage of its own. Fails a test of which a request or
 * answer went against GitHub's description.
 */
export function useStage(give: (stage: Stage) => void): void {
	let program: string;
	let stage: Stage;
	before(() => {
		program = build();
	});
	after(() => rm(path.dirname(program), { recursive: true, force: true }));
	beforeEach(async () => {
		stage = await Stage.set(program);
		give(stage);
	});
	afterEach(async () => assert.deepEqual(await stage.strike(), []));
}

/** A repository, its GitHub, and a runner. */
export class Stage {
	/** GitHub's own token for a job. */
	readonly token: string;
	#runs = 0;

	private constructor(
		readonly program: string,
		readonly folder: string,
		readonly server: GitHubServer,
		readonly repository: TestRepository,
	) {
		server.addRepository({ owner: 'octo', name: 'demo' });
		server.setPermission(BOT, 'write');
		this.token = server.addToken(BOT);
	}

	/** @param program The action's bundle. */
	static async set(program: string): Promise<Stage> {
		const folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-job-'));
		const [server, repository] = await Promise.all([startGitHubServer(), makeRepository()]);
		await repository.commit('first', { 'README.md': 'hello\n' }, { at: START - 60_000 });
		return new Stage(program, folder, server, repository);
	}

	/** @returns what went against GitHub's description. */
	async strike(): Promise<string[]> {
		await this.server.close();
		await Promise.all([rm(this.folder, { recursive: true, force: true }), this.repository.dispose()]);
		return this.server.violations;
	}

	demo(): Repository {
		return [...this.server.state.repositories.values()][0]!;
	}

	comments(): Comment[] {
		return [...this.demo().comments.values()];
	}

	bodyOf(number: number): string {
		return this.demo().issues.get(number)!.body ?? '';
	}

	/** Opens a pull request with one commit by its author, which the repository has. */
	async open(body: string, given: NewPullRequest & { by?: typeof ALICE; message?: string } = {}): Promise<Pull> {
		const { by = ALICE, message = `wip: work\n\nSession-Id: ${ID}\n`, ...rest } = given;
		const base = await this.repository.git('rev-parse', 'HEAD');
		const place = this.demo().issues.size;
		const file = `src/f${place}.ts`;
		const sha = await this.repository.commit(message, { [file]: '1\n' }, { author: by, at: START + 60_000 });
		const commits = [{ sha, parents: [base], message, author: by, committer: by, login: by.name.toLowerCase() }].map(
			(commit) => ({ ...commit, committer: { ...by, at: START + 60_000 } }),
		);
		const pull = { title: 'wip: work', baseSha: base, files: [{ path: file, status: 'added' as const }] };
		return this.server.addPullRequest({ ...pull, headRef: `topic-${place}`, body, commits, ...rest });
	}

	async act(payload: object, command = 'score', env: Record<string, string> = {}): Promise<Acted> {
		const place = path.join(this.folder, String(this.#runs++));
		const [event, output, summary] = [`${place}.json`, `${place}.output`, `${place}.summary`];
		await writeFile(event, JSON.stringify(payload));
		await Promise.all([writeFile(output, ''), writeFile(summary, '')]);
		const { code, log } = await run(this.program, {
			GITHUB_SERVER_URL: 'https://github.com',
			GITHUB_REPOSITORY: 'octo/demo',
			GITHUB_REF_NAME: 'main',
			GITHUB_API_URL: this.server.url,
			GITHUB_EVENT_PATH: event,
			GITHUB_WORKSPACE: this.repository.root,
			GITHUB_OUTPUT: output,
			GITHUB_STEP_SUMMARY: summary,
			INPUT_COMMAND: command,
			INPUT_TOKEN: this.token,
			...env,
		});
		const [outputs, told] = await Promise.all([readFile(output, 'utf8'), readFile(summary, 'utf8')]);
		return { code, log, outputs: readOutputs(outputs), summary: told };
	}

	/** The event of a pull request as it is, or as it was. */
	pullEvent(number: number, action = 'synchronize', was: { title?: string; body?: string } = {}): object {
		const { title, body, author, pull } = this.demo().issues.get(number)!;
		const changed = {
			number,
			title,
			body,
			user: { login: author },
			base: { sha: pull!.baseSha, ref: 'main' },
			head: { sha: pull!.headSha, ref: pull!.headRef },
			...was,
		};
		const example = examplesOf('pull_request')[0] as { pull_request: object };
		return { ...example, action, pull_request: { ...example.pull_request, ...changed } };
	}

	commentEvent(number: number, body: string, login: string): object {
		const example = examplesOf('issue_comment')[0] as { comment: object; issue: object };
		const issue = { number, user: { login: this.demo().issues.get(number)!.author }, pull_request: { url: 'x' } };
		const comment = { ...example.comment, body, user: { login } };
		return { ...example, action: 'created', comment, issue: { ...example.issue, ...issue } };
	}
}
