import { tellFailure } from './failure.ts';
import { makeProgram } from './program.ts';

/** Runs the command line and sets its exit code: 0 done, 1 the answer is no, 2 wrong use or unusable input. */
async function main(args: string[]): Promise<void> {
	for (const stream of [process.stdout, process.stderr]) stream.on('error', endQuietly);
	try {
		const program = makeProgram((code) => {
			process.exitCode = code;
		});
		await program.parseAsync(args, { from: 'user' });
	} catch (error) {
		process.exitCode = tellFailure(error, args.includes('--debug'));
	}
}

/** Whoever read our output has seen enough (`| head`): no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
	if (error.code !== 'EPIPE') throw error;
	process.exit();
}

void main(process.argv.slice(2));
