/** Runs the command line and sets its exit code: 0 done, 1 the answer is no, 2 wrong use or unusable input. */
async function main(args: string[]): Promise<void> {
	try {
		process.exitCode = await run(args);
	} catch (error) {
		const { tellFailure } = await import('./failure.ts');
		process.exitCode = tellFailure(error, args.includes('--debug'));
	}
}

async function run(args: string[]): Promise<number> {
	// A prompt asks this for each line, and needs nobody to read its arguments; that takes longer than the answer.
	if (isBareStatus(args)) return (await import('./commands/status.ts')).status({ repo: '.', json: args.length > 1 });
	const { makeProgram } = await import('./program.ts');
	let exitCode = 0;
	const program = makeProgram((code) => {
		exitCode = code;
	}, args[0]);
	await program.parseAsync(args, { from: 'user' });
	return exitCode;
}

function isBareStatus([command, option, ...more]: string[]): boolean {
	return command === 'status' && (option === undefined || (option === '--json' && more.length === 0));
}

void main(process.argv.slice(2));
