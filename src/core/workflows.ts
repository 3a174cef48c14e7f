/** A file that set-up writes into a repository; the path is relative to its root, with forward slashes. */
interface WorkflowFile {
	readonly path: string;
	readonly text: string;
}

/** Name of the workflow's file. */
export const WORKFLOW = 'auto-pr-sessions.yml';

/** When health is looked at, once a day: cron, UTC. */
const DAILY = '23 5 * * *';

/** actions/checkout v5.0.0: pinned by its commit, because a tag can be moved. */
const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

/*
 * The event is pull_request_target and the checkout the repository's own branch: the action lies in the repository itself, and
 * a pull request must not be judged by an action that it brings along. The action fetches the pull request's commits as data;
 * nothing of them is checked out or run.
 */
const sessions = `name: Auto-PR Sessions
on:
  pull_request_target:
    types: [opened, synchronize, reopened, closed, edited]
  issue_comment:
    types: [created]
  schedule:
    - cron: "7,37 * * * *"
    - cron: "${DAILY}"
  workflow_dispatch:
    inputs:
      session:
        description: The id of the session to complete and score
        required: false
        type: string
      pull-request:
        description: Or the number of one of its pull requests
        required: false
        type: string
permissions: {}
# A pull request's runs wait for each other; of those that wait, GitHub keeps the newest.
concurrency:
  group: auto-pr-sessions-\${{ github.event.pull_request.number || github.event.issue.number || github.event.schedule || github.event_name }}
  cancel-in-progress: false
jobs:
  score:
    if: github.event.schedule != '${DAILY}' && (github.event_name != 'issue_comment' || (github.event.issue.pull_request && contains(github.event.comment.body, '/complete-session')))
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      issues: read
      # For the session's comment, and for the trailer that ends it.
      pull-requests: write
    steps:
      # For these events GitHub checks out the repository's own branch, never the pull request: the action comes from it.
      - uses: ${checkout}
        with:
          fetch-depth: 0
      - uses: ./.github/actions/auto-pr-sessions
        with:
          command: score
  health:
    if: github.event.schedule == '${DAILY}'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pull-requests: read
      # Counts the failed runs of this workflow.
      actions: read
      # Opens, updates and closes the one issue about health.
      issues: write
    steps:
      - uses: ${checkout}
      - uses: ./.github/actions/auto-pr-sessions
        with:
          command: health
          # Optional, where a chat is to hear of it: set the secret to an incoming webhook.
          webhook: \${{ secrets.AUTO_PR_WEBHOOK }}
`;

/** The workflows that set-up writes for a repository on GitHub, which use the action from .github/actions/auto-pr-sessions. */
export function workflowFiles(): WorkflowFile[] {
	return [{ path: `.github/workflows/${WORKFLOW}`, text: sessions }];
}
