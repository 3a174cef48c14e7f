import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { lowestEngine } from './manifest.ts';
import { isLowest, root } from './paths.ts';
import { readable } from './until.ts';

/** A desktop editor, or why there is none. */
export type Desktop = { executable: string } | { why: string };

/**
 * Finds a desktop editor that can be started for tests: VSCODE_PATH (the program itself, not its `code` script), or
 * the one that @vscode/test-electron downloads once and keeps.
 */
export async function findDesktop(): Promise<Desktop> {
	const given = process.env.VSCODE_PATH;
	if (given) {
		return existsSync(given) ? { executable: given } : { why: `VSCODE_PATH names ${given}, which does not exist` };
	}
	const { DISPLAY, WAYLAND_DISPLAY } = process.env;
	if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
		return { why: 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' };
	}
	try {
		const cachePath = path.join(root, '.vscode-test');
		const version = isLowest ? { version: lowestEngine } : {};
		return { executable: await downloadAndUnzipVSCode({ ...version, cachePath, reporter: new SilentReporter() }) };
	} catch (error) {
		return { why: `it could not be downloaded: ${readable(error)}` };
	}
}

/** Finds the editor that a person has: VSCODE_PATH, else `code` or `cursor` on PATH, else as `findDesktop`. */
export async function findUsersDesktop(): Promise<Desktop> {
	const desktop = process.env.VSCODE_PATH ? undefined : onPath();
	return desktop ? { executable: desktop } : findDesktop();
}

function onPath(): string | undefined {
	const places = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	return ['code', 'cursor']
		.flatMap((name) => places.map((place) => programOf(place, name)))
		.find((program) => existsSync(program));
}

/** On Windows `code` is a batch file in `bin`, which only a shell can start; the program is beside that folder. */
function programOf(place: string, name: string): string {
	if (process.platform !== 'win32') {
		return path.join(place, name);
	}
	const script = path.join(place, `${name}.cmd`);
	const program = path.join(path.dirname(place), name === 'code' ? 'Code.exe' : 'Cursor.exe');
	return existsSync(script) ? program : script;
}
