import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { UserError } from '../core/userError.ts';

/**
 * The text of a file, or of standard input for `-`.
 * @param most Bytes.
 * @throws UserError when it cannot be read, or is larger.
 */
export async function readWhole(file: string, most: number): Promise<string> {
	const name = file === '-' ? 'Standard input' : file;
	const source: Readable = file === '-' ? process.stdin : createReadStream(file);
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of source as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > most) throw new UserError(`${name} has more than ${most / 1024 / 1024} MB: give the right file.`);
			chunks.push(chunk);
		}
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${name} cannot be read: ${(error as Error).message}.`);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\ufeff/, '');
}
