import * as vscode from 'vscode';
import type { PlacedProblem } from '../core/configurationFixes.ts';
import { Alarm } from './alarm.ts';
import { fixTitle } from './fixTitle.ts';
import type { Notifier } from './notifier.ts';
import type { Repositories } from './repositories.ts';
import { l10n, told } from './words.ts';

/** The configuration file of any repository, and no other. */
const PLACE: vscode.DocumentFilter = { scheme: 'file', pattern: '**/.cursor/config/session_config.yaml' };

/** How long somebody pauses before what they typed is looked at, ms. */
const PAUSE = 250;

/** What was found in a document, as it was then. */
interface Found {
	version: number;
	problems: readonly PlacedProblem[];
}

/** Shows what is wrong in the configuration in the Problems panel, as one types, with a quick fix. Reads YAML only then. */
export class ConfigurationProblems implements vscode.Disposable, vscode.CodeActionProvider {
	readonly #repositories: Repositories;
	readonly #notifier: Notifier;
	readonly #shown = vscode.languages.createDiagnosticCollection('auto-pr');
	readonly #subscriptions: vscode.Disposable[];
	/** By the address of an open document. */
	readonly #found = new Map<string, Found>();
	readonly #pauses = new Map<string, Alarm>();

	constructor(repositories: Repositories, notifier: Notifier) {
		this.#repositories = repositories;
		this.#notifier = notifier;
		this.#subscriptions = [
			this.#shown,
			vscode.languages.registerCodeActionsProvider(PLACE, this, {
				providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
			}),
			vscode.workspace.onDidOpenTextDocument((document) => this.#lookSoon(document)),
			vscode.workspace.onDidChangeTextDocument(({ document }) => this.#lookSoon(document)),
			vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
			repositories.onDidChange(() => this.#showUnopened()),
		];
		for (const document of vscode.workspace.textDocuments) this.#lookSoon(document);
	}

	dispose(): void {
		for (const pause of this.#pauses.values()) pause.set(undefined);
		this.#pauses.clear();
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
		const found = this.#found.get(document.uri.toString());
		if (found?.version !== document.version) return [];
		return found.problems
			.filter(({ span }) => rangeOf(document, span).intersection(range))
			.flatMap((problem) => problem.fixes.map((fix, index) => actionOf(document, problem, fix, index === 0)));
	}

	#lookSoon(document: vscode.TextDocument): void {
		if (!isConfiguration(document)) return;
		const key = document.uri.toString();
		let alarm = this.#pauses.get(key);
		if (!alarm) {
			alarm = new Alarm(() => {
				this.#look(document).catch((error: unknown) => this.#notifier.failedInBackground(error));
			});
			this.#pauses.set(key, alarm);
		}
		alarm.set(Date.now() + PAUSE);
	}

	async #look(document: vscode.TextDocument): Promise<void> {
		const { version } = document;
		const text = document.getText();
		const [{ settleText }, { placeProblems }] = await Promise.all([
			import('../app/settle.ts'),
			import('../core/configurationFixes.ts'),
		]);
		const { problems, configuration } = await settleText(text);
		if (document.isClosed || document.version !== version) return;
		const placed = placeProblems(text, problems, configuration);
		this.#found.set(document.uri.toString(), { version, problems: placed });
		this.#shown.set(
			document.uri,
			placed.map((problem) => diagnosticOf(rangeOf(document, problem.span), problem.message)),
		);
	}

	#closed(document: vscode.TextDocument): void {
		if (!isConfiguration(document)) return;
		const key = document.uri.toString();
		this.#pauses.get(key)?.set(undefined);
		this.#pauses.delete(key);
		this.#found.delete(key);
		this.#shown.delete(document.uri);
		this.#showUnopened();
	}

	/** Of files that no editor has open, what their repositories found. */
	#showUnopened(): void {
		for (const { view, workspace } of this.#repositories.all) {
			const uri = vscode.Uri.file(workspace.configurationFile);
			if (!view || this.#pauses.has(uri.toString())) continue;
			const diagnostics = view.problems.map(({ line, column, message }) =>
				diagnosticOf(new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER), message),
			);
			this.#shown.set(uri, diagnostics);
			if (diagnostics.length > 0) this.#tell(uri, view.name, diagnostics.length);
		}
	}

	#tell(uri: vscode.Uri, name: string, count: number): void {
		const sentence =
			count === 1
				? l10n.t('The session configuration of {0} has a problem; what cannot be used there is ignored.', name)
				: l10n.t(
						'The session configuration of {0} has {1} problems; what cannot be used there is ignored.',
						name,
						count,
					);
		const open = { label: l10n.t('Open File'), act: () => vscode.window.showTextDocument(uri) };
		this.#notifier.noticed(sentence, [open]);
	}
}

function isConfiguration(document: vscode.TextDocument): boolean {
	// A comparison of texts, since this is asked of every document that anybody types in.
	return document.uri.scheme === 'file' && document.uri.path.endsWith('/.cursor/config/session_config.yaml');
}

function rangeOf(document: vscode.TextDocument, { start, end }: PlacedProblem['span']): vscode.Range {
	return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function diagnosticOf(range: vscode.Range, message: string): vscode.Diagnostic {
	const diagnostic = new vscode.Diagnostic(range, told(message), vscode.DiagnosticSeverity.Warning);
	diagnostic.source = 'Auto-PR';
	return diagnostic;
}

function actionOf(
	document: vscode.TextDocument,
	{ span, message }: PlacedProblem,
	fix: PlacedProblem['fixes'][number],
	isPreferred: boolean,
): vscode.CodeAction {
	const action = new vscode.CodeAction(fixTitle(fix), vscode.CodeActionKind.QuickFix);
	action.edit = new vscode.WorkspaceEdit();
	action.edit.replace(document.uri, rangeOf(document, fix.edit), fix.edit.text);
	action.diagnostics = [diagnosticOf(rangeOf(document, span), message)];
	action.isPreferred = isPreferred;
	return action;
}
