import { Command } from 'commander';
import { version } from '../../package.json';
import { write } from './output.ts';

/** Takes the words of a command that nobody asks for. */
const UNASKED = { argument: () => UNASKED, option: () => UNASKED, action: () => UNASKED } as unknown as Command;

/**
 * The commands and their words. What a command does is loaded when it runs, so that none waits for another's code.
 * @param done Gets the exit code of the command that ran.
 * @param asked The name of the one command that is needed: registering all of them takes longer than most of them run. Where it is
 * none, or there is no such command, all are there for the help and the error to name.
 */
export function makeProgram(done: (code: number) => void, asked?: string): Command {
	const program = new Command('auto-pr')
		.description('Batches the micro-commits and micro pull requests of AI agents into sessions, and scores each once.')
		.version(version, '--version', 'print the version')
		.helpOption('--help', 'print this help')
		.helpCommand(asked === undefined)
		.exitOverride()
		// The error itself says what commander would print: see failure.ts.
		.configureOutput({ writeOut: (text) => write('stdout', text), writeErr() {}, outputError() {} });

	const command = (name: string, description: string) =>
		asked !== undefined && name !== asked
			? UNASKED
			: program
					.command(name)
					.description(description)
					.option('--repo <folder>', 'a folder of the repository', '.')
					.option('--json', 'print one JSON document')
					.option('--debug', 'on an error, print where it comes from');

	command('start', 'Start a session here. One that is running goes on.')
		.option('--title <text>', 'what the session is about')
		.action(async (options) => done(await (await import('./commands/start.ts')).start(options)));

	command('status', 'Tell how the session here stands. Exit code 1 when none is running.').action(async (options) =>
		done(await (await import('./commands/status.ts')).status(options)),
	);

	command('end', 'Complete the session here, or the one with this id.')
		.argument('[id]', 'of an open session')
		.action(async (id, options) => done(await (await import('./commands/end.ts')).end(id, options)));

	command('discard', 'Take the session here back, or the one with this id: it leaves no record and is not scored.')
		.argument('[id]', 'of an open session')
		.action(async (id, options) => done(await (await import('./commands/discard.ts')).discard(id, options)));

	command('replay', 'Run the rules over an existing history, and tell what the sessions would have been.')
		.argument('[revisions...]', 'as git log takes them (default: HEAD)')
		.option('--history <file>', 'a history file (a JSON object a line) in place of a repository')
		.option('--explain <commit>', 'tell why one commit is automatic or not, and what else is in its session')
		.action(async (revisions, options) =>
			done(await (await import('./commands/replay.ts')).replay(revisions, options)),
		);

	command('check', 'Tell whether a pull request is automatic, and may be scored now. Exit code 1 when it has to wait.')
		.option('--event <file>', "a pull request webhook's payload, as in GITHUB_EVENT_PATH")
		.option('--pr <number>', 'number of the pull request')
		.option('--title <text>', 'title of the pull request')
		.option('--body-file <file>', 'file with the body of the pull request, - for standard input')
		.option('--author <login>', 'author of the pull request')
		.option('--outputs', 'write the answer to GITHUB_OUTPUT too; the exit code is then 0')
		.action(async (options) => done(await (await import('./commands/check.ts')).check(options)));

	command('publish', "Write the session's trailers to its pull requests. Exit code 1 when some have to wait.")
		.option('--print', 'send nothing: print the trailers, and the git push by which GitLab writes them')
		.option('--again', 'with --print: also what was printed in the last two weeks')
		.action(async (options) => done(await (await import('./commands/publish.ts')).publish(options)));

	command('score', 'Score a session, or a range of commits, on its net change.')
		.argument('[id]', 'of a session (default: the one here)')
		.option('--base <revision>', 'score a range: the commit before its first one')
		.option('--head <revision>', 'score a range: its last commit')
		.option('--coverage <files...>', 'coverage reports: lcov, cobertura, istanbul JSON, or percentages by part')
		.option('--coverage-before <files...>', 'the same, of what the session began from')
		.option('--analysis <files...>', 'reports of static analysis: SARIF, semgrep JSON')
		.option('--ci-failed', 'CI failed, which is charged')
		.option('--scorer <command>', "your own scorer, in the built-in rubric's place: JSON in, JSON out, no shell")
		.option('--scorer-timeout <seconds>', 'after this it is ended', '300')
		.option('--record', "append the session's score to docs/metrics/reward_scores.json")
		.action(async (id, options) => done(await (await import('./commands/score.ts')).score(id, options)));

	command('analytics', 'Count the completed sessions up: over time, by author, agent and trigger.')
		.option('--csv', 'print the sessions, one a line')
		.option('--markdown', 'print the figures as Markdown')
		.option('--html <file>', 'write them as a page that needs nothing else')
		.option('--language <code>', 'of that page: en or de (default: en)')
		.option('--history <file>', 'the sessions of a history file (a JSON object a line) in place of a repository')
		.option('--since <day>', 'only sessions that began on this UTC day (2025-11-19) or later')
		.option('--until <day>', 'only sessions that began before this UTC day')
		.option('--author <name>', 'only sessions of this author')
		.option('--agent <name>', 'only sessions of this coding agent; none: of people')
		.option('--trigger <word>', 'only sessions that this trigger completed')
		.option('--search <text>', 'only sessions with this in their id or title')
		.action(async (options) => done(await (await import('./commands/analytics.ts')).analytics(options)));

	command('validate', 'Check the configuration file. Exit code 1 when something is wrong in it.')
		.option('--annotations', "print the problems as GitHub Actions' annotations")
		.option('--differences', 'list the values that differ from the defaults, too')
		.action(async (options) => done(await (await import('./commands/validate.ts')).validate(options)));

	command('import', "Take over the sessions of the older system's files. Run again, it changes nothing.")
		.argument('[files...]', 'session_state.json, auto_pr_sessions.json, .session_id (default: those of the repository)')
		.option('--zone <name>', 'of times that name no zone: Europe/Berlin (default: UTC)')
		.action(async (files, options) => done(await (await import('./commands/import.ts')).importFiles(files, options)));

	command('export', 'Print all sessions.')
		.option('--format <name>', "older (the older system's analytics record), json or csv", 'json')
		.action(async (options) => done(await (await import('./commands/export.ts')).exportSessions(options)));

	command('mcp', 'Serve the session to an agent as MCP tools, over standard input and output.').action(
		async (options) => done(await (await import('./commands/mcp.ts')).mcp(options)),
	);

	command('hook', "Take in what an agent's hook gives on standard input. For agents without a script of their own.")
		.argument('<agent>', 'its name: codex')
		.action(async (agent, options) => done(await (await import('./commands/hook.ts')).hook(agent, options)));

	command(
		'setup',
		'Set the repository up: configuration, commit hook, git exclude list, merge driver, workflow, hooks of agents.',
	)
		.option('--yes', 'do not ask')
		.option('--undo', 'take back what set-up wrote')
		.option(
			'--only <parts>',
			'of configuration, hook, exclude, merge-driver, workflows, cursor, claude, mcp (default: all but the last two, workflows on GitHub)',
		)
		.option('--without <parts>', 'leave these out')
		.action(async (options) => done(await (await import('./commands/setup.ts')).setup(options)));

	command('merge-driver', 'Merge two versions of the analytics record by session, as git calls it.')
		.argument('<base>', 'file with the common ancestor (%O)')
		.argument('<ours>', 'file with our version, which gets the result (%A)')
		.argument('<theirs>', 'file with their version (%B)')
		.action(async (base, ours, theirs) =>
			done(await (await import('./commands/mergeDriver.ts')).mergeDriver(base, ours, theirs)),
		);

	command(
		'rebuild',
		'Find completed sessions again by the trailers in history, and put those that no file has into the archive.',
	).action(async (options) => done(await (await import('./commands/rebuild.ts')).rebuild(options)));

	command('backup', 'Keep a copy of the sessions, unless nothing changed since the newest one.')
		.option('--list', 'list the backups instead, newest first')
		.action(async (options) => done(await (await import('./commands/backup.ts')).backup(options)));

	command('restore', 'Put a backup in place. What was there is backed up first, so that this can be undone.')
		.argument('<name>', 'of a backup: see auto-pr backup --list')
		.option('--dry-run', 'tell what would change')
		.action(async (name, options) => done(await (await import('./commands/restore.ts')).restore(name, options)));

	command('cleanup', 'Complete the sessions that are over, and those whose editor went away.')
		.option('--forget-before <year>', 'remove the records of the years before it, after a backup')
		.action(async (options) => done(await (await import('./commands/cleanup.ts')).cleanup(options)));

	command('health', 'Tell how the sessions here stand against their limits. Exit code 1 when there are warnings.')
		.option('--issue', 'judge what GitHub tells, and keep the one issue about it: open, update, close it')
		.option('--webhook <url>', 'tell a chat, as Slack takes it, when there are warnings (default: AUTO_PR_WEBHOOK)')
		.action(async (options) => done(await (await import('./commands/health.ts')).health(options)));

	return asked !== undefined && program.commands.length === 0 ? makeProgram(done) : program;
}
