import * as vscode from 'vscode';
import type { FileVersions } from '../git/blobs.ts';
import type { OpenRepository } from './openRepository.ts';
import type { Repositories } from './repositories.ts';
import { l10n } from './words.ts';

/** The scheme of a file as a commit has it. */
const SCHEME = 'auto-pr';

/** The largest file that is shown, bytes: the editor itself stops colouring at 20 MB. */
const MOST = 5 * 1024 * 1024;

/** How many bytes at the beginning tell a text from the rest: as git does it, in buffer_is_binary. */
const LOOKED_AT = 8000;

/** Gives the editor the text of files as commits have them, for its diff editors. Needs no other extension. */
export class SessionDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #repositories: Repositories;
	readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

	constructor(repositories: Repositories) {
		this.#repositories = repositories;
	}

	dispose(): void {
		this.#registration.dispose();
	}

	async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
		const parameters = new URLSearchParams(query);
		const name = parameters.get('blob') ?? '';
		const repository = this.#repositories.all.find(({ workTree }) => workTree === parameters.get('in'));
		// The folder was closed, and with it what it showed.
		if (!repository || name === '') return '';
		const { readBlob } = await import('../git/blobs.ts');
		const content = await readBlob(repository.workspace.location, name, MOST);
		if (!content) return l10n.t('This file cannot be shown: it has more than 5 MB, or this clone does not have it.');
		if (content.subarray(0, LOOKED_AT).includes(0)) return l10n.t('A binary file of {0} bytes.', content.length);
		return content.toString('utf8');
	}
}

/** The rows of the editor's multi-diff editor: what it is called, before, after. */
export function diffRows(
	{ workTree }: OpenRepository,
	files: readonly FileVersions[],
): [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined][] {
	const at = (path: string, name: string | undefined) =>
		name === undefined
			? undefined
			: vscode.Uri.from({
					scheme: SCHEME,
					path: `/${path}`,
					query: new URLSearchParams({ in: workTree, blob: name }).toString(),
				});
	return files.map(({ path, from, before, after }) => [
		vscode.Uri.joinPath(vscode.Uri.file(workTree), path),
		at(from ?? path, before),
		at(path, after),
	]);
}
