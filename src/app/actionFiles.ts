import path from 'node:path';
import { workflowFiles } from '../core/workflows.ts';
import { readFileIfExists } from '../files/atomicFile.ts';
import { sealed } from '../files/seal.ts';
import type { Part, SetUpFile } from './setUpFiles.ts';

/** Where the action lies in a repository that is set up: its workflow takes it from there, at the repository's own commit. */
const FOLDER = '.github/actions/auto-pr-sessions';

/**
 * The workflow of a repository on GitHub, and a copy of the action that it uses.
 * @param packageFolder Where this package lies: absolute, undefined where the face knows none.
 */
export async function actionFiles(packageFolder: string | undefined): Promise<SetUpFile[]> {
	const part: Part = 'workflows';
	const [manifest, program] = await Promise.all(
		['action.yml', 'dist/action.js'].map((file) => packageFolder && readFileIn(packageFolder, file)),
	);
	const workflows = workflowFiles().map((file) => ({
		...file,
		text: sealed(file.text, '#'),
		part,
		what: "GitHub's workflow has the action score each session once, when it is complete.",
	}));
	if (!manifest || !program) {
		const missing = `The action is not in ${packageFolder ?? 'this package'}, so nothing is written for GitHub: install Auto-PR Sessions again.`;
		return workflows.map(({ path: place }) => ({ part, path: place, what: missing, unavailable: true }));
	}
	return [
		...workflows,
		{
			part,
			path: `${FOLDER}/action.yml`,
			what: 'The action that the workflow uses: what it takes and gives.',
			text: sealed(manifest.replace(/^( +main:) dist\/action\.js$/m, '$1 action.js'), '#'),
		},
		{
			part,
			path: `${FOLDER}/action.js`,
			what: 'The program of the action, one file without dependencies.',
			text: sealed(program, '//'),
		},
	];
}

function readFileIn(folder: string, file: string): Promise<string | undefined> {
	return readFileIfExists(path.join(folder, ...file.split('/')), folder);
}
