import { plain } from './words.ts';

/** What every command takes. */
export interface CommonOptions {
	/** A folder of the repository, as it was typed. */
	repo: string;
	/** Print one JSON document in place of text. */
	json?: boolean;
}

/** Prints a result: a JSON document where that was asked for, else its lines. */
export function show({ json }: CommonOptions, value: unknown, lines: readonly string[]): void {
	process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${plain(line)}\n`).join(''));
}

/** Says something beside the result: one line on stderr. */
export function tell(sentence: string): void {
	process.stderr.write(`${plain(sentence)}\n`);
}
