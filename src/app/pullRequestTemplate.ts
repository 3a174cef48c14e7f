import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readFileIfExists } from '../files/atomicFile.ts';
import type { Workspace } from './workspace.ts';

/** Where GitHub looks, in its order: docs.github.com, "Creating a pull request template for your repository". */
const PLACES = ['.github', '', 'docs'];

/** GitHub takes no longer body, in characters. */
const LONGEST = 65_536;

/** The repository's template for pull requests; empty where it has none, or several to choose from. */
export async function readTemplate({ location }: Workspace): Promise<string> {
	for (const place of PLACES) {
		const folder = path.join(location.workTree, place);
		const names = await readdir(folder).catch(() => []);
		const name = names.find((candidate) => /^pull_request_template\.(?:md|txt)$/i.test(candidate));
		const text = name === undefined ? undefined : await readFileIfExists(path.join(folder, name), location.workTree);
		if (text !== undefined) return text.slice(0, LONGEST);
	}
	return '';
}
