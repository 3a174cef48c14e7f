import { UserError } from '../core/userError.ts';
import { type Forge, parseRemote } from '../github/remote.ts';

/** What the action was asked to do. */
const COMMANDS = ['check', 'score', 'health'] as const;

export type CommandName = (typeof COMMANDS)[number];

/** A run that scores for longer than 15 minutes is taken for one that was cut off. */
const LONGEST_SCORER_SECONDS = 600;

/** What a score is made of beside the commits, as the workflow gives it. */
interface ScoreInputs {
	/** Paths of reports, absolute or from the checkout's top. */
	coverage: string[];
	coverageBefore: string[];
	analysis: string[];
	ciFailed: boolean;
	/** The team's own scorer: its command line, and when it is ended. */
	scorer?: { command: string; timeoutSeconds: number };
}

/** What GitHub Actions tells a step. */
export interface Job {
	command: CommandName;
	/** Undefined where the workflow gives none. */
	token?: string;
	/** The repository that the workflow runs in: the pull request's base, never its fork. */
	forge: Forge;
	/** The branch that the workflow runs on: the base branch, or the repository's own. */
	branch: string;
	/** The checkout, which need not be one. */
	folder: string;
	/** A chat's incoming webhook, which is a secret; undefined where the workflow gives none. */
	webhook?: string;
	/** Files, absolute: the event to read; where outputs and the summary go. */
	event: string;
	outputs: string | undefined;
	summary: string | undefined;
	score: ScoreInputs;
}

/**
 * Reads the inputs and the job's own variables. An input reaches an action as INPUT_ and its name in upper case: docs.github.com, "Metadata
 * syntax for GitHub Actions", "inputs"; the rest is in "Variables reference".
 * @throws UserError for a wrong input, and outside GitHub Actions.
 */
export function readJob(env: Readonly<Record<string, string | undefined>>): Job {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_EVENT_PATH: event } = env;
	if (!server || !repository || !event) {
		throw new UserError(
			'GITHUB_SERVER_URL, GITHUB_REPOSITORY or GITHUB_EVENT_PATH is not set: run this in GitHub Actions.',
		);
	}
	const forge = parseRemote(`${server}/${repository}`, env.GITHUB_API_URL);
	if (!forge) throw new UserError(`GITHUB_REPOSITORY names no repository: ${repository}.`);
	const given = env.INPUT_COMMAND?.trim() || 'check';
	const command = COMMANDS.find((known) => known === given);
	if (!command)
		throw new UserError(
			`The input "command" is ${COMMANDS.slice(0, -1).join(', ')} or ${COMMANDS.at(-1)}, not "${given}".`,
		);
	const token = env.INPUT_TOKEN?.trim();
	const webhook = env.INPUT_WEBHOOK?.trim();
	return {
		command,
		...(token && { token }),
		...(webhook && { webhook }),
		forge,
		branch: env.GITHUB_REF_NAME || 'HEAD',
		folder: env.GITHUB_WORKSPACE || process.cwd(),
		event,
		outputs: env.GITHUB_OUTPUT,
		summary: env.GITHUB_STEP_SUMMARY,
		score: scoreInputs(env),
	};
}

function scoreInputs(env: Readonly<Record<string, string | undefined>>): ScoreInputs {
	const input = (name: string) => env[`INPUT_${name}`]?.trim() ?? '';
	const paths = (name: string) =>
		input(name)
			.split(/\r?\n/)
			.map((line) => line.trim())
			.filter(Boolean);
	const command = input('SCORER');
	const timeoutSeconds = Number(input('SCORER-TIMEOUT') || 300);
	if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > LONGEST_SCORER_SECONDS) {
		throw new UserError(`The input "scorer-timeout" takes whole seconds from 1 to ${LONGEST_SCORER_SECONDS}.`);
	}
	const failed = input('CI-FAILED').toLowerCase();
	if (!['', 'true', 'false'].includes(failed)) throw new UserError('The input "ci-failed" is true or false.');
	return {
		coverage: paths('COVERAGE'),
		coverageBefore: paths('COVERAGE-BEFORE'),
		analysis: paths('ANALYSIS'),
		ciFailed: failed === 'true',
		...(command && { scorer: { command, timeoutSeconds } }),
	};
}
