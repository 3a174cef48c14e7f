import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Check } from '../core/check.ts';
import { UserError } from '../core/userError.ts';

/** A place in a file of the repository. */
interface Place {
	/** From the top of the repository, with `/`. */
	file: string;
	/** From 1. */
	line: number;
	/** From 1. */
	column: number;
}

/** What a check found out, as the outputs of a step. All are texts there. */
export function outputsOf({ session, score, trigger }: Check): Record<string, string> {
	return {
		'session-id': session ?? '',
		'should-score': String(score === 'now'),
		complete: String(trigger !== undefined),
		trigger: trigger ?? '',
	};
}

/**
 * Appends outputs to the file that GitHub Actions reads a step's outputs from.
 * @param file What GITHUB_OUTPUT names.
 * @throws UserError when it names none, or one that cannot be written.
 */
export async function appendOutputs(
	file: string | undefined,
	outputs: Readonly<Record<string, string>>,
): Promise<void> {
	if (!file) throw new UserError('GITHUB_OUTPUT names no file, so there is nowhere to write outputs to.');
	const text = Object.entries(outputs).map(([name, value]) => outputLines(name, value));
	try {
		await appendFile(file, text.join(''));
	} catch (error) {
		throw new UserError(`GITHUB_OUTPUT cannot be written: ${(error as Error).message}.`);
	}
}

/**
 * One output with a value of any lines. The delimiter cannot be guessed, so no value can end itself and set another output: docs.github.com,
 * "Workflow commands for GitHub Actions", "Multiline strings".
 */
function outputLines(name: string, value: string): string {
	const delimiter = `end-${randomUUID()}`;
	return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

/**
 * A line of a job's log that GitHub shows as an annotation. Escaped as @actions/core does (packages/core/src/command.ts), so that no text can end
 * the command and begin another.
 */
export function annotation(kind: 'warning' | 'error', message: string, place?: Place): string {
	const where = place ? ` file=${escapeProperty(place.file)},line=${place.line},col=${place.column}` : '';
	return `::${kind}${where}::${escapeData(message)}`;
}

function escapeData(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
	return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
