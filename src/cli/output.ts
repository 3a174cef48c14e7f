import { fstatSync, writeSync } from 'node:fs';
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
	write('stdout', json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${plain(line)}\n`).join(''));
}

/** Says something beside the result: one line on stderr. */
export function tell(sentence: string): void {
	write('stderr', `${plain(sentence)}\n`);
}

/** Writes as it stands. Whoever read our output may have seen enough (`| head`): then the program ends without a word. */
export function write(name: 'stdout' | 'stderr', text: string): void {
	const fd = name === 'stdout' ? 1 : 2;
	let rest = Buffer.from(text);
	try {
		// Node's own streams cost a tenth of a short run. A terminal needs them, for the encoding of Windows' console.
		if (fstatSync(fd).isCharacterDevice()) writeStream(name, rest);
		else while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EPIPE' || code === 'EOF') process.exit();
		// A pipe that another process made non-blocking, and is full.
		if (code !== 'EAGAIN') throw error;
		writeStream(name, rest);
	}
}

function writeStream(name: 'stdout' | 'stderr', bytes: Buffer): void {
	const stream = process[name];
	if (stream.listenerCount('error') === 0) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EPIPE') throw error;
			process.exit();
		});
	}
	stream.write(bytes);
}
