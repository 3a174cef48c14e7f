import {
	type ChangedFile,
	type Comment,
	type Commit,
	type Issue,
	madeUpSha,
	type Reaction,
	type Repository,
	type State,
	type WorkflowRun,
} from './state.ts';

// What the server keeps, in the shape of GitHub's answers: whole, as the description has it.

type Json = Record<string, unknown>;

/** Makes answers whose addresses begin with the server's own. */
export class Answers {
	readonly #state: State;
	readonly #api: string;

	/** @param api The API's address, without a trailing slash. */
	constructor(state: State, api: string) {
		this.#state = state;
		this.#api = api;
	}

	account(login: string): Json {
		const { accounts } = this.#state;
		const id = accounts.get(login) ?? accounts.size + 1;
		accounts.set(login, id);
		const url = `${this.#api}/users/${encodeURIComponent(login)}`;
		return {
			login,
			id,
			node_id: nodeId('U', id),
			avatar_url: `${this.#api}/avatars/${id}`,
			gravatar_id: '',
			url,
			html_url: `${this.#api}/${encodeURIComponent(login)}`,
			followers_url: `${url}/followers`,
			following_url: `${url}/following{/other_user}`,
			gists_url: `${url}/gists{/gist_id}`,
			starred_url: `${url}/starred{/owner}{/repo}`,
			subscriptions_url: `${url}/subscriptions`,
			organizations_url: `${url}/orgs`,
			repos_url: `${url}/repos`,
			events_url: `${url}/events{/privacy}`,
			received_events_url: `${url}/received_events`,
			type: login.endsWith('[bot]') ? 'Bot' : 'User',
			user_view_type: 'public',
			site_admin: false,
		};
	}

	permission(login: string, level: string): Json {
		return { permission: level, role_name: level, user: { ...this.account(login), role_name: level } };
	}

	repository(repository: Repository): Json {
		const { owner, name } = repository;
		const url = this.#urlOf(repository);
		const html = `${this.#api}/${owner}/${name}`;
		const at = iso(this.#state.now());
		return {
			id: repository.id,
			node_id: nodeId('R', repository.id),
			name,
			full_name: `${owner}/${name}`,
			private: repository.private,
			visibility: repository.private ? 'private' : 'public',
			owner: this.account(owner),
			html_url: html,
			description: null,
			fork: false,
			url,
			...Object.fromEntries(REPOSITORY_LINKS.map(([key, path]) => [`${key}_url`, `${url}${path}`])),
			git_url: `git://example.test/${owner}/${name}.git`,
			ssh_url: `git@example.test:${owner}/${name}.git`,
			clone_url: `${html}.git`,
			svn_url: html,
			mirror_url: null,
			homepage: null,
			language: null,
			license: null,
			default_branch: repository.defaultBranch,
			created_at: at,
			updated_at: at,
			pushed_at: at,
			...REPOSITORY_COUNTS,
		};
	}

	/** A pull request as a list has it. */
	listedPull(repository: Repository, issue: Issue): Json {
		const { pull } = issue;
		if (!pull) throw new Error(`#${issue.number} is no pull request.`);
		const { url, html, issueUrl } = this.#linksOf(repository, issue);
		return {
			...this.#common(repository, issue),
			url,
			node_id: nodeId('PR', issue.number),
			...pullLinks(url, html, issueUrl, `${this.#urlOf(repository)}/statuses/${pull.headSha}`),
			merged_at: pull.mergedAt === null ? null : iso(pull.mergedAt),
			merge_commit_sha: madeUpSha(`merge ${issue.number}`),
			requested_reviewers: [],
			requested_teams: [],
			head: {
				label: `${pull.headOwner ?? 'unknown repository'}:${pull.headRef}`,
				ref: pull.headRef,
				sha: pull.headSha,
				user: pull.headOwner === null ? null : this.account(pull.headOwner),
				repo: pull.headRepository === null ? null : this.repository(this.#fork(repository, pull.headRepository)),
			},
			base: {
				label: `${repository.owner}:${pull.baseRef}`,
				ref: pull.baseRef,
				sha: pull.baseSha,
				user: this.account(repository.owner),
				repo: this.repository(repository),
			},
			auto_merge: null,
			draft: pull.draft,
		};
	}

	/** A pull request as it is answered alone. */
	pull(repository: Repository, issue: Issue): Json {
		const { commits = [], files = [], mergedAt = null } = issue.pull ?? {};
		const comments = [...repository.comments.values()].filter((it) => it.issue === issue.number);
		return {
			...this.listedPull(repository, issue),
			merged: mergedAt !== null,
			mergeable: null,
			rebaseable: null,
			mergeable_state: 'unknown',
			merged_by: mergedAt === null ? null : this.account(repository.owner),
			comments: comments.length,
			review_comments: 0,
			maintainer_can_modify: false,
			commits: commits.length,
			additions: files.reduce((sum, file) => sum + (file.additions ?? 0), 0),
			deletions: files.reduce((sum, file) => sum + (file.deletions ?? 0), 0),
			changed_files: files.length,
		};
	}

	issue(repository: Repository, issue: Issue): Json {
		const { html, issueUrl, url } = this.#linksOf(repository, issue);
		const { pull } = issue;
		return {
			...this.#common(repository, issue),
			url: issueUrl,
			node_id: nodeId('I', issue.number),
			html_url: html,
			repository_url: this.#urlOf(repository),
			labels_url: `${issueUrl}/labels{/name}`,
			comments_url: `${issueUrl}/comments`,
			events_url: `${issueUrl}/events`,
			timeline_url: `${issueUrl}/timeline`,
			comments: [...repository.comments.values()].filter((it) => it.issue === issue.number).length,
			state_reason: issue.state === 'closed' && !pull ? 'completed' : null,
			performed_via_github_app: null,
			reactions: reactions(issueUrl),
			...(pull && {
				draft: pull.draft,
				pull_request: {
					url,
					html_url: html,
					diff_url: `${html}.diff`,
					patch_url: `${html}.patch`,
					merged_at: pull.mergedAt === null ? null : iso(pull.mergedAt),
				},
			}),
		};
	}

	comment(repository: Repository, comment: Comment): Json {
		const issueUrl = `${this.#urlOf(repository)}/issues/${comment.issue}`;
		const url = `${this.#urlOf(repository)}/issues/comments/${comment.id}`;
		return {
			id: comment.id,
			node_id: nodeId('IC', comment.id),
			url,
			html_url: `${this.#api}/${repository.owner}/${repository.name}/issues/${comment.issue}#issuecomment-${comment.id}`,
			issue_url: issueUrl,
			user: this.account(comment.author),
			author_association: 'MEMBER',
			body: comment.body,
			created_at: iso(comment.createdAt),
			updated_at: iso(comment.updatedAt),
			performed_via_github_app: null,
			reactions: reactions(url),
		};
	}

	reaction({ id, author, content, createdAt }: Reaction): Json {
		return { id, node_id: nodeId('REA', id), user: this.account(author), content, created_at: iso(createdAt) };
	}

	workflowRun(repository: Repository, run: WorkflowRun): Json {
		const { workflow, conclusion, createdAt } = run;
		const id = repository.runs.indexOf(run) + 1;
		const url = `${this.#urlOf(repository)}/actions/runs/${id}`;
		const place = this.repository(repository);
		return {
			id,
			node_id: nodeId('WFR', id),
			name: workflow,
			display_title: workflow,
			head_branch: repository.defaultBranch,
			head_sha: madeUpSha(workflow),
			head_commit: null,
			path: `.github/workflows/${workflow}`,
			run_number: id,
			event: 'schedule',
			status: conclusion === undefined ? 'in_progress' : 'completed',
			conclusion: conclusion ?? null,
			workflow_id: Number.parseInt(madeUpSha(workflow).slice(0, 6), 16),
			workflow_url: `${this.#urlOf(repository)}/actions/workflows/${workflow}`,
			url,
			html_url: `${this.#api}/${repository.owner}/${repository.name}/actions/runs/${id}`,
			...Object.fromEntries(
				['jobs', 'logs', 'artifacts', 'cancel', 'rerun'].map((it) => [`${it}_url`, `${url}/${it}`]),
			),
			check_suite_url: `${this.#urlOf(repository)}/check-suites/${id}`,
			pull_requests: [],
			created_at: iso(createdAt),
			updated_at: iso(createdAt),
			repository: place,
			head_repository: place,
		};
	}

	label(repository: Repository, name: string): Json {
		const id = Number.parseInt(madeUpSha(name).slice(0, 8), 16);
		return {
			id,
			node_id: nodeId('LA', id),
			url: `${this.#urlOf(repository)}/labels/${encodeURIComponent(name)}`,
			name,
			description: '',
			color: 'ededed',
			default: false,
		};
	}

	commit(repository: Repository, commit: Commit): Json {
		const url = `${this.#urlOf(repository)}/commits/${commit.sha}`;
		const html = `${this.#api}/${repository.owner}/${repository.name}/commit/${commit.sha}`;
		const gitUrl = `${this.#urlOf(repository)}/git`;
		const treeSha = madeUpSha(`tree ${commit.sha}`);
		const account = commit.login === undefined ? null : this.account(commit.login);
		return {
			sha: commit.sha,
			node_id: nodeId('C', commit.sha),
			url,
			html_url: html,
			comments_url: `${url}/comments`,
			commit: {
				url: `${gitUrl}/commits/${commit.sha}`,
				author: { name: commit.author.name, email: commit.author.email, date: iso(commit.author.at) },
				committer: { name: commit.committer.name, email: commit.committer.email, date: iso(commit.committer.at) },
				message: commit.message,
				tree: { sha: treeSha, url: `${gitUrl}/trees/${treeSha}` },
				comment_count: 0,
				verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
			},
			author: account,
			committer: account,
			parents: commit.parents.map((sha) => ({
				sha,
				url: `${this.#urlOf(repository)}/commits/${sha}`,
				html_url: `${this.#api}/${repository.owner}/${repository.name}/commit/${sha}`,
			})),
		};
	}

	file(repository: Repository, file: ChangedFile): Json {
		const { path, status, from, additions = 1, deletions = 0 } = file;
		const encoded = path.split('/').map(encodeURIComponent).join('/');
		const html = `${this.#api}/${repository.owner}/${repository.name}`;
		return {
			sha: madeUpSha(path),
			filename: path,
			status,
			additions,
			deletions,
			changes: additions + deletions,
			blob_url: `${html}/blob/HEAD/${encoded}`,
			raw_url: `${html}/raw/HEAD/${encoded}`,
			contents_url: `${this.#urlOf(repository)}/contents/${encoded}?ref=HEAD`,
			...(from !== undefined && { previous_filename: from }),
		};
	}

	contents(repository: Repository, path: string, text: string): Json {
		const url = `${this.#urlOf(repository)}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
		return {
			type: 'file',
			encoding: 'base64',
			size: Buffer.byteLength(text),
			name: path.split('/').at(-1),
			path,
			content: Buffer.from(text).toString('base64'),
			sha: madeUpSha(text),
			url,
			git_url: null,
			html_url: null,
			download_url: null,
			_links: { self: url, git: null, html: null },
		};
	}

	comparison(repository: Repository, basehead: string, issue: Issue): Json {
		const { commits = [], files = [], baseSha = '' } = issue.pull ?? {};
		const url = `${this.#urlOf(repository)}/compare/${encodeURIComponent(basehead)}`;
		const at = { name: 'GitHub', email: 'noreply@github.com', at: issue.createdAt };
		const base = this.commit(repository, { sha: baseSha, parents: [], message: 'base', author: at, committer: at });
		return {
			url,
			html_url: url,
			permalink_url: url,
			diff_url: `${url}.diff`,
			patch_url: `${url}.patch`,
			base_commit: base,
			merge_base_commit: base,
			status: commits.length > 0 ? 'ahead' : 'identical',
			ahead_by: commits.length,
			behind_by: 0,
			total_commits: commits.length,
			commits: commits.map((commit) => this.commit(repository, commit)),
			files: files.map((file) => this.file(repository, file)),
		};
	}

	/** What issues and pull requests have in common. */
	#common(repository: Repository, issue: Issue): Json {
		return {
			id: repository.id * 100_000 + issue.number,
			number: issue.number,
			state: issue.state,
			locked: false,
			title: issue.title,
			user: this.account(issue.author),
			body: issue.body,
			labels: issue.labels.map((name) => this.label(repository, name)),
			assignee: null,
			assignees: [],
			milestone: null,
			active_lock_reason: null,
			author_association: 'MEMBER',
			created_at: iso(issue.createdAt),
			updated_at: iso(issue.updatedAt),
			closed_at: issue.closedAt === null ? null : iso(issue.closedAt),
		};
	}

	#linksOf(repository: Repository, issue: Issue): { url: string; html: string; issueUrl: string } {
		const kind = issue.pull ? 'pull' : 'issues';
		return {
			url: `${this.#urlOf(repository)}/pulls/${issue.number}`,
			html: `${this.#api}/${repository.owner}/${repository.name}/${kind}/${issue.number}`,
			issueUrl: `${this.#urlOf(repository)}/issues/${issue.number}`,
		};
	}

	#urlOf({ owner, name }: Repository): string {
		return `${this.#api}/repos/${owner}/${name}`;
	}

	/** The head repository, which the server need not keep. */
	#fork(base: Repository, fullName: string): Repository {
		const [owner = '', name = ''] = fullName.split('/');
		if (owner === base.owner && name === base.name) return base;
		return { ...base, id: base.id + 1, owner, name };
	}
}

/** GitHub tells whole seconds. */
function iso(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function nodeId(kind: string, id: number | string): string {
	return `${kind}_${id}`;
}

function pullLinks(url: string, html: string, issueUrl: string, statuses: string): Json {
	const links = {
		comments: `${issueUrl}/comments`,
		commits: `${url}/commits`,
		review_comment: `${url.replace(/\d+$/, '')}comments{/number}`,
		review_comments: `${url}/comments`,
		statuses,
	};
	return {
		...Object.fromEntries(Object.entries(links).map(([name, href]) => [`${name}_url`, href])),
		html_url: html,
		diff_url: `${html}.diff`,
		patch_url: `${html}.patch`,
		issue_url: issueUrl,
		_links: Object.fromEntries(
			Object.entries({ ...links, self: url, html, issue: issueUrl }).map(([name, href]) => [name, { href }]),
		),
	};
}

function reactions(url: string): Json {
	const none = { total_count: 0, '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
	return { url: `${url}/reactions`, ...none };
}

/** Key without `_url`, and path after the repository's own address. */
const REPOSITORY_LINKS = [
	['archive', '/{archive_format}{/ref}'],
	['assignees', '/assignees{/user}'],
	['blobs', '/git/blobs{/sha}'],
	['branches', '/branches{/branch}'],
	['collaborators', '/collaborators{/collaborator}'],
	['comments', '/comments{/number}'],
	['commits', '/commits{/sha}'],
	['compare', '/compare/{base}...{head}'],
	['contents', '/contents/{+path}'],
	['contributors', '/contributors'],
	['deployments', '/deployments'],
	['downloads', '/downloads'],
	['events', '/events'],
	['forks', '/forks'],
	['git_commits', '/git/commits{/sha}'],
	['git_refs', '/git/refs{/sha}'],
	['git_tags', '/git/tags{/sha}'],
	['hooks', '/hooks'],
	['issue_comment', '/issues/comments{/number}'],
	['issue_events', '/issues/events{/number}'],
	['issues', '/issues{/number}'],
	['keys', '/keys{/key_id}'],
	['labels', '/labels{/name}'],
	['languages', '/languages'],
	['merges', '/merges'],
	['milestones', '/milestones{/number}'],
	['notifications', '/notifications{?since,all,participating}'],
	['pulls', '/pulls{/number}'],
	['releases', '/releases{/id}'],
	['stargazers', '/stargazers'],
	['statuses', '/statuses/{sha}'],
	['subscribers', '/subscribers'],
	['subscription', '/subscription'],
	['tags', '/tags'],
	['teams', '/teams'],
	['trees', '/git/trees{/sha}'],
] as const;

const REPOSITORY_COUNTS: Json = {
	size: 0,
	forks: 0,
	forks_count: 0,
	stargazers_count: 0,
	watchers: 0,
	watchers_count: 0,
	open_issues: 0,
	open_issues_count: 0,
	has_issues: true,
	has_projects: false,
	has_wiki: false,
	has_pages: false,
	has_downloads: false,
	has_discussions: false,
	archived: false,
	disabled: false,
	is_template: false,
	topics: [],
	allow_forking: true,
	web_commit_signoff_required: false,
};
