import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/userError.ts';
import { hasCode } from '../files/fileError.ts';

/** A team's own scorer. */
export interface OwnScorer {
	/** The command line, as the user wrote it: never a text from the repository. */
	command: string;
	/** After this it is ended. */
	timeoutSeconds: number;
}

/** Far above any answer, in characters. */
const LONGEST_ANSWER = 10 * 1024 * 1024;
/** Of what it says on standard error, so much is kept, in characters, and so many lines are passed on. */
const LONGEST_WORDS = 64 * 1024;
const MOST_LINES = 20;
/** How long its output may stay open once it has ended: a process that left its group holds it. */
const GRACE_MS = 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What ran, and how. */
interface Ended {
	code: number | null;
	signal: NodeJS.Signals | null;
	answer: string;
	words: string;
}

/**
 * Splits a command line into words at blanks. Quotes, single or double, keep blanks in a word; nothing else has a meaning, a backslash
 * neither, so that Windows paths stand as they are. It is no shell: no variables, pipes or patterns.
 * @throws UserError where there is no word, or a quote is not closed.
 */
function splitCommand(command: string): string[] {
	const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']/g) ?? [];
	if (words.length === 0) throw new UserError('The scorer is empty: give the command that runs it.');
	if (words.some((word) => word === '"' || word === "'")) {
		throw new UserError(`A quote in the scorer is not closed: ${command}`);
	}
	return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/**
 * Runs a team's own scorer once: the question on its standard input, the answer from its standard output. Whatever it started is ended
 * with it, also when this process is asked to end.
 * @param cwd absolute.
 * @param onWords gets the lines that it writes to standard error.
 * @returns what it printed.
 * @throws UserError when it cannot be started, fails, takes too long or says too much.
 */
export async function runScorer(
	{ command, timeoutSeconds }: OwnScorer,
	{ question, variables, cwd }: { question: object; variables: Readonly<Record<string, string>>; cwd: string },
	onWords: (line: string) => void,
): Promise<string> {
	const [program, ...args] = splitCommand(command);
	let child: ChildProcess | undefined;
	let stopWatching: (() => void) | undefined;
	try {
		child = spawn(program!, args, {
			cwd,
			env: { ...environment(process.env), ...variables },
			windowsHide: true,
			// A group of its own, which is ended as a whole. Windows has none: see endGroup.
			detached: process.platform !== 'win32',
		});
		stopWatching = endWithUs(child);
		const { answer, words, ...ended } = await run(child, JSON.stringify(question), timeoutSeconds * 1000);
		const said = words.split(/\r?\n/).filter((line) => line.trim() !== '');
		if (ended.code !== 0) throw failed(ended, said.at(-1));
		for (const line of said.slice(0, MOST_LINES)) onWords(line);
		return answer;
	} catch (error) {
		throw explained(error, program!, timeoutSeconds);
	} finally {
		if (child) endGroup(child);
		for (const stream of child?.stdio ?? []) stream?.destroy();
		stopWatching?.();
	}
}

class TookTooLong extends Error {}
class SaidTooMuch extends Error {}

async function run(child: ChildProcess, question: string, timeoutMs: number): Promise<Ended> {
	let answer = '';
	let words = '';
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new TookTooLong()), timeoutMs);
		const done = (code: number | null, signal: NodeJS.Signals | null) => {
			clearTimeout(timer);
			resolve({ code, signal, answer, words });
		};
		child.once('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			answer += text;
			if (answer.length <= LONGEST_ANSWER) return;
			clearTimeout(timer);
			reject(new SaidTooMuch());
		});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			if (words.length < LONGEST_WORDS) words += text;
		});
		// EPIPE: it does not read its input, which is its right.
		child.stdin?.on('error', () => undefined);
		child.stdin?.end(question);
		child.once('close', done);
		child.once('exit', async (code, signal) => {
			endGroup(child);
			await sleep(GRACE_MS, undefined, { ref: false });
			done(code, signal);
		});
	});
}

/** Ends the scorer with this process, whatever ends that: only a SIGKILL cannot be answered. */
function endWithUs(child: ChildProcess): () => void {
	const onExit = () => endGroup(child);
	const onSignal = (signal: NodeJS.Signals) => {
		endGroup(child);
		process.exit(128 + constants.signals[signal]);
	};
	process.once('exit', onExit);
	for (const signal of SIGNALS) process.once(signal, onSignal);
	return () => {
		process.off('exit', onExit);
		for (const signal of SIGNALS) process.off(signal, onSignal);
	};
}

/** Ends whatever is left of the scorer and of what it started. */
function endGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
		else if (child.exitCode === null && child.signalCode === null) {
			spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true });
		}
	} catch (error) {
		if (!hasCode(error, 'ESRCH')) throw error;
	}
}

/**
 * As a step of a workflow would have it: without the inputs of the action, the token among them, and the tokens that only actions get.
 */
function environment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(own).filter(([name]) => !/^(?:INPUT|ACTIONS|SESSION)_/i.test(name)));
}

function failed({ code, signal }: Pick<Ended, 'code' | 'signal'>, lastWords: string | undefined): UserError {
	const how = code === null ? `was ended by ${signal}` : `failed with exit code ${code}`;
	return new UserError(`The scorer ${how}${lastWords === undefined ? '.' : `: ${lastWords.trim().slice(0, 300)}`}`);
}

function explained(error: unknown, program: string, seconds: number): unknown {
	if (error instanceof TookTooLong) {
		return new UserError(
			`The scorer was ended, since it took longer than ${seconds} s: give it more time, or less to do.`,
		);
	}
	if (error instanceof SaidTooMuch) return new UserError('The scorer was ended, since it printed more than 10 MB.');
	if (hasCode(error, 'ENOENT')) {
		return new UserError(
			`The scorer cannot be started: there is no program ${program}. Give its path, or put it on the PATH.`,
		);
	}
	if (hasCode(error, 'EACCES', 'EPERM', 'EINVAL', 'ENOEXEC', 'UNKNOWN')) {
		return new UserError(
			`The scorer cannot be started: ${program} is no program of this system. Name its interpreter too, as in "python3 score.py" or "cmd /c score.cmd".`,
		);
	}
	return error;
}
