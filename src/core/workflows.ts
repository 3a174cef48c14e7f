/** A file that set-up writes into a repository; the path is relative to its root, with forward slashes. */
interface WorkflowFile {
	readonly path: string;
	readonly text: string;
}

/** actions/checkout v5.0.0: pinned by its commit, because a tag can be moved. */
const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

/*
 * The event is pull_request_target and the checkout the repository's own branch: the action lies in the repository itself, and
 * a pull request must not be judged by an action that it brings along. The pull request's commits are fetched as data;
 * nothing of them is checked out or run.
 */
const pullRequests = `name: Auto-PR Sessions
on:
  pull_request_target:
    types: [opened, synchronize, reopened, closed, edited]
permissions:
  contents: read
  pull-requests: read
concurrency:
  group: auto-pr-sessions-\${{ github.event.pull_request.number }}
  cancel-in-progress: false
jobs:
  score:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      # What GitHub checks out for this event is the repository's own branch, never the pull request: the action comes from it.
      - uses: ${checkout}
        with:
          fetch-depth: 0
      # The pull request's commits as data; nothing of them is checked out or run.
      - run: git fetch --no-tags origin "+refs/pull/$NUMBER/head:refs/remotes/pull/$NUMBER"
        env:
          NUMBER: \${{ github.event.pull_request.number }}
      - uses: ./.github/actions/auto-pr-sessions
        with:
          command: score
`;

/** The workflows that set-up writes for a repository on GitHub, which use the action from .github/actions/auto-pr-sessions. */
export function workflowFiles(): WorkflowFile[] {
	return [{ path: '.github/workflows/auto-pr-sessions.yml', text: pullRequests }];
}
