/*
 * Who is a coding agent, and who is a bot that never is a session. Data only; `agents.ts` looks things up.
 *
 * Case does not matter in names and addresses. An account `…[bot]` stands under `names` and is found by its address too,
 * whatever number or host that has. A GitHub noreply address without a number stands for that login with any number;
 * with a number, for that one account alone, because the bare login is or was a person's.
 */

/** No person's account: an agent's, or a bot's, whose commits are upkeep (dependencies, releases, translations). */
export interface Account {
	/** As the product calls it. */
	name: string;
	/** Whole names that nobody else bears, whatever the address. */
	names: readonly string[];
	/** Whole names that a person may bear as well: they count only where the address is not known. */
	sharedNames?: readonly string[];
	/** Addresses that it commits with. */
	emails: readonly string[];
	/** Where this is written or can be seen. */
	source: string;
}

interface Agent extends Account {
	/** Addresses that only ever name it as a co-author. */
	coAuthorEmails?: readonly string[];
	/** What the agent puts behind the name of the person it works for. */
	nameEnding?: string;
	/** How the branches that it makes begin; `#` stands for a digit. */
	branches: readonly string[];
}

export const AGENTS: readonly Agent[] = [
	{
		name: 'GitHub Copilot',
		names: ['copilot-swe-agent[bot]', 'copilot-swe-agent', 'Copilot', 'GitHub Copilot'],
		// 198982749+Copilot is the cloud agent, 223556219+Copilot the command line, 175728472+Copilot a review's suggestion.
		emails: ['copilot@users.noreply.github.com'],
		// github.com/microsoft/vscode/pull/296435: the editor's `git.addAICoAuthor`.
		coAuthorEmails: ['copilot@github.com'],
		branches: ['copilot/'],
		source:
			'https://learn.microsoft.com/en-us/training/modules/github-copilot-code-agent/2-security-risks-limitations-copilot-code-agent',
	},
	{
		name: 'Cursor',
		names: ['cursor[bot]', 'Cursor Agent', 'cursoragent'],
		sharedNames: ['Cursor'],
		// agent@cursor.com: github.com/jphme/github-coding-agent-tracker, the background agent.
		emails: ['cursoragent@cursor.com', 'agent@cursor.com', 'cursoragent@users.noreply.github.com'],
		branches: ['cursor/'],
		source: 'https://github.com/storybookjs/storybook/commit/7fe9e88a55',
	},
	{
		name: 'Claude',
		names: ['claude[bot]', 'anthropic-code-agent[bot]', 'anthropic-code-agent'],
		sharedNames: ['Claude'],
		emails: [
			'noreply@anthropic.com',
			'242468646+Claude@users.noreply.github.com',
			// github.com/claude is Anthropic's now, and was a person's.
			'81847+claude@users.noreply.github.com',
		],
		branches: ['claude/'],
		source: 'https://github.com/anthropics/claude-code-action/blob/main/action.yml',
	},
	{
		name: 'Codex',
		names: ['chatgpt-codex-connector[bot]', 'chatgpt-codex-connector', 'openai-code-agent[bot]', 'openai-code-agent'],
		sharedNames: ['Codex'],
		// codex@openai.com: github.com/petsc/petsc/commit/c67fa7d6d5.
		emails: [
			'codex@openai.com',
			'noreply@openai.com',
			'242516109+Codex@users.noreply.github.com',
			'267193182+codex@users.noreply.github.com',
		],
		// github.com/aavetis/PRarena counts its pull requests by this.
		branches: ['codex/'],
		source: 'https://github.com/openai/codex/pull/11617',
	},
	{
		name: 'Devin',
		names: ['devin-ai-integration[bot]', 'devin-ai-integration', 'Devin AI'],
		emails: [],
		// People called Devin name branches `devin/…` too; the agent's go on with the time in seconds.
		branches: ['devin/##########-'],
		source: 'https://github.com/feast-dev/feast/commit/99f4004764',
	},
	{
		name: 'Jules',
		names: ['google-labs-jules[bot]', 'google-labs-jules'],
		emails: [],
		branches: [],
		source: 'https://github.com/apps/google-labs-jules',
	},
	{
		name: 'OpenHands',
		names: ['openhands', 'openhands-agent', 'openhands-ai[bot]'],
		emails: ['openhands@all-hands.dev'],
		branches: ['openhands-fix-issue-#', 'openhands-fix-pr-#'],
		source: 'https://github.com/OpenHands/docs/pull/22',
	},
	{
		name: 'Aider',
		names: [],
		sharedNames: ['aider'],
		emails: ['noreply@aider.chat', 'aider@aider.chat'],
		nameEnding: ' (aider)',
		branches: [],
		source: 'https://aider.chat/docs/git.html',
	},
	{
		name: 'Gemini',
		names: ['gemini-code-assist[bot]', 'gemini-code-assist', 'gemini-cli[bot]', 'gemini-cli'],
		emails: ['gemini-cli@users.noreply.github.com'],
		branches: [],
		source: 'https://github.com/firebase/firebase-ios-sdk/commit/8f858bd6cb',
	},
	{
		name: 'Amp',
		names: [],
		emails: ['amp@ampcode.com'],
		branches: [],
		source: 'https://github.com/yjsoon/howmuch/commit/785d468af0',
	},
	{
		name: 'Replit Agent',
		names: ['Replit Agent'],
		emails: ['agent@replit.com'],
		branches: [],
		source: 'https://github.com/theammir/vibesigns.nvim',
	},
	{
		name: 'Lovable',
		// The second is its name from before: GPT Engineer.
		names: ['lovable-dev[bot]', 'gpt-engineer-app[bot]'],
		emails: [],
		branches: [],
		source: 'https://docs.lovable.dev/integrations/github',
	},
	{
		name: 'opencode',
		names: ['opencode-agent[bot]'],
		sharedNames: ['opencode'],
		emails: ['noreply@opencode.ai'],
		branches: ['opencode/'],
		source: 'https://opencode.ai/docs/github/',
	},
	{
		name: 'Junie',
		names: ['jetbrains-junie[bot]', 'jetbrains-junie', 'junie-agent'],
		emails: ['junie@jetbrains.com', 'junie-agent@users.noreply.github.com'],
		branches: ['junie/'],
		source: 'https://github.com/JetBrains/junie-github-action/blob/main/src/constants/github.ts',
	},
	{
		name: 'Amazon Q Developer',
		names: ['amazon-q-developer[bot]', 'amazon-q-developer'],
		emails: [],
		branches: ['Q-DEV-issue-#'],
		source: 'https://github.com/apps/amazon-q-developer',
	},
	{
		name: 'Kiro',
		names: ['kiro-agent[bot]', 'kiro-agent'],
		emails: ['kiro-agent@users.noreply.github.com'],
		branches: [],
		source: 'https://github.com/apps/kiro-agent',
	},
	{
		name: 'Roo Code',
		names: ['roomote[bot]', 'roomote-roomote[bot]'],
		emails: ['roomote@roocode.com'],
		branches: [],
		source: 'https://github.com/git-ai-project/git-ai/blob/main/src/authorship/agent_detection.rs',
	},
	{
		name: 'Factory Droid',
		names: ['factory-droid[bot]'],
		emails: [],
		branches: [],
		source: 'https://github.com/drawmeanelephant/boris/commit/c3a736fb9c619e898140771f3f7bc3f8a0d73b4f',
	},
	{
		name: 'v0',
		names: ['v0[bot]'],
		emails: [],
		branches: [],
		source: 'https://github.com/theammir/vibesigns.nvim',
	},
	{
		name: 'Codegen',
		names: ['codegen-sh[bot]'],
		emails: [],
		branches: [],
		source: 'https://github.com/aavetis/PRarena',
	},
	{
		name: 'Kilo Code',
		names: ['kilo-code-bot[bot]'],
		emails: [],
		branches: [],
		source: 'https://github.com/mat-1/slopcheck',
	},
	{
		name: 'Warp',
		names: [],
		emails: [],
		coAuthorEmails: ['oz-agent@warp.dev', 'agent@warp.dev'],
		branches: [],
		source: 'https://github.com/warpdotdev/docs/pull/85',
	},
];

/** Bots that `…[bot]` does not give away: every such account that is no agent is a bot, and is not listed. */
export const BOTS: readonly Account[] = [
	{
		name: 'Dependabot',
		names: ['dependabot', 'dependabot-preview'],
		emails: [],
		source: 'https://github.com/apps/dependabot',
	},
	{
		name: 'Renovate',
		names: ['Renovate Bot', 'renovate-bot', 'renovate'],
		emails: ['bot@renovateapp.com', 'renovate@whitesourcesoftware.com'],
		source: 'https://docs.renovatebot.com/configuration-options/#gitauthor',
	},
	{
		name: 'GitHub Actions',
		names: ['GitHub Action', 'GitHub Actions', 'github-actions'],
		emails: ['action@github.com', 'actions@github.com', 'github-actions@github.com'],
		source: 'https://github.com/ad-m/github-push-action',
	},
	{
		// As an author only: as a committer it stands behind every commit that a person makes on the web.
		name: 'GitHub',
		names: ['GitHub'],
		emails: [],
		source: 'https://github.com/web-flow',
	},
	{
		name: 'semantic-release',
		names: ['semantic-release-bot', 'semantic-release'],
		emails: ['semantic-release-bot@martynus.net'],
		source: 'https://github.com/semantic-release/semantic-release/blob/master/lib/definitions/constants.js',
	},
	{
		name: 'Changesets',
		names: ['changeset-bot'],
		emails: [],
		source: 'https://github.com/apps/changeset-bot',
	},
	{
		name: 'Release Please',
		names: ['release-please'],
		emails: [],
		source: 'https://github.com/apps/release-please',
	},
	{
		name: 'Snyk',
		names: ['snyk-bot', 'Snyk bot'],
		emails: ['snyk-bot@snyk.io', 'snyk-bot@users.noreply.github.com'],
		source: 'https://github.com/snyk-bot',
	},
	{
		name: 'Greenkeeper',
		names: ['greenkeeperio-bot'],
		emails: [],
		source: 'https://github.com/greenkeeperio-bot',
	},
	{
		name: 'Imgbot',
		names: ['ImgBotApp', 'imgbot'],
		emails: ['ImgBotHelp@gmail.com'],
		source: 'https://github.com/imgbot/Imgbot',
	},
	{
		name: 'GitLab Bot',
		names: ['gitlab-bot', 'GitLab Bot'],
		emails: [],
		source: 'https://gitlab.com/gitlab-bot',
	},
	{
		name: 'bors',
		names: ['bors'],
		emails: ['bors@rust-lang.org'],
		source: 'https://github.com/bors',
	},
	{
		name: 'Codecov',
		names: ['codecov-commenter'],
		emails: [],
		source: 'https://github.com/codecov-commenter',
	},
	{
		name: 'Weblate',
		names: ['Weblate', 'Hosted Weblate'],
		emails: ['hosted@weblate.org', 'noreply@weblate.org'],
		source: 'https://docs.weblate.org/en/latest/vcs.html',
	},
	{
		name: 'Crowdin',
		names: ['Crowdin Bot', 'crowdin-bot'],
		emails: ['support+bot@crowdin.com'],
		source: 'https://github.com/crowdin/github-action',
	},
	{
		name: 'Travis CI',
		names: ['Travis CI', 'Deployment Bot (from Travis CI)'],
		emails: ['builds@travis-ci.org', 'deploy@travis-ci.org'],
		source: 'https://github.com/travis-ci/dpl',
	},
	{
		name: 'CircleCI',
		names: ['CircleCI', 'Circle CI'],
		emails: [],
		source: 'https://circleci.com/docs/',
	},
	{
		name: 'Jenkins',
		names: ['jenkins-bot', 'Jenkins CI'],
		sharedNames: ['Jenkins'],
		emails: [],
		source: 'https://plugins.jenkins.io/git/',
	},
	{
		name: 'Bitbucket Pipelines',
		names: ['bitbucket-pipelines'],
		emails: ['commits-noreply@bitbucket.org'],
		source: 'https://support.atlassian.com/bitbucket-cloud/docs/push-back-to-your-repository/',
	},
	{
		// Its releases; the agent itself is `gemini-cli`.
		name: 'Gemini CLI Robot',
		names: ['gemini-cli-robot'],
		emails: ['gemini-cli-robot@google.com'],
		source: 'https://github.com/gemini-cli-robot',
	},
];
