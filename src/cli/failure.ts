import { CommanderError } from 'commander';
import { UserError } from '../core/userError.ts';
import { tell, write } from './output.ts';

/** What commander throws once it has printed what was asked for. */
const ANSWERED = new Set(['commander.helpDisplayed', 'commander.version']);

/** Says in one line on stderr why a command could not do its work. Returns the exit code. */
export function tellFailure(error: unknown, debug: boolean): number {
	if (error instanceof CommanderError) {
		if (ANSWERED.has(error.code) || isHelp(error)) return 0;
		tell(wrongUse(error));
	} else if (debug) {
		write('stderr', `${error instanceof Error ? error.stack : String(error)}\n`);
	} else if (error instanceof UserError) {
		tell(error.message);
	} else {
		const message = error instanceof Error ? error.message : String(error);
		tell(`Unexpected error: ${message} (run it again with --debug to see where it comes from)`);
	}
	return 2;
}

/** Help that was asked for, unlike that for want of a command. */
function isHelp({ code, exitCode }: CommanderError): boolean {
	return code === 'commander.help' && exitCode === 0;
}

function wrongUse({ code, message }: CommanderError): string {
	if (code === 'commander.help') return 'No command was given: "auto-pr --help" lists them.';
	const what = message.replace(/^error: /, '');
	return `Wrong use: ${what}. See "auto-pr --help".`;
}
