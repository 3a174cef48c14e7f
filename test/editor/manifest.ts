import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.ts';

interface Manifest {
	publisher: string;
	name: string;
	engines: { vscode: string };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** `publisher.name`, which the editor knows the extension by. */
export const extensionId = `${manifest.publisher}.${manifest.name}`;

/** The lowest version of the editor that package.json promises: `1.99.0`. */
export const lowestEngine = manifest.engines.vscode.replace('^', '');
