import * as vscode from 'vscode';
import type { PullRequestPlan } from '../app/openPullRequest.ts';
import { hasSummary } from '../core/pullRequestDraft.ts';
import type { PullRequest } from '../github/types.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRepository } from './openRepository.ts';
import { withCancel } from './progress.ts';
import type { SignIn } from './signIn.ts';
import { commits, l10n } from './words.ts';

/**
 * Drafts the pull request of the session here, or of the open one with this id, shows what will happen, and after a clear yes pushes and
 * makes it, or brings it up to date.
 */
export async function createPullRequest(
	repository: OpenRepository,
	signIn: SignIn,
	notifier: Notifier,
	session?: string,
): Promise<void> {
	const [{ connect }, { openPullRequest, planPullRequest }] = await Promise.all([
		import('../app/forge.ts'),
		import('../app/openPullRequest.ts'),
	]);
	const { workspace } = repository;
	if (!(await signIn.ask((await connect(workspace)).forge))) return;
	const drafted = await withCancel(l10n.t('Drafting the pull request…'), notifier, () =>
		planPullRequest(workspace, session),
	);
	if (!drafted) return;
	const answer = drafted.existing ? await confirmsUpdate(drafted, drafted.existing) : await confirmsCreation(drafted);
	if (!answer) return;
	const pullRequest = await vscode.window.withProgress(
		{
			location: vscode.ProgressLocation.Notification,
			title: l10n.t('Pushing {0} to {1}…', drafted.branch, drafted.remote),
			cancellable: true,
		},
		(_, token) => {
			const cancel = new AbortController();
			token.onCancellationRequested(() => cancel.abort(new vscode.CancellationError()));
			return openPullRequest(workspace, answer.plan, { draft: answer.draft, signal: cancel.signal });
		},
	);
	await repository.refresh();
	// Not awaited: the command is done, whenever the notification goes.
	if (pullRequest) void tell(pullRequest, drafted.existing !== undefined);
	else
		void vscode.window.showWarningMessage(
			l10n.t(
				'Cancelled. Branch {0} was on {1} already, and stays there; nothing was written to GitHub.',
				drafted.branch,
				drafted.remote,
			),
		);
}

/** Shows a pull request in the browser. Throws a UserError where the repository has none. */
export async function openOnForge({ workspace }: OpenRepository, number: number): Promise<void> {
	const { connect } = await import('../app/forge.ts');
	const { host, owner, repository } = (await connect(workspace)).forge;
	await vscode.env.openExternal(
		vscode.Uri.from({ scheme: 'https', authority: host, path: `/${owner}/${repository}/pull/${number}` }),
	);
}

/** What the user agreed to. */
interface Answer {
	plan: PullRequestPlan;
	draft: boolean;
}

async function confirmsCreation(plan: PullRequestPlan): Promise<Answer | undefined> {
	const title = await vscode.window.showInputBox({
		title: l10n.t('Create Pull Request'),
		prompt: l10n.t('The title of the pull request'),
		value: plan.title,
		ignoreFocusOut: true,
		validateInput: (text) => (text.trim() === '' ? l10n.t('A pull request needs a title.') : undefined),
	});
	if (title === undefined) return undefined;
	const create = l10n.t('Push and Create');
	const asDraft = l10n.t('Push and Create as Draft');
	const question = l10n.t('Create a pull request from {0} into {1}?', plan.branch, plan.base);
	const detail = `${pushSentence(plan)}\n\n${withoutMarks(plan.body)}`;
	const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, create, asDraft);
	return answer === undefined ? undefined : { plan: { ...plan, title: title.trim() }, draft: answer === asDraft };
}

async function confirmsUpdate(plan: PullRequestPlan, existing: PullRequest): Promise<Answer | undefined> {
	const update = l10n.t('Push and Update');
	const question = l10n.t('Update pull request #{0}?', existing.number);
	const kept = hasSummary(existing.body)
		? l10n.t('Its summary is written anew; its title and your own words stay.')
		: l10n.t('Its title and text stay, with the line Session-Id at the end.');
	const detail = `${existing.title}\n\n${pushSentence(plan)} ${kept}`;
	const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, update);
	return answer === undefined ? undefined : { plan, draft: false };
}

function pushSentence({ branch, remote, commits: count }: PullRequestPlan): string {
	return l10n.t(
		'Branch {0} is pushed to {1}, with {2} of the session. Nothing is ever overwritten there.',
		branch,
		remote,
		commits(count),
	);
}

/** How much of the body the dialog shows, in characters. */
const SHOWN = 600;

/** The body as the dialog can show it, which knows no Markdown. */
function withoutMarks(body: string): string {
	const plain = body
		.replace(/<!-- \/?auto-pr summary -->\n*/g, '')
		.replace(/^#+ (.*)\n+/gm, '$1\n')
		.replaceAll('`', '')
		.trim();
	return plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain;
}

async function tell({ number, url }: PullRequest, updated: boolean): Promise<void> {
	const open = l10n.t('Open on GitHub');
	const sentence = updated
		? l10n.t('Pull request #{0} is up to date.', number)
		: l10n.t('Pull request #{0} is open.', number);
	if ((await vscode.window.showInformationMessage(sentence, open)) === open) {
		await vscode.env.openExternal(vscode.Uri.parse(url));
	}
}
