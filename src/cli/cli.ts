import { tellFailure } from './failure.ts';
import { makeProgram } from './program.ts';

/** Runs the command line and sets its exit code: 0 done, 1 the answer is no, 2 wrong use or unusable input. */
async function main(args: string[]): Promise<void> {
	try {
		const program = makeProgram((code) => {
			process.exitCode = code;
		}, args[0]);
		await program.parseAsync(args, { from: 'user' });
	} catch (error) {
		process.exitCode = tellFailure(error, args.includes('--debug'));
	}
}

void main(process.argv.slice(2));
